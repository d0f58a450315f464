import { type Call, type DiffRequest, type DiffResult, isPropertyMap } from "../../rpc";
import { refOf } from "../api/client";
import { requireReady } from "../await/wait";
import { ruleForRefresh } from "../await/rules";
import type { Cluster } from "../cluster";
import type { Settings } from "../config/settings";
import { type DetailedDiff, detailedDiff } from "../diff/detailed-diff";
import { forceNewFields, identity } from "../diff/force-new";
import { contains, parsePath } from "../diff/property-path";
import { annotations, isAutonamed } from "../object/annotations";
import { isBuiltIn } from "../object/gvk";
import { isNameUnknown, isAnnotatedTrue, apiVersionOf, kindOf, nameOf, namespaceOf } from "../object/object";
import type { KubeObject } from "../object/object";
import { normalized, withNamespace } from "../object/normalize";
import { pruned } from "../object/prune";
import { withZeroValues } from "../object/zero-values";
import { fromOutputs, toObject } from "../state/checkpoint";
import { isNamespaced } from "./check";
import { typeOf } from "./context";

/** Compares the live object of the state, as far as the last inputs spoke of it, with the new inputs. */
export async function diff(
  request: DiffRequest,
  settings: Settings,
  cluster: Cluster,
  call: Call,
): Promise<DiffResult> {
  const { inputs: lastInputs, live } = fromOutputs(request.oldOutputs);
  const given = toObject(request.newInputs);
  const { patch } = typeOf(request, given);
  const [last, next] = [normalized(lastInputs), normalized(given)];
  const namespaced = await isNamespaced(cluster, apiVersionOf(next), kindOf(next));
  const scoped = (object: KubeObject): KubeObject =>
    withNamespace(object, namespaced ? (namespaceOf(object) === "" ? "default" : namespaceOf(object)) : "");
  const inputs = isUnknownNamespace(next) ? next : scoped(next);
  const before = comparable(live, last, inputs, scoped);

  const forceNew = patch ? identity : forceNewFields(inputs, mutability(settings));
  const all = detailedDiff(before, inputs, forceNew);
  const details = withoutIgnored(all, request.ignoreChanges);
  const replaces = Object.entries(details)
    .filter(([path, { kind }]) => kind.endsWith("-replace") || (kind === "delete" && path === "metadata"))
    .map(([path]) => path);
  if (isAnnotatedTrue(inputs, annotations.replaceUnready) && (await isUnready(live, cluster, call))) {
    replaces.push(`metadata.annotations["${annotations.replaceUnready}"]`);
  }
  const changed = Object.keys(details).length > 0 || replaces.length > 0;
  // Two objects of one name cannot be: the old one must go first, unless the new one gets a name of its own.
  const isNamed = isNameUnknown(inputs) || nameOf(inputs) !== "";
  const deleteBeforeReplace =
    replaces.length > 0 &&
    isNamed &&
    !isAutonamed(inputs) &&
    nameOf(inputs) === nameOf(live) &&
    namespaceOf(inputs) === namespaceOf(live);
  return { changes: changed ? "some" : "none", replaces, deleteBeforeReplace, detailedDiff: details };
}

function mutability({ configMapMutable, secretMutable }: Settings): { configMaps: boolean; secrets: boolean } {
  return { configMaps: configMapMutable, secrets: secretMutable };
}

/** The live object as the inputs would say it. */
function comparable(
  live: KubeObject,
  last: KubeObject,
  inputs: KubeObject,
  scoped: (object: KubeObject) => KubeObject,
): KubeObject {
  const cut = pruned(live, last);
  const kept = isBuiltIn(apiVersionOf(inputs)) ? withZeroValues(cut, last) : cut;
  const placed = isPropertyMap(kept["metadata"]) ? scoped(kept) : kept;
  const typed: KubeObject = {
    apiVersion: apiVersionOf(inputs),
    kind: kindOf(inputs),
    ...placed,
  };
  const metadata = typed["metadata"];
  // A program may come to name what the API server or an earlier program named, without a replacement.
  return nameOf(inputs) === "" || !isPropertyMap(metadata)
    ? typed
    : { ...typed, metadata: { ...metadata, name: nameOf(live) } };
}

function isUnknownNamespace(inputs: KubeObject): boolean {
  const metadata = inputs["metadata"];
  return !isPropertyMap(metadata) || (metadata["namespace"] !== undefined && typeof metadata["namespace"] !== "string");
}

function withoutIgnored(details: DetailedDiff, ignoreChanges: readonly string[]): DetailedDiff {
  const ignored = ignoreChanges.map(parsePath);
  return Object.fromEntries(
    Object.entries(details).filter(([path]) => !ignored.some((outer) => contains(outer, parsePath(path)))),
  );
}

async function isUnready(live: KubeObject, cluster: Cluster, call: Call): Promise<boolean> {
  const rule = ruleForRefresh(live);
  if (!cluster.reachable || rule === undefined || kindOf(live) !== "Job") {
    call.log("warning", `the annotation ${annotations.replaceUnready} works for Jobs in a reachable cluster only`);
    return false;
  }
  const { client, stores } = cluster;
  const { signal } = call;
  try {
    await requireReady({ client, stores, rule, object: await client.get(refOf(live), signal), signal });
    return false;
  } catch (error) {
    return error instanceof Error && error.name === "NotReady";
  }
}
