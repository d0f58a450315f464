import type { Call, CheckFailure, CheckRequest, CheckResult } from "../../rpc";
import { Unknown } from "../../rpc";
import type { Cluster } from "../cluster";
import type { Settings } from "../config/settings";
import { annotations } from "../object/annotations";
import { deprecation } from "../object/deprecations";
import { groupVersion } from "../object/gvk";
import { autonamed, hasGenerateName, keepingAutoname } from "../object/naming";
import { normalized, withNamespace } from "../object/normalize";
import { type KubeObject, annotationOf, at, nameOf, stringAt, withValue } from "../object/object";
import { toObject } from "../state/checkpoint";
import { markSecrets } from "../state/secrecy";
import { typeOf } from "./context";

const managedBy = "app.kubernetes.io/managed-by";

/** Completes the inputs: a name, a namespace, and the spelling that the API server will give back. */
export async function check(
  request: CheckRequest,
  settings: Settings,
  cluster: Cluster,
  call: Call,
): Promise<CheckResult> {
  if (!cluster.reachable && settings.skipUpdateUnreachable) {
    call.log("warning", "the cluster is unreachable, and skipUpdateUnreachable is set: the resource is left as it is");
    return { inputs: request.oldInputs };
  }
  const given = toObject(request.newInputs);
  const failures = refusals(request, given, settings);
  if (failures.length > 0) return { inputs: request.newInputs, failures };
  if (annotationOf(given, annotations.autonamed) !== "") {
    call.log(
      "warning",
      `the annotation ${annotations.autonamed} is the provider's own: what the program says is ignored`,
    );
  }
  const named = complete(request, normalized(given), settings);
  const gvk = typeOf(request, given);
  if (cluster.reachable && !settings.suppressDeprecationWarnings) {
    const warning = deprecation(gvk, cluster.version);
    if (warning !== undefined) call.log("warning", warning);
  }
  const inputs = await withDefaultNamespace(named, groupVersion(gvk), gvk.kind, cluster);
  return { inputs: markSecrets(inputs, request.newInputs) };
}

function refusals(request: CheckRequest, inputs: KubeObject, settings: Settings): readonly CheckFailure[] {
  const { patch } = typeOf(request, inputs);
  const fail = (property: string, reason: string): CheckFailure => ({ property, reason });
  const failures: CheckFailure[] = [];
  if (/^kubernetes:helm\.sh\//.test(request.type)) {
    failures.push(
      fail("", "Helm releases are not supported by the lab's kubernetes provider: use the official plugin"),
    );
  }
  if (patch && !settings.serverSideApply) {
    failures.push(fail("", "Patch resources need server-side apply: set the provider's enableServerSideApply to true"));
  }
  if (patch && nameOf(inputs) === "" && !(at(inputs, "metadata", "name") instanceof Unknown)) {
    failures.push(fail("metadata.name", "Patch resources must name the object that they patch: set metadata.name"));
  }
  if (Array.isArray(inputs["items"]) && stringAt(inputs, "kind").endsWith("List")) {
    failures.push(fail("kind", `a ${stringAt(inputs, "kind")} cannot be a resource: declare each of its items as one`));
  }
  if (settings.serverSideApply && nameOf(inputs) === "" && hasGenerateName(inputs)) {
    failures.push(
      fail("metadata.generateName", "generateName does not work with server-side apply: leave the name out instead"),
    );
  }
  return failures;
}

function complete(request: CheckRequest, inputs: KubeObject, settings: Settings): KubeObject {
  const isNew = Object.keys(request.oldInputs).length === 0;
  // The rest, which may be large, does not matter here.
  const oldInputs = toObject({ metadata: request.oldInputs["metadata"] ?? {} });
  const named = isNew ? autonamed(inputs, request.name, request.randomSeed) : keepingAutoname(inputs, oldInputs);
  const label = ["metadata", "labels", managedBy];
  // Without server-side apply nothing else in the cluster tells whose object it is.
  const marks = isNew ? !settings.serverSideApply : at(oldInputs, ...label) === "pulumi";
  return marks && at(named, ...label) === undefined ? withValue(named, label, "pulumi") : named;
}

async function withDefaultNamespace(
  inputs: KubeObject,
  apiVersion: string,
  kind: string,
  cluster: Cluster,
): Promise<KubeObject> {
  const metadata = at(inputs, "metadata");
  if (metadata instanceof Unknown || at(inputs, "metadata", "namespace") instanceof Unknown) return inputs;
  if (stringAt(inputs, "metadata", "namespace") !== "") return inputs;
  return (await isNamespaced(cluster, apiVersion, kind)) ? withNamespace(inputs, cluster.namespace) : inputs;
}

/** Whether a kind lives in namespaces. One that nobody knows yet is taken to: most kinds of CRDs do. */
export async function isNamespaced(cluster: Cluster, apiVersion: string, kind: string): Promise<boolean> {
  if (!cluster.reachable) return !clusterScoped.has(kind);
  return (await cluster.client.isNamespaced(apiVersion, kind)) ?? !clusterScoped.has(kind);
}

/** Built-in kinds outside namespaces, for when no cluster can be asked. */
const clusterScoped = new Set(
  `APIService CSIDriver CSINode CertificateSigningRequest ClusterRole ClusterRoleBinding CustomResourceDefinition
   FlowSchema IngressClass MutatingWebhookConfiguration Namespace Node PersistentVolume PriorityClass
   PriorityLevelConfiguration RuntimeClass StorageClass ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding
   ValidatingWebhookConfiguration VolumeAttachment`.split(/\s+/),
);
