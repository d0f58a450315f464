import gitlab from "@pulumi/gitlab/package.json";
import { servePlugin } from "../rpc";
import { GitLabProvider } from "./provider";

void servePlugin(new GitLabProvider(gitlab.pulumi.version));
