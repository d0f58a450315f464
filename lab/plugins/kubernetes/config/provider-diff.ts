import { type DiffResult, type PropertyMap, type PropertyValue, Unknown, sameValue, unwrapSecrets } from "../../rpc";
import { activeCluster, readKubeconfig } from "../api/kubeconfig";
import { kubeconfigText } from "./settings";

/** The settings that say which cluster it is. */
const clusterKeys = ["kubeconfig", "context", "cluster"];
const identifier = "clusterIdentifier";

/**
 * What a changed provider configuration means. When it points to another cluster, the provider is replaced, and so is
 * all that it made. `clusterIdentifier`, once set, is the only say in that.
 */
export function diffProvider(oldInputs: PropertyMap, newInputs: PropertyMap): DiffResult {
  const [olds, news] = [unwrapSecrets(oldInputs), unwrapSecrets(newInputs)];
  const keys = [...new Set([...Object.keys(olds), ...Object.keys(news)])];
  const diffs = keys.filter((key) => !sameValue(olds[key], news[key]));
  if (diffs.length === 0) return { changes: "none" };
  return { changes: "some", diffs, replaces: replaces(olds, news, diffs) };
}

function replaces(olds: PropertyMap, news: PropertyMap, diffs: readonly string[]): readonly string[] {
  const [oldId, newId] = [olds[identifier], news[identifier]];
  if (newId !== undefined && oldId !== undefined) return diffs.includes(identifier) ? [identifier] : [];
  // Whether an unknown value is another cluster cannot be told: assume the worst.
  const unknown = clusterKeys.filter((key) => news[key] instanceof Unknown);
  if (unknown.length > 0) return unknown;
  const [before, after] = [clusterOf(olds), clusterOf(news)];
  if (before === undefined || after === undefined || sameValue(before, after)) return [];
  return clusterKeys.filter((key) => diffs.includes(key));
}

function clusterOf(inputs: PropertyMap): PropertyValue | undefined {
  const kubeconfig = kubeconfigText(inputs["kubeconfig"]);
  if (kubeconfig === undefined) return undefined;
  const choice = Object.fromEntries(
    ["context", "cluster"].flatMap((key) => (typeof inputs[key] === "string" ? [[key, inputs[key]]] : [])),
  ) as { context?: string; cluster?: string };
  try {
    return activeCluster(readKubeconfig(kubeconfig), choice) as PropertyValue | undefined;
  } catch (error) {
    throw new Error(`provider setting "kubeconfig": ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}
