import { z } from "zod";
import { APP_PROJECTS } from "../kinds";
import { listAt, nameOf, textAt } from "../read";
import { resourceRule } from "../rule";

export const appProjectNoClusterKinds = resourceRule({
  name: "appproject-no-cluster-kinds",
  level: "mandatory",
  description: "No AppProject of a tenant may deploy kinds that are not in a namespace.",
  reason:
    "A ClusterRoleBinding, a webhook or a CRD of one tenant reaches all others; a Namespace of its own has neither " +
    "quota nor network policies.",
  source: "https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/#projects",
  settings: z.strictObject({
    allowed: z
      .array(z.string())
      .default([])
      .describe("Kinds that are meant: Namespace, rbac.authorization.k8s.io/ClusterRole."),
    except: z.array(z.string()).default([]).describe("AppProjects of the platform team, which may."),
  }),
  types: APP_PROJECTS,
  check: ({ inputs }, { settings: { allowed, except } }) => {
    if (except.includes(nameOf(inputs) ?? "")) return [];
    return listAt(inputs, "spec", "clusterResourceWhitelist").flatMap((entry, index) => {
      const group = textAt(entry, "group") ?? "";
      const kind = textAt(entry, "kind") ?? "";
      const name = group === "" ? kind : `${group}/${kind}`;
      if (allowed.includes(name)) return [];
      return [
        {
          path: `spec.clusterResourceWhitelist[${String(index)}]`,
          fact: "the AppProject may deploy a kind of the whole cluster",
          value: name,
          fix: "take the entry out, and have the platform team deploy what the cluster needs",
        },
      ];
    });
  },
});
