import { listAt, textAt } from "../../../policies/read";
import type { Inputs } from "../../preview/preview";
import { detail, fact, type Fact } from "../facts";
import { say } from "../phrase";
import { textsAt } from "./values";

/** The private zones and who answers for them, as the component `ClusterDns` is given them. */
export function dnsFacts(inputs: Inputs): Fact[] {
  return [
    ...listAt(inputs, "forwards").flatMap((forward) =>
      fact(say`zone ${textAt(forward, "zone") ?? ""} forwarded to`, textsAt(forward, "to").join(", ")),
    ),
    ...detail(
      say`DNS target`,
      listAt(inputs, "targets").map((target) => `${textAt(target, "namespace") ?? ""}/${textAt(target, "name") ?? ""}`),
    ),
  ];
}

/** The version and the settings that the component `ArgoCd` is given. */
export function argocdFacts(inputs: Inputs): Fact[] {
  const { settings } = inputs;
  return [
    ...fact(say`Argo CD version`, textAt(settings, "manifests", "version")),
    ...fact(say`Argo CD URL`, textAt(settings, "url")),
    ...detail(say`Argo CD variant`, textAt(settings, "manifests", "variant")),
    ...detail(say`group of administrators`, textsAt(settings, "rbac", "adminGroups")),
    ...detail(say`policy of Argo CD`, textsAt(settings, "rbac", "policies")),
    ...detail(say`role of everybody:`, textAt(settings, "rbac", "defaultRole")),
  ];
}

/** A further cluster that Argo CD deploys to. */
export function clusterFacts(inputs: Inputs): Fact[] {
  return [
    ...fact(say`cluster`, textAt(inputs, "cluster", "server")),
    ...detail(say`namespace of Argo CD's there:`, textsAt(inputs, "namespaces")),
  ];
}
