import { APPLICATION_PARTS } from "../application-specs";
import { credentialIn } from "../credentials";
import { APP_PROJECTS, NAMESPACE, NAMESPACE_PATCH } from "../kinds";
import { at } from "../read";
import { resourceRule } from "../rule";
import { SECRETS } from "../secret-values";

export const annotationNoCredentials = resourceRule({
  name: "annotation-no-credentials",
  level: "mandatory",
  description: "No annotation and no label holds a credential.",
  reason: "Annotations are never encrypted: they are in every listing, in Pulumi's state and in its diffs.",
  source: "https://kubernetes.io/docs/concepts/security/secrets-good-practices/",
  types: [...APP_PROJECTS, ...APPLICATION_PARTS, NAMESPACE, NAMESPACE_PATCH, ...SECRETS],
  check: ({ inputs }) =>
    ["annotations", "labels"].flatMap((kind) =>
      Object.entries(at(inputs, "metadata", kind) ?? {}).flatMap(([key, text]) => {
        const found = typeof text === "string" ? credentialIn(key, text) : undefined;
        if (found === undefined) return [];
        return [
          {
            path: `metadata.${kind}["${key}"]`,
            fact: `${found} stands in clear in the ${kind}`,
            fix: "take it out, put it into a Secret, and revoke this one",
          },
        ];
      }),
    ),
});
