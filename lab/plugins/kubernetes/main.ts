import { version } from "@pulumi/kubernetes/package.json";
import { servePlugin } from "../rpc";
import { KubernetesProvider } from "./provider";

void servePlugin(new KubernetesProvider(version));
