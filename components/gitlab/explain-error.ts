import type { Problem } from "../../model/problem";

/** What GitLab refused. */
export interface GitLabError {
  /** What the provider says, GitLab's answer in it. */
  readonly error: string;
  /** Of the resource. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Of the resource: `gitlab:index/group:Group`. */
  readonly type: string;
  readonly operation: string;
  /** The stack's config. */
  readonly file: string;
}

type Explanation = Omit<Problem, "severity" | "file">;

/** What a user can do about what GitLab refused; absent where the answer itself says all there is to say. */
export function explainError(refused: GitLabError): Problem | undefined {
  const explanation = RULES.find(({ pattern }) => pattern.test(refused.error))?.explain(refused);
  return explanation && { severity: "error", file: refused.file, ...explanation };
}

const RULES: readonly { readonly pattern: RegExp; readonly explain: (refused: GitLabError) => Explanation }[] = [
  { pattern: /has already been taken|already exists/i, explain: taken },
  { pattern: /insufficient_scope/i, explain: () => wrongToken("the token lacks the scope api") },
  { pattern: /\b401\b|invalid_token/i, explain: () => wrongToken("GitLab does not know the token, or it has expired") },
  { pattern: /\b403\b/, explain: ({ operation, type }) => forbidden(operation, type) },
  { pattern: /404[^\n]*(group|project) not found/i, explain: missing },
  { pattern: /reserved|can contain only|can only contain|must not start|cannot start/i, explain: badName },
];

function taken({ inputs, type }: GitLabError): Explanation {
  const what = type.endsWith(":Group") ? "group" : type.endsWith(":Project") ? "repository" : "object";
  return {
    path: "gitlab.adopt",
    ...shown(inputs["path"]),
    message: `GitLab has a ${what} of this path or name already`,
    allowed: "a path that is free, or the full path of what is there in gitlab.adopt",
    fix:
      "to take it over as it is, add its full path to gitlab.adopt; if it was deleted and GitLab only keeps it for some " +
      "days, restore it first (its page, Settings, General, Advanced) or delete it there at once; else rename ours",
  };
}

function wrongToken(message: string): Explanation {
  return {
    path: "gitlab.token",
    message,
    allowed: "a token that is valid and has the scope api",
    fix: "make one on GitLab and set the secret that gitlab.token names: pulumi config set --path --secret 'gitops-factory:secrets.NAME.value'",
  };
}

function forbidden(operation: string, type: string): Explanation {
  const attribute = type.endsWith("CustomAttribute");
  return {
    path: "gitlab.token",
    message: `the token's user may not do this on GitLab: ${operation} ${type.split(":").at(-1) ?? type}`,
    allowed: attribute
      ? "an administrator's token, as custom attributes are for administrators"
      : "the token of an owner of the groups",
    fix: attribute ? "use such a token, or remove gitlab.attributes from the catalogue" : "use such a token",
  };
}

function missing({ inputs }: GitLabError): Explanation {
  return {
    path: "gitlab",
    ...shown(inputs["group"] ?? inputs["project"]),
    message: "GitLab has no such group or repository, or the token's user may not see it",
    allowed: "groups and repositories that the stack with owner: true has made",
    fix: "run pulumi up on that stack first, and give the token's user access to its groups",
  };
}

function badName({ inputs }: GitLabError): Explanation {
  return {
    path: "gitlab",
    ...shown(inputs["path"] ?? inputs["name"]),
    message: "GitLab does not take this name",
    allowed: "what GitLab's answer says",
    fix: "rename the organisation, project or repository in the catalogue",
  };
}

function shown(value: unknown): { readonly value?: string } {
  return typeof value === "string" ? { value } : {};
}
