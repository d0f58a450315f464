import { applicationsOf } from "./application-specs";
import { CONFIG_MAPS, dataPath } from "./config-map";
import { at, listAt, nameOf, textAt, yamlTree } from "./read";
import type { Subject } from "./rule";

/** What is not compared between Git and the cluster, and where that is said. */
export interface IgnoredDifferences {
  readonly path: string;
  /** The kind of objects, as people call it. */
  readonly kind: string;
  /** `jsonPointers`, `jqPathExpressions`, `managedFieldsManagers` */
  readonly entry: unknown;
}

/** What an Application ignores, or by its settings all of Argo CD. */
export function ignoredDifferences(subject: Subject): readonly IgnoredDifferences[] {
  if (CONFIG_MAPS.includes(subject.type)) return ofSettings(subject);
  return applicationsOf(subject).flatMap(({ path, body }) =>
    listAt(body, "spec", "ignoreDifferences").map((entry, index) => ({
      path: `${path}spec.ignoreDifferences[${String(index)}]`,
      kind: textAt(entry, "kind") ?? "object",
      entry,
    })),
  );
}

/** The key for each kind, `….apps_Deployment` or `….all`, and the old one for all kinds, a map of `apps/Deployment`. */
const KEY = /^resource\.customizations\.ignoreDifferences\.(?:.*_)?(.+)$/;
const OLD_KEY = "resource.customizations";

function ofSettings({ inputs }: Subject): IgnoredDifferences[] {
  if (nameOf(inputs) !== "argocd-cm") return [];
  return Object.entries(at(inputs, "data") ?? {}).flatMap(([key, text]) => {
    const tree = typeof text === "string" ? yamlTree(text) : undefined;
    const kind = KEY.exec(key)?.[1];
    if (kind !== undefined) return [{ path: dataPath(key), kind: kind === "all" ? "object" : kind, entry: tree }];
    if (key !== OLD_KEY || typeof tree !== "object" || tree === null) return [];
    return Object.entries(tree).map(([name, settings]) => {
      const entry = at(settings, "ignoreDifferences");
      const path = `${dataPath(key)}["${name}"].ignoreDifferences`;
      return { path, kind: name.split("/").at(-1) ?? name, entry: typeof entry === "string" ? yamlTree(entry) : entry };
    });
  });
}
