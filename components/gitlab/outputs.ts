import * as pulumi from "@pulumi/pulumi";
import type { GitLab } from "../../model/gitlab";
import type { GitLabSide } from "./gitlab-side";
import { keyOf } from "./gitlab-side";

/** What teams and `factory redeploy` need to know of a project's place on GitLab. */
export interface GitLabProjectOutputs {
  /** The full path of its group. */
  readonly group: string;
  /** The URLs of its repositories by name. */
  readonly repositories: Readonly<Record<string, string>>;
  /** What starts the mirror's pipeline; absent where nothing is copied, and where another stack is the owner. */
  readonly mirror?: { readonly projectId: pulumi.Output<number>; readonly triggerUrl: pulumi.Output<string> };
  /** A secret. */
  readonly triggerToken?: pulumi.Output<string>;
}

export interface GitLabOutputs {
  readonly url: string;
  /** By `<organisation>/<project>`. */
  readonly projects: Readonly<Record<string, GitLabProjectOutputs>>;
  /** The dates of the tokens by which Argo CD reads; absent where it reads nothing here. */
  readonly tokens?: { readonly expiresAt: string; readonly renewFrom: string };
}

export function gitlabOutputs(gitlab: GitLab, side: GitLabSide): GitLabOutputs {
  return {
    url: gitlab.url,
    projects: Object.fromEntries(
      gitlab.projects.map((project) => {
        const mirror = side.groups.get(keyOf(project))?.mirror;
        return [
          keyOf(project),
          {
            group: project.group.path,
            repositories: Object.fromEntries(project.repositories.map(({ name, url }) => [name, url])),
            ...(mirror && {
              mirror: {
                projectId: mirror.projectId.apply(Number),
                triggerUrl: pulumi.interpolate`${gitlab.url}/api/v4/projects/${mirror.projectId}/trigger/pipeline`,
              },
              triggerToken: pulumi.secret(mirror.triggerToken),
            }),
          },
        ];
      }),
    ),
    ...(side.deployTokens.size > 0 && { tokens: gitlab.argocdTokens }),
  };
}
