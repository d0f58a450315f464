import { ProjectHook } from "@pulumi/gitlab";
import * as pulumi from "@pulumi/pulumi";
import type { GitLab } from "../../model/gitlab";

export interface ArgoCdHooksArgs {
  readonly webhook: NonNullable<GitLab["webhook"]>;
  /** What Argo CD expects with each message, a secret. */
  readonly secret: pulumi.Input<string>;
  /** The repositories that Argo CD deploys: full path, and id or path. */
  readonly repositories: readonly { readonly path: string; readonly project: pulumi.Input<string> }[];
}

/** GitLab tells Argo CD of each push to a repository that it deploys, and of each tag. */
export class ArgoCdHooks extends pulumi.ComponentResource {
  constructor(name: string, args: ArgoCdHooksArgs, opts: pulumi.ComponentResourceOptions = {}) {
    const { webhook, secret, repositories } = args;
    super("factory:gitlab:ArgoCdHooks", name, { webhook, repositories: repositories.map(({ path }) => path) }, opts);
    for (const { path, project } of repositories) {
      new ProjectHook(
        `${name}-${path}`,
        {
          project,
          url: webhook.url,
          token: pulumi.secret(secret),
          enableSslVerification: webhook.verifyTls,
          pushEvents: true,
          tagPushEvents: true,
        },
        { parent: this },
      );
    }
    this.registerOutputs({});
  }
}
