import { z } from "zod";
import { APP_PROJECT } from "../kinds";
import { listAt, namespaceOf, textAt } from "../read";
import { resourceRule } from "../rule";
import { matchesStar } from "../wildcards";

export const appProjectDestinationReserved = resourceRule({
  name: "appproject-destination-reserved",
  level: "mandatory",
  description: "No AppProject deploys into the namespace of Argo CD, or into those of the cluster.",
  reason:
    "Who may write an Application or an AppProject into Argo CD's namespace has all of its rights; what runs in " +
    "kube-system has the cluster's.",
  source: "https://argo-cd.readthedocs.io/en/stable/operator-manual/security/#cluster-rbac",
  settings: z.strictObject({
    namespaces: z
      .array(z.string())
      .default(["argocd", "kube-*"])
      .describe("Namespaces that are the platform's, `*` for any letters; that of the AppProject itself always is."),
    except: z.array(z.string()).default([]).describe("AppProjects of the platform team, which may."),
  }),
  types: [APP_PROJECT],
  check: ({ inputs }, { settings: { namespaces, except } }) => {
    if (except.includes(textAt(inputs, "metadata", "name") ?? "")) return [];
    const own = namespaceOf(inputs);
    const reserved = own === undefined ? namespaces : [...namespaces, own];
    return listAt(inputs, "spec", "destinations").flatMap((destination, index) => {
      const namespace = textAt(destination, "namespace") ?? "";
      if (!reserved.some((pattern) => meets(pattern, namespace))) return [];
      return [
        {
          path: `spec.destinations[${String(index)}].namespace`,
          fact: "the AppProject may deploy into a namespace of the platform",
          value: namespace,
          fix: "name a namespace of the project's own",
        },
      ];
    });
  },
});

/** Namespaces that every cluster has: one of them shows that two patterns have something in common. */
const EVERYWHERE = ["kube-system", "kube-public", "kube-node-lease"];

/** Whether a destination is reserved; `*` alone is told by the rule about destinations. */
function meets(reserved: string, destination: string): boolean {
  if (destination === "*") return false;
  if (matchesStar(reserved, destination)) return true;
  return [reserved, ...EVERYWHERE.filter((name) => matchesStar(reserved, name))].some((name) =>
    matchesStar(destination, name),
  );
}
