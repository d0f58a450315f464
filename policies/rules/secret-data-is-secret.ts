import { at } from "../read";
import { resourceRule } from "../rule";
import { SECRETS } from "../secret-values";

export const secretDataIsSecret = resourceRule({
  name: "secret-data-is-secret",
  level: "mandatory",
  description: "What a Secret holds is a secret for Pulumi, too.",
  reason: "Otherwise it is in clear in the state and in every diff, which more people read than the cluster's Secrets.",
  source: "https://www.pulumi.com/docs/iac/concepts/secrets/",
  types: SECRETS,
  check: ({ inputs, secretOutputs }) =>
    ["data", "stringData"]
      .filter((key) => !isEmpty(at(inputs, key)) && !secretOutputs.includes(key))
      .map((key) => ({
        path: key,
        fact: "the Secret's values are in clear in Pulumi's state",
        fix: `declare it by @pulumi/kubernetes' Secret, or name ${key} in additionalSecretOutputs`,
      })),
});

function isEmpty(value: unknown): boolean {
  return value === undefined || (typeof value === "object" && value !== null && Object.keys(value).length === 0);
}
