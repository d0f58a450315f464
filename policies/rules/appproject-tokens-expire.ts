import { z } from "zod";
import { APP_PROJECT } from "../kinds";
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
  types: [APP_PROJECT],
  check: ({ inputs }, { settings: { days } }) =>
    listAt(inputs, "spec", "roles").flatMap((role, roleIndex) =>
      listAt(role, "jwtTokens").flatMap((token, index) => {
        const fact = unlimited(at(token, "iat"), at(token, "exp"), days);
        if (fact === undefined) return [];
        return [
          {
            path: `spec.roles[${String(roleIndex)}].jwtTokens[${String(index)}]`,
            fact,
            value: `a token of the role ${textAt(role, "name") ?? ""}`,
            fix: `delete it, and make one that expires: argocd proj role create-token --expires-in ${String(days * 24)}h`,
          },
        ];
      }),
    ),
});

/** Both are seconds since 1970; Argo CD takes no `exp`, and 0, for never. */
function unlimited(issued: unknown, expires: unknown, days: number): string | undefined {
  if (typeof expires !== "number" || expires === 0) return "the token never expires";
  if (typeof issued !== "number" || expires - issued <= days * DAY) return undefined;
  return `the token is valid for more than ${String(days)} days`;
}
