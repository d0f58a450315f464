import { type GroupVersionKind, parseGvk } from "../object/gvk";
import { type KubeObject, apiVersionOf, at, isConfigMapKind, isSecretKind, kindOf } from "../object/object";

/** The steps to a field; `*` is each item of a list. */
export type FieldPath = readonly string[];

/** Which kinds the provider may change in place although it would rather replace them. */
export interface Mutability {
  readonly configMaps: boolean;
  readonly secrets: boolean;
}

/**
 * The fields whose change needs a new object: the API server refuses to change them, or (a ConfigMap's data) those who
 * use the object would not notice. Source of the table: pulumi-kubernetes `pkg/provider/diff.go`.
 */
export function forceNewFields(object: KubeObject, mutable: Mutability): readonly FieldPath[] {
  const fields = [...identity, ...kindFields(parseGvk(apiVersionOf(object), kindOf(object)))];
  const immutable = at(object, "immutable") === true;
  if (isSecretKind(object) && (!mutable.secrets || immutable)) return [...fields, ...paths("stringData data")];
  if (isConfigMapKind(object) && (!mutable.configMaps || immutable)) return [...fields, ...paths("binaryData data")];
  return fields;
}

/** The fields that say which object it is. A Patch resource changes all others in place. */
export const identity: readonly FieldPath[] = paths("metadata.name metadata.namespace");

function kindFields({ group, version, kind }: GroupVersionKind): readonly FieldPath[] {
  // apps/v1beta1 let the selector change.
  if (group === "apps" && version === "v1beta1" && kind !== "StatefulSet") return [];
  if (kind === "PodDisruptionBudget" && version !== "v1beta1") return [];
  return table[`${group}/${kind}`] ?? [];
}

const table: Readonly<Record<string, readonly FieldPath[]>> = {
  "apps/DaemonSet": paths("spec.selector"),
  "apps/Deployment": paths("spec.selector"),
  "apps/StatefulSet": paths(
    `spec.podManagementPolicy spec.revisionHistoryLimit spec.selector spec.serviceName spec.volumeClaimTemplates`,
  ),
  "batch/Job": paths("spec.completions spec.parallelism spec.selector spec.template"),
  "policy/PodDisruptionBudget": paths("spec"),
  "rbac.authorization.k8s.io/ClusterRoleBinding": paths("roleRef"),
  "rbac.authorization.k8s.io/RoleBinding": paths("roleRef"),
  "storage.k8s.io/StorageClass": paths("parameters provisioner"),
  "/PersistentVolume": paths(
    `spec.awsElasticBlockStore spec.azureDisk spec.azureFile spec.cephfs spec.cinder spec.csi spec.fc spec.flexVolume
     spec.flocker spec.gcePersistentDisk spec.glusterfs spec.hostPath spec.iscsi spec.local spec.nfs
     spec.photonPersistentDisk spec.portworxVolume spec.quobyte spec.rbd spec.scaleIO spec.storageos
     spec.vsphereVolume`,
  ),
  "/PersistentVolumeClaim": paths("spec.accessModes spec.selector spec.storageClassName spec.volumeName"),
  "/Pod": [
    ...paths(
      `spec.affinity spec.automountServiceAccountToken spec.dnsConfig spec.dnsPolicy spec.enableServiceLinks
       spec.hostAliases spec.hostIPC spec.hostNetwork spec.hostPID spec.hostname spec.imagePullSecrets spec.nodeName
       spec.nodeSelector spec.overhead spec.preemptionPolicy spec.priority spec.priorityClassName spec.readinessGates
       spec.restartPolicy spec.runtimeClassName spec.schedulerName spec.securityContext spec.serviceAccount
       spec.serviceAccountName spec.shareProcessNamespace spec.subdomain spec.terminationGracePeriodSeconds
       spec.volumes`,
    ),
    ...containerFields("spec.containers.*"),
    ...containerFields("spec.initContainers.*"),
  ],
  "/ResourceQuota": paths("spec.scopes"),
  "/Secret": paths("type"),
  "/Service": paths("spec.clusterIP"),
};

function containerFields(prefix: string): readonly FieldPath[] {
  const names = `args command env image imagePullPolicy lifecycle livenessProbe ports readinessProbe resources
    securityContext stdin stdinOnce terminationMessagePath terminationMessagePolicy tty volumeDevices volumeMounts
    workingDir`;
  return names.split(/\s+/).map((name) => `${prefix}.${name}`.split("."));
}

function paths(list: string): readonly FieldPath[] {
  return list.split(/\s+/).map((path) => path.split("."));
}
