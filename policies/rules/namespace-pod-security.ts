import { z } from "zod";
import { APPLICATION_PARTS, applicationsOf } from "../application-specs";
import type { ApplicationTemplate } from "../application-specs";
import { NAMESPACE, NAMESPACE_PATCH } from "../kinds";
import { nameOf, textAt } from "../read";
import { resourceRule } from "../rule";
import type { Subject } from "../rule";

const LABEL = "pod-security.kubernetes.io/enforce";

export const namespacePodSecurity = resourceRule({
  name: "namespace-pod-security",
  level: "mandatory",
  description: "Each namespace says which Pod Security Standard its pods are held to.",
  reason: "Without the label everything is allowed: a pod with the node's file system is the node.",
  source: "https://kubernetes.io/docs/concepts/security/pod-security-admission/",
  settings: z.strictObject({
    standards: z
      .array(z.enum(["privileged", "baseline", "restricted"]))
      .default(["baseline", "restricted"])
      .describe("The standards that are strict enough."),
    except: z.array(z.string()).default([]).describe("Namespaces whose pods need more: a driver's, a log shipper's."),
  }),
  types: [NAMESPACE, NAMESPACE_PATCH, ...APPLICATION_PARTS],
  check: (subject, { settings: { standards, except } }) =>
    labelled(subject).flatMap(({ path, namespace, standard }) => {
      if (standards.some((one) => one === standard) || except.includes(namespace)) return [];
      return [
        {
          path: `${path}["${LABEL}"]`,
          fact: `the pods of the namespace ${namespace} are held to too little`,
          value: standard ?? "no such label",
          fix: `label it ${standards.join(" or ")}: podSecurity in the catalogue or in projects of the stack's config`,
        },
      ];
    }),
});

interface Labelled {
  readonly path: string;
  readonly namespace: string;
  readonly standard: string | undefined;
}

/** What says it of a namespace: itself, a patch that names the label, and an Application that labels its namespace. */
function labelled(subject: Subject): Labelled[] {
  const { type, inputs } = subject;
  if (APPLICATION_PARTS.includes(type)) return applicationsOf(subject).flatMap(byApplication);
  const standard = textAt(inputs, "metadata", "labels", LABEL);
  if (type === NAMESPACE_PATCH && standard === undefined) return [];
  return [{ path: "metadata.labels", namespace: nameOf(inputs) ?? "", standard }];
}

function byApplication({ path, body }: ApplicationTemplate): Labelled[] {
  const place = ["spec", "syncPolicy", "managedNamespaceMetadata", "labels"];
  const standard = textAt(body, ...place, LABEL);
  if (standard === undefined) return [];
  return [
    { path: path + place.join("."), namespace: textAt(body, "spec", "destination", "namespace") ?? "", standard },
  ];
}
