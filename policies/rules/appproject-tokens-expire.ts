import { z } from "zod";
import { APP_PROJECTS } from "../kinds";
import { at, listAt, textAt } from "../read";
import { resourceRule } from "../rule";

const DAY = 24 * 60 * 60;

export const appProjectTokensExpire = resourceRule({
  name: "appproject-tokens-expire",
  level: "mandatory",
  description: "Each token of an AppProject's role expires, within a year unless the stack says otherwise.",
  reason: "A token that never expires outlives whoever took it along, and Argo CD does not tell who uses it.",
  source: "https://argo-cd.readthedocs.io/en/stable/user-guide/projects/#project-roles",
  settings: z.strictObject({
    days: z.int().min(1).default(365).describe("How long a token may be valid, in days."),
  }),
  types: APP_PROJECTS,
  check: ({ inputs }, { settings: { days } }) =>
    tokensOf(inputs).flatMap(({ path, role, token }) => {
      const fact = unlimited(at(token, "iat"), at(token, "exp"), days);
      if (fact === undefined) return [];
      const value = `a token of the role ${role}`;
      const fix = `delete it, and make one that expires: argocd proj role create-token --expires-in ${String(days * 24)}h`;
      return [{ path, fact, value, fix }];
    }),
});

interface Token {
  readonly path: string;
  readonly role: string;
  readonly token: unknown;
}

/** The tokens in the spec, and in the status, which is no subresource here: Argo CD takes one of either for valid. */
function tokensOf(inputs: unknown): Token[] {
  const inSpec = listAt(inputs, "spec", "roles").flatMap((role, index) =>
    each(listAt(role, "jwtTokens"), `spec.roles[${String(index)}].jwtTokens`, textAt(role, "name") ?? ""),
  );
  const inStatus = Object.entries(at(inputs, "status", "jwtTokensByRole") ?? {}).flatMap(([role, tokens]) =>
    each(listAt(tokens, "items"), `status.jwtTokensByRole["${role}"].items`, role),
  );
  return [...inSpec, ...inStatus];
}

function each(tokens: readonly unknown[], place: string, role: string): Token[] {
  return tokens.map((token, index) => ({ path: `${place}[${String(index)}]`, role, token }));
}

/** Both are seconds since 1970; Argo CD takes no `exp`, and 0, for never. */
function unlimited(issued: unknown, expires: unknown, days: number): string | undefined {
  if (typeof expires !== "number" || expires === 0) return "the token never expires";
  if (expires - (typeof issued === "number" ? issued : 0) <= days * DAY) return undefined;
  return `the token is valid for more than ${String(days)} days`;
}
