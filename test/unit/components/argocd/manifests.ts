import type { KubernetesObject } from "../../../../manifests/kubernetes-object";

function configMap(name: string, data?: Record<string, string>): KubernetesObject {
  return { apiVersion: "v1", kind: "ConfigMap", metadata: { name }, ...(data && { data }) };
}

function definition(plural: string, kind: string): KubernetesObject {
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: `${plural}.argoproj.io` },
    spec: { group: "argoproj.io", names: { kind, plural }, scope: "Namespaced", versions: [] },
  };
}

function workload(
  kind: "Deployment" | "StatefulSet",
  name: string,
  pod: Record<string, unknown>,
  replicas?: number,
): KubernetesObject {
  const labels = { "app.kubernetes.io/name": name };
  return {
    apiVersion: "apps/v1",
    kind,
    metadata: { name, labels },
    spec: {
      ...(replicas !== undefined && { replicas }),
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: pod },
    },
  };
}

function parameter(name: string, key: string, configMapName = "argocd-cmd-params-cm") {
  return { name, valueFrom: { configMapKeyRef: { name: configMapName, key, optional: true } } };
}

const IMAGE = "quay.io/argoproj/argocd:v3.2.12";

/** An install in miniature: each kind of object that the patches and the order of installation tell apart. */
export const MANIFESTS: readonly KubernetesObject[] = [
  definition("applications", "Application"),
  definition("appprojects", "AppProject"),
  { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "argocd-server" } },
  {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "Role",
    metadata: { name: "argocd-server" },
    rules: [{ apiGroups: [""], resources: ["secrets"], verbs: ["get"] }],
  },
  {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "RoleBinding",
    metadata: { name: "argocd-server" },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "argocd-server" },
    subjects: [{ kind: "ServiceAccount", name: "argocd-server" }],
  },
  {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRoleBinding",
    metadata: { name: "argocd-server" },
    roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "argocd-server" },
    subjects: [{ kind: "ServiceAccount", name: "argocd-server", namespace: "argocd" }],
  },
  configMap("argocd-cm", { "resource.exclusions": "- kinds: [Lease]\n" }),
  configMap("argocd-rbac-cm"),
  configMap("argocd-cmd-params-cm"),
  configMap("argocd-ssh-known-hosts-cm", { ssh_known_hosts: "# generated\ngithub.com ssh-ed25519 AAAA\n" }),
  configMap("argocd-tls-certs-cm"),
  { apiVersion: "v1", kind: "Secret", metadata: { name: "argocd-secret" }, type: "Opaque" },
  {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "argocd-server" },
    spec: { ports: [{ port: 80 }], selector: { "app.kubernetes.io/name": "argocd-server" } },
  },
  workload("Deployment", "argocd-server", {
    containers: [
      { name: "argocd-server", image: IMAGE, env: [parameter("ARGOCD_SERVER_INSECURE", "server.insecure")] },
    ],
  }),
  workload("Deployment", "argocd-repo-server", {
    initContainers: [{ name: "copyutil", image: IMAGE }],
    containers: [
      {
        name: "argocd-repo-server",
        image: IMAGE,
        env: [parameter("ARGOCD_RECONCILIATION_TIMEOUT", "timeout.reconciliation", "argocd-cm")],
      },
    ],
  }),
  workload(
    "Deployment",
    "argocd-redis",
    {
      containers: [
        { name: "redis", image: "public.ecr.aws/docker/library/redis:8.2.2-alpine" },
        { name: "exporter", image: "exporter:1" },
      ],
    },
    1,
  ),
  workload(
    "StatefulSet",
    "argocd-application-controller",
    {
      containers: [
        {
          name: "argocd-application-controller",
          image: IMAGE,
          env: [
            { name: "ARGOCD_CONTROLLER_REPLICAS", value: "1" },
            parameter("ARGOCD_RECONCILIATION_TIMEOUT", "timeout.reconciliation", "argocd-cm"),
            parameter("ARGOCD_APPLICATION_CONTROLLER_STATUS_PROCESSORS", "controller.status.processors"),
          ],
        },
      ],
    },
    1,
  ),
];

/** What the miniature lacks and some settings need: a Service with metrics, and what notifications are written to. */
export const FURTHER_MANIFESTS: readonly KubernetesObject[] = [
  configMap("argocd-notifications-cm"),
  { apiVersion: "v1", kind: "Secret", metadata: { name: "argocd-notifications-secret" }, type: "Opaque" },
  {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "argocd-metrics", labels: { "app.kubernetes.io/name": "argocd-metrics" } },
    spec: {
      ports: [
        { name: "http", port: 80 },
        { name: "metrics", port: 8082 },
      ],
    },
  },
];

/** The one object of a kind and name. */
export function objectNamed(objects: readonly KubernetesObject[], kind: string, name: string): KubernetesObject {
  const found = objects.find((object) => object.kind === kind && object.metadata.name === name);
  if (found === undefined) throw new Error(`there is no ${kind} ${name}`);
  return found;
}
