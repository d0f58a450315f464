import { z } from "zod";
import { APP_PROJECTS } from "../kinds";
import { listAt, nameOf } from "../read";
import { withoutUserInfo } from "../repository-urls";
import { resourceRule } from "../rule";
import type { Subject } from "../rule";
import { SECRETS, secretTypeOf, secretValues } from "../secret-values";
import { hasWildcard, isNegated } from "../wildcards";

export const appProjectSourceRepos = resourceRule({
  name: "appproject-source-repos",
  level: "mandatory",
  description: "An AppProject names its repositories: no pattern opens every one, or every one of a host.",
  reason: "Whoever may push to any repository of a host that the pattern covers deploys in the tenant's name.",
  source: "https://argo-cd.readthedocs.io/en/stable/user-guide/projects/#managing-projects",
  settings: z.strictObject({
    allowed: z.array(z.string()).default([]).describe("Patterns that are meant, letter by letter."),
    except: z.array(z.string()).default([]).describe("AppProjects of the platform team, which may."),
  }),
  types: [...APP_PROJECTS, ...SECRETS],
  check: (subject, { settings: { allowed, except } }) => {
    const { project, entries } = entriesOf(subject);
    return entries.flatMap(({ path, entry }) => {
      if (typeof entry !== "string" || allowed.includes(entry) || except.includes(project)) return [];
      const fact = opens(entry);
      return fact === undefined ? [] : [{ path, fact, value: withoutUserInfo(entry), fix: FIX }];
    });
  },
});

interface Entry {
  readonly path: string;
  readonly entry: unknown;
}

/** The entries of an AppProject; a repository's Secret that names an AppProject adds its URL to them. */
function entriesOf(subject: Subject): { readonly project: string; readonly entries: readonly Entry[] } {
  const { type, inputs } = subject;
  if (APP_PROJECTS.includes(type)) {
    const entries = listAt(inputs, "spec", "sourceRepos").map((entry, index) => ({
      path: `spec.sourceRepos[${String(index)}]`,
      entry,
    }));
    return { project: nameOf(inputs) ?? "", entries };
  }
  const values = secretTypeOf(subject) === "repository" ? secretValues(subject) : [];
  const project = values.find(({ key }) => key === "project")?.text ?? "";
  const urls = project === "" ? [] : values.filter(({ key }) => key === "url");
  return { project, entries: urls.map(({ path, text }) => ({ path, entry: text })) };
}

const FIX = "name the project's repositories, or its group with the host and a path: https://git.example/acme/**";

function opens(entry: string): string | undefined {
  // As Argo CD compares them.
  const pattern = entry.trim().toLowerCase();
  if (isNegated(pattern)) return "the entry allows every repository but those it names";
  if (/^\*+$/.test(pattern)) return "the entry allows every repository";
  const { host, firstFolder } = partsOf(pattern);
  if (hasWildcard(host)) return "the entry allows repositories of any host that fits";
  if (/^\*+$/.test(firstFolder)) return "the entry allows every repository of the host";
  return hasWildcard(firstFolder) ? "the entry allows every group of the host that fits" : undefined;
}

/**
 * The host and the first folder of `https://host/a/b`, `ssh://git@host/a` and `git@host:a/b`; of `oci` registries, too,
 * whose port is no folder.
 */
function partsOf(pattern: string): { host: string; firstFolder: string } {
  const [, host = "", path = ""] =
    /^[a-z][a-z0-9+.-]*:\/\/([^/]*)(.*)$/.exec(pattern) ??
    /^([^/:@]*:\d+)\/(.*)$/.exec(pattern) ??
    /^([^/:]*):?(.*)$/.exec(pattern) ??
    [];
  return { host, firstFolder: foldersOf(path)[0] ?? "" };
}

/** Without what servers pass over: `//`, `/./`, and `/a/../`. */
function foldersOf(path: string): string[] {
  return path.split("/").reduce<string[]>((folders, folder) => {
    if (folder === "" || folder === ".") return folders;
    return folder === ".." ? folders.slice(0, -1) : [...folders, folder];
  }, []);
}
