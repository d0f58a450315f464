import { Provider } from "@pulumi/gitlab";
import * as pulumi from "@pulumi/pulumi";
import type { GitLab } from "../../model/gitlab";

/** The provider for the platform's GitLab. A relative path is relative to the project's folder, where it runs. */
export function gitlabProvider(
  name: string,
  { url, token, certificateAuthority }: Pick<GitLab, "url" | "token" | "certificateAuthority">,
): Provider {
  return new Provider(name, {
    baseUrl: `${url}/api/v4/`,
    token: pulumi.secret(token.reveal()),
    ...(certificateAuthority && { cacertFile: certificateAuthority.path }),
  });
}
