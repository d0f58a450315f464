import { z } from "zod";
import { APP_PROJECT } from "../kinds";
import { listAt } from "../read";
import { withoutUserInfo } from "../repository-urls";
import { resourceRule } from "../rule";
import { hasWildcard, isNegated } from "../wildcards";

export const appProjectSourceRepos = resourceRule({
  name: "appproject-source-repos",
  level: "mandatory",
  description: "An AppProject names its repositories: no pattern opens every one, or every one of a host.",
  reason: "Whoever may push to any repository of a host that the pattern covers deploys in the tenant's name.",
  source: "https://argo-cd.readthedocs.io/en/stable/user-guide/projects/#managing-projects",
  settings: z.strictObject({
    allowed: z.array(z.string()).default([]).describe("Patterns that are meant, letter by letter."),
  }),
  types: [APP_PROJECT],
  check: ({ inputs }, { settings: { allowed } }) =>
    listAt(inputs, "spec", "sourceRepos").flatMap((pattern, index) => {
      if (typeof pattern !== "string" || allowed.includes(pattern)) return [];
      const fact = opens(pattern);
      if (fact === undefined) return [];
      return [{ path: `spec.sourceRepos[${String(index)}]`, fact, value: withoutUserInfo(pattern), fix: FIX }];
    }),
});

const FIX = "name the project's repositories, or its group with the host and a path: https://git.example/acme/**";

function opens(pattern: string): string | undefined {
  if (isNegated(pattern)) return "the entry allows every repository but those it names";
  if (/^\*+$/.test(pattern)) return "the entry allows every repository";
  const { host, firstFolder } = partsOf(pattern);
  if (hasWildcard(host)) return "the entry allows repositories of any host that fits";
  if (/^\*+$/.test(firstFolder)) return "the entry allows every repository of the host";
  return hasWildcard(firstFolder) ? "the entry allows every group of the host that fits" : undefined;
}

/** The host and the first folder of `https://host/a/b`, `ssh://git@host/a` and `git@host:a/b`; of `oci` registries, too. */
function partsOf(pattern: string): { host: string; firstFolder: string } {
  const [, host = "", path = ""] =
    /^[a-z+]+:\/\/([^/]*)\/?(.*)$/.exec(pattern) ?? /^([^/:]*):?\/?(.*)$/.exec(pattern) ?? [];
  return { host, firstFolder: path.split("/")[0] ?? "" };
}
