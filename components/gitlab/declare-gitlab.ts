import * as pulumi from "@pulumi/pulumi";
import type { Provider } from "@pulumi/gitlab";
import { gitlabErrorHook } from "./error-hook";
import { gitlabProvider } from "./gitlab-provider";
import { GitLabSide } from "./gitlab-side";
import type { GitLabSideArgs } from "./gitlab-side";

export interface DeclaredGitLab {
  readonly side: GitLabSide;
  /** For what else is declared on GitLab. */
  readonly opts: { readonly provider: Provider; readonly transformations: pulumi.ResourceTransformation[] };
}

/** Declares the GitLab side with a provider of its own. What GitLab refuses is explained, whatever it is. */
export function declareGitLab(name: string, args: GitLabSideArgs): DeclaredGitLab {
  const hook = gitlabErrorHook(`${name}-refused`);
  const opts = {
    provider: gitlabProvider(`${name}-api`, args.gitlab),
    transformations: [explained(hook)],
  };
  return { side: new GitLabSide(name, args, opts), opts };
}

function explained(hook: pulumi.ErrorHook): pulumi.ResourceTransformation {
  return ({ type, props, opts }) =>
    type.startsWith("gitlab:") ? { props, opts: pulumi.mergeOptions(opts, { hooks: { onError: [hook] } }) } : undefined;
}
