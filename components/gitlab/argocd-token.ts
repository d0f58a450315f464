import { GroupDeployToken } from "@pulumi/gitlab";
import * as pulumi from "@pulumi/pulumi";
import type { TokenWindow } from "../../model/token-window";
import type { DeployToken } from "../project/repository-credentials";

export interface ArgoCdTokenArgs {
  /** Id or full path of the project's group. */
  readonly group: pulumi.Input<string>;
  readonly environment: string;
  readonly window: TokenWindow;
}

/**
 * Lets one environment's Argo CD read all repositories of a project's group. GitLab cannot renew such a token: when its
 * dates change, its successor is made first, and it goes once Argo CD has that.
 */
export function declareArgoCdToken(
  name: string,
  { group, environment, window }: ArgoCdTokenArgs,
  opts: pulumi.CustomResourceOptions,
): DeployToken {
  const token = new GroupDeployToken(
    name,
    {
      group,
      name: `argocd-${environment}`,
      scopes: ["read_repository"],
      expiresAt: `${window.expiresAt}T00:00:00.000Z`,
    },
    // A resource with a name of its own is otherwise deleted first.
    { ...opts, deleteBeforeReplace: false },
  );
  return { username: token.username, password: pulumi.secret(token.token), expiresAt: window.expiresAt };
}
