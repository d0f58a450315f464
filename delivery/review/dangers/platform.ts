import { listAt, textAt } from "../../../policies/read";
import { scalarAt, textsAt } from "../describe/values";
import { say, type Phrase } from "../phrase";
import type { Inputs } from "../../preview/preview";
import type { Judge } from "./danger";

/** How the cluster resolves names: a mistake there is everybody's. */
export const dnsChange: Judge = ({ type, operation, before, after }) => {
  if (type === "factory:dns:ClusterDns") {
    return zoneChanges(before, after).map((what) => ({ kind: "DNS" as const, what }));
  }
  const isCorefile = scalarAt(after ?? before, "data", "Corefile") !== undefined;
  if (!isCorefile || !type.startsWith("kubernetes:core/v1:ConfigMap")) return [];
  const { name, namespace } =
    ((after ?? before) as { metadata?: { name?: string; namespace?: string } }).metadata ?? {};
  const place = `${namespace ?? ""}/${name ?? ""}`;
  const what =
    operation === "delete" ? say`the Corefile in ${place} is given up` : say`the Corefile in ${place} is edited`;
  return [{ kind: "DNS", what }];
};

function zoneChanges(before: Inputs | undefined, after: Inputs | undefined): Phrase[] {
  const zones = (inputs: Inputs | undefined) =>
    new Map(
      listAt(inputs, "forwards").map((one) => [textAt(one, "zone") ?? "", textsAt(one, "to").join(", ")] as const),
    );
  const [old, now] = [zones(before), zones(after)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((zone) => {
    const [was, is] = [old.get(zone), now.get(zone)];
    if (was === is) return [];
    if (is === undefined) return [say`the zone ${zone} is no longer forwarded`];
    return [
      was === undefined
        ? say`the zone ${zone} is forwarded to ${is}`
        : say`the zone ${zone} is forwarded to ${is}, was ${was}`,
    ];
  });
}

/** Another version of Argo CD, for all projects at once. */
export const argocdVersion: Judge = ({ type, before, after }) => {
  if (type !== "factory:argocd:ArgoCd") return [];
  const [old, now] = [before, after].map((inputs) => textAt(inputs, "settings", "manifests", "version"));
  if (old === now || old === undefined || now === undefined) return [];
  return [{ kind: "Argo CD", what: say`Argo CD ${old} becomes ${now}, for all projects at once` }];
};

/** A CustomResourceDefinition takes all its objects along when it goes. */
export const crdChange: Judge = ({ type, operation, before, after }) => {
  if (!type.endsWith(":CustomResourceDefinition") || operation === "create" || operation === "import") return [];
  const name = textAt(after ?? before, "metadata", "name") ?? "";
  const isGone = operation === "delete" || operation === "replace";
  return [
    { kind: "CRD", what: isGone ? say`${name} goes, and all objects of the kind with it` : say`${name} changes` },
  ];
};
