import { GROUP_HOOK, PROJECT_HOOK } from "../gitlab-kinds";
import { at, nameOf, textAt } from "../read";
import { stackRule } from "../rule";
import { SECRETS } from "../secret-values";

const KEY = "webhook.gitlab.secret";

export const argocdWebhookSecret = stackRule({
  name: "argocd-webhook-secret",
  level: "mandatory",
  description: "Where GitLab calls Argo CD, Argo CD knows the hooks' secret.",
  reason: "Without it Argo CD believes every caller, and whoever reaches it keeps it busy with refreshes.",
  source:
    "https://argo-cd.readthedocs.io/en/stable/operator-manual/webhook/#2-configure-argo-cd-with-the-webhook-secret-optional",
  checkStack: (subjects) => {
    const isCalled = subjects.some(
      ({ type, inputs }) =>
        [PROJECT_HOOK, GROUP_HOOK].includes(type) && /\/api\/webhook$/.test(textAt(inputs, "url") ?? ""),
    );
    const holders = subjects.filter(({ type, inputs }) => SECRETS.includes(type) && nameOf(inputs) === "argocd-secret");
    const [first] = holders;
    if (!isCalled || first === undefined || holders.some(({ inputs }) => hasKey(inputs))) return [];
    return [
      {
        urn: first.urn,
        path: `data["${KEY}"]`,
        fact: "Argo CD does not check who calls its webhook",
        fix: `add ${KEY} with the token of the hooks`,
      },
    ];
  },
});

/** Data that is a secret as a whole cannot be looked into. */
function hasKey(inputs: unknown): boolean {
  return (
    typeof at(inputs, "data") === "string" ||
    [at(inputs, "data", KEY), at(inputs, "stringData", KEY)].some((value) => value !== undefined && value !== "")
  );
}
