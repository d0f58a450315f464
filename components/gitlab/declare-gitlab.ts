import type { Provider } from "@pulumi/gitlab";
import { gitlabProvider } from "./gitlab-provider";
import { GitLabSide } from "./gitlab-side";
import type { GitLabSideArgs } from "./gitlab-side";

export interface DeclaredGitLab {
  readonly side: GitLabSide;
  /** For what else is declared on GitLab. */
  readonly opts: { readonly provider: Provider };
}

/** Declares the GitLab side with a provider of its own. */
export function declareGitLab(name: string, args: GitLabSideArgs): DeclaredGitLab {
  const opts = { provider: gitlabProvider(`${name}-api`, args.gitlab) };
  return { side: new GitLabSide(name, args, opts), opts };
}
