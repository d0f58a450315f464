import { z } from "zod";
import { gitRepositoryFinding, parseGitUrl } from "../git-url";
import { gitlabNameFinding } from "../gitlab-names";
import { RESERVED_REPOSITORY_NAMES } from "../naming";
import type { Finding } from "../report";
import { gitlabLogin } from "./gitlab";
import { secretName } from "./names";
import { judge, strict, text } from "./strict";

/** What members may do, in GitLab's words, from least to most. */
const ACCESS_LEVELS = ["guest", "planner", "reporter", "developer", "maintainer", "owner"] as const;

/** Who may push to a protected branch, or merge into it. */
const protectionLevel = z.enum(["no one", "developer", "maintainer"]);

const externalUrl = text((url) => {
  const finding = gitRepositoryFinding(url);
  if (finding !== undefined) return finding;
  return parseGitUrl(url)?.transport === "ssh"
    ? {
        message: "the mirror reads external repositories by https or http, not by SSH",
        value: url,
        allowed: "https://host/path.git",
        fix: "write the repository's https URL, and as credentials a user and a token",
      }
    : undefined;
});

/** An external repository that the mirror copies to the platform's GitLab. */
export const mirrorOf = strict({
  url: externalUrl.describe("The external repository's https URL, without a password."),
  credentials: secretName
    .optional()
    .describe("The name of a secret of the form {username, password} that reads it. Default: none, it is public."),
});

/** One branch's name, as Git takes it. */
export const branchName = text((value) =>
  /^[^\s~^:?*[\\]+$/.test(value) && !/^[-/]|\.\.|\/\/|[./]$/.test(value)
    ? undefined
    : { message: "the value is not the name of a branch", allowed: "such as main", fix: "correct it" },
);

const appRepositoryName = text((name): Finding | undefined =>
  RESERVED_REPOSITORY_NAMES.includes(name)
    ? {
        message: "the name is kept for a repository of the platform",
        allowed: `any name but ${RESERVED_REPOSITORY_NAMES.join(", ")}`,
        fix: "choose another name",
      }
    : gitlabNameFinding(name, "the repository's name", "below"),
);

function oneValue({ value, secret }: { value?: unknown; secret?: unknown }): Finding | undefined {
  if ((value === undefined) !== (secret === undefined)) return undefined;
  return {
    message: value === undefined ? "the variable has no value" : "the variable has two values",
    allowed: "value, or secret: the name of a secret of the form {value}",
    fix: "set one of the two",
  };
}

const variable = z.union([
  z.string(),
  strict({
    value: z.string().optional().describe("The text, for all to read in Git."),
    secret: secretName.optional().describe("The name of a secret of the form {value}."),
    masked: z.boolean().optional().describe("Whether job logs hide it. Default: true for a secret that is no file."),
    protected: z
      .boolean()
      .optional()
      .describe("Whether only pipelines of protected branches and tags get it. Default: true for a secret."),
    file: z.boolean().optional().describe("Whether jobs get a file's path, and the text in it. Default: false."),
  }).check(judge(oneValue)),
]);
export type VariableInput = z.output<typeof variable>;

const variables = z.record(
  text((key) =>
    /^[A-Za-z0-9_]{1,255}$/.test(key)
      ? undefined
      : {
          message: "the key is not the name of a CI/CD variable",
          allowed: "letters, digits and _",
          fix: "rename it",
        },
  ),
  variable,
);

/** A repository with the application's source, which is built on the platform but not deployed by Argo CD. */
export const appRepository = strict({
  name: appRepositoryName.describe("The repository's name within the project's group."),
  mirrorOf: mirrorOf.optional().describe("The external repository that it is a copy of. Default: none."),
  branch: branchName.optional().describe("The branch that is protected. Default: main."),
  ciFile: text((value) =>
    /^[^\s/]\S*$/.test(value)
      ? undefined
      : {
          message: "the value is not a file of the repository",
          allowed: "such as .gitlab-ci-dso.yml",
          fix: "write the path from the repository's root",
        },
  )
    .optional()
    .describe("The file of its pipeline. Default: .gitlab-ci-dso.yml for a copy, else .gitlab-ci.yml."),
  variables: variables.optional().describe("CI/CD variables by key: text, or { secret: NAME }."),
});
export type AppRepositoryInput = z.output<typeof appRepository>;

const attributeKey = text((key) =>
  /^[A-Za-z0-9_-]{1,255}$/.test(key)
    ? undefined
    : { message: "the key is not that of an attribute", allowed: "letters, digits, _ and -", fix: "rename it" },
);

/** What a project has on the platform's GitLab beside its repositories. */
export const projectGitLab = strict({
  members: z
    .record(gitlabLogin, z.enum(ACCESS_LEVELS))
    .optional()
    .describe("Members of the project's group, by user name: { alice: maintainer }."),
  attributes: z
    .record(attributeKey, z.string().min(1))
    .optional()
    .describe("Custom attributes of the group. The platform's token must be an administrator's."),
  mirror: z
    .boolean()
    .optional()
    .describe("false: the project brings its external repositories here by itself. Default: true."),
  branchProtection: strict({
    push: protectionLevel.optional().describe("Who may push to the protected branch. Default: maintainer."),
    merge: protectionLevel.optional().describe("Who may merge into it. Default: maintainer."),
  })
    .optional()
    .describe("Who changes the protected branches of repositories that are no copies."),
});
