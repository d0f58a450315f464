import { z } from "zod";
import { APP_PROJECTS } from "../kinds";
import { listAt, nameOf, namespaceOf, textAt } from "../read";
import { resourceRule } from "../rule";
import { matchesEntry, matchesGlob } from "../wildcards";

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
  types: APP_PROJECTS,
  check: ({ inputs }, { settings: { namespaces, except } }) => {
    if (except.includes(nameOf(inputs) ?? "")) return [];
    const own = namespaceOf(inputs);
    const reserved = own === undefined ? namespaces : [...namespaces, own];
    return ENTRIES.flatMap(({ list, key, namespaceIn, fact, fix }) =>
      listAt(inputs, "spec", list).flatMap((entry, index) => {
        const value = textAt(entry, key) ?? "";
        const namespace = namespaceIn(value);
        if (!reserved.some((pattern) => meets(pattern, namespace))) return [];
        return [{ path: `spec.${list}[${String(index)}].${key}`, fact, value, fix }];
      }),
    );
  },
});

/** What of an AppProject names a namespace; a service account without one is in that of the destination. */
const ENTRIES = [
  {
    list: "destinations",
    key: "namespace",
    namespaceIn: (text: string) => text,
    fact: "the AppProject may deploy into a namespace of the platform",
    fix: "name a namespace of the project's own",
  },
  {
    list: "destinationServiceAccounts",
    key: "defaultServiceAccount",
    namespaceIn: (text: string) => (text.includes(":") ? (text.split(":")[0] ?? "") : ""),
    fact: "the AppProject deploys as a service account of the platform",
    fix: "name a service account of the project's own namespace",
  },
];

/** Namespaces that every cluster has: one of them shows that two patterns have something in common. */
const EVERYWHERE = ["kube-system", "kube-public", "kube-node-lease"];

/** Whether an entry of an AppProject means a reserved namespace, or a pattern one of those that it reserves. */
function meets(reserved: string, entry: string): boolean {
  return (
    matchesGlob(reserved, entry) ||
    [reserved, ...EVERYWHERE.filter((name) => matchesGlob(reserved, name))].some((name) => matchesEntry(entry, name))
  );
}
