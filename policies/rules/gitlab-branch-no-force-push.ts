import { BRANCH_PROTECTION } from "../gitlab-kinds";
import { textAt } from "../read";
import { resourceRule } from "../rule";

export const gitlabBranchNoForcePush = resourceRule({
  name: "gitlab-branch-no-force-push",
  level: "mandatory",
  description: "Nobody rewrites the history of a branch that people work on.",
  reason: "What was reviewed and deployed could vanish from the history, and something else stand in its place.",
  source: "https://docs.gitlab.com/user/project/repository/branches/protected/#allow-force-push",
  types: [BRANCH_PROTECTION],
  check: ({ inputs }) => {
    // A copy of another repository follows where that one goes, and nobody merges into it.
    const isCopy =
      textAt(inputs, "mergeAccessLevel") === "no one" && textAt(inputs, "pushAccessLevel") === "maintainer";
    if (inputs["allowForcePush"] !== true || isCopy) return [];
    return [
      {
        path: "allowForcePush",
        fact: `the branch ${textAt(inputs, "branch") ?? ""} is open to force-push`,
        value: "true",
        fix: "set it to false; a mirror's copy has mergeAccessLevel no one and pushAccessLevel maintainer",
      },
    ];
  },
});
