import { NAMING_REPOSITORIES, repositoryUrls, urlParts, withoutUserInfo } from "../repository-urls";
import { resourceRule } from "../rule";

export const repositoryUrlNoUserInfo = resourceRule({
  name: "repository-url-no-user-info",
  level: "mandatory",
  description: "No repository's URL holds a user with a password, or a query.",
  reason: "URLs are in Argo CD's pages, logs and metrics, in Pulumi's diffs and in merge requests.",
  source: "https://datatracker.ietf.org/doc/html/rfc3986#section-3.2.1",
  types: NAMING_REPOSITORIES,
  check: (subject) =>
    repositoryUrls(subject).flatMap(({ path, url }) => {
      const parts = urlParts(url);
      if (parts === undefined) return [];
      const { scheme, user, password } = parts;
      // Over SSH a user names the service and is no secret: git@host.
      const isClean = password === undefined && (user === undefined || scheme === "ssh") && !/[?#]/.test(url);
      if (isClean) return [];
      return [
        {
          path,
          fact: "the repository's URL holds what may be a credential",
          value: withoutUserInfo(url),
          fix: "take it out of the URL, name a secret of the stack by credentials, and revoke what stood there",
        },
      ];
    }),
});
