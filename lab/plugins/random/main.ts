import { version } from "@pulumi/random/package.json";
import { servePlugin } from "../rpc";
import { RandomProvider } from "./provider";

void servePlugin(new RandomProvider(version));
