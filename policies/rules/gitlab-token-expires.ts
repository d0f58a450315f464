import { GITLAB_TOKENS } from "../gitlab-kinds";
import { at, textAt } from "../read";
import { resourceRule } from "../rule";

export const gitlabTokenExpires = resourceRule({
  name: "gitlab-token-expires",
  level: "mandatory",
  description: "Each token on GitLab has an end.",
  reason: "A token that was copied somewhere otherwise opens the door for ever, and nobody notices.",
  source: "https://docs.gitlab.com/security/tokens/",
  types: GITLAB_TOKENS,
  check: ({ inputs }) => {
    const hasEnd = (textAt(inputs, "expiresAt") ?? "") !== "" || at(inputs, "rotationConfiguration") !== undefined;
    if (hasEnd) return [];
    return [
      {
        path: "expiresAt",
        fact: `the token ${textAt(inputs, "name") ?? ""} never ends`,
        fix: "set expiresAt or rotationConfiguration; gitlab.tokens.validDays in the stack's config says how long",
      },
    ];
  },
});
