import { GROUP_VARIABLE, PROJECT_VARIABLE } from "../gitlab-kinds";
import { textAt } from "../read";
import { resourceRule } from "../rule";

export const gitlabVariableMasked = resourceRule({
  name: "gitlab-variable-masked",
  level: "advisory",
  description: "Variables that are credentials are masked in the logs of jobs.",
  reason: "One `env` or `set -x` in a job otherwise prints them to whoever may read the log.",
  source: "https://docs.gitlab.com/ci/variables/#mask-a-cicd-variable",
  types: [PROJECT_VARIABLE, GROUP_VARIABLE],
  check: ({ inputs }) => {
    const key = textAt(inputs, "key") ?? "";
    if (!/(PASSWORD|PASSWD|TOKEN|SECRET|API_?KEY|PRIVATE_?KEY)$/i.test(key) || inputs["masked"] === true) return [];
    return [
      {
        path: "masked",
        fact: `the variable ${key} is shown in the logs of jobs`,
        value: String(inputs["masked"] ?? "not set"),
        fix: "give it as { secret: NAME } in the catalogue, with a value that GitLab can mask",
      },
    ];
  },
});
