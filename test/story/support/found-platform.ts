import { createHash } from "node:crypto";
import { environmentHash } from "../../../model/naming";
import { runKubectl } from "../../engine/support/kubectl";
import { GitRepository } from "./git-repository";
import { deployment, kustomization, yaml } from "./manifests";
import type { Story } from "./story";

const ENV = `dev-${environmentHash("dev")}`;

/** What others had deployed on the cluster before the factory came: by the Application, where it runs. */
export const FOUND = {
  /** Protobox's, as its document has it: AppProject `default`, by IP address, by hand, no namespace. */
  docserver: { application: "argo-docserver", namespace: "docserver", deployment: "docserver" },
  /** Cloud π's names in the era of the user's documents. */
  front: {
    application: `mi-ville-dev-front-${environmentHash("dev")}`,
    namespace: `mi-ville-${ENV}`,
    deployment: "front",
  },
  /** Cloud π's names today; the last part depends on the repository's URL. */
  api: { application: "", namespace: `etat-fiscal-${ENV}`, deployment: "api" },
};

/** Makes the repositories, and applies the objects as their owners did. */
export async function applyFoundPlatform(story: Story): Promise<void> {
  const image = "registry.acme.example/web:1.0.0";
  const docserver = await GitRepository.create(story, "protobox1/docserver", {
    "factory/CD/base/kustomization.yaml": kustomization({ namespace: "docserver", resources: ["all.yaml"] }),
    "factory/CD/base/all.yaml": yaml(deployment("docserver", image)),
  });
  await docserver.branch("CD");
  const front = await GitRepository.create(story, "ville/infra-front", {
    "all.yaml": yaml(deployment("front", image)),
  });
  const api = await GitRepository.create(story, "fiscal/infra-api", { "all.yaml": yaml(deployment("api", image)) });
  FOUND.api.application = `etat-fiscal-${ENV}-api-${createHash("sha1").update(api.url()).digest("hex").slice(0, 4)}`;
  // As on any Argo CD that the factory has not closed yet.
  const open =
    '{"spec":{"sourceRepos":["*"],"destinations":[{"server":"*","namespace":"*"}],"clusterResourceWhitelist":[{"group":"*","kind":"*"}],"namespaceResourceBlacklist":null}}';
  await story.factory.kubectl(["patch", "appproject", "default", "-n", "argocd", "--type=merge", "-p", open]);
  const byHand = protoboxApplication(docserver.url("http", story.address("git")));
  // Without a destination's namespace, Argo CD makes none.
  const made = { apiVersion: "v1", kind: "Namespace", metadata: { name: FOUND.docserver.namespace } };
  await apply(story, [made, byHand, ...firstEra(front.url())]);
  await apply(story, todaysEra(api.url()), "--server-side", "--field-manager=argocd-server");
  const sync =
    '{"operation":{"initiatedBy":{"username":"admin"},"sync":{"revision":"CD","syncOptions":["CreateNamespace=true"]}}}';
  await story.factory.kubectl([
    "patch",
    "application",
    FOUND.docserver.application,
    "-n",
    "argocd",
    "--type=merge",
    "-p",
    sync,
  ]);
}

async function apply(story: Story, objects: readonly object[], ...flags: readonly string[]): Promise<void> {
  await runKubectl(story.factory.cluster, ["apply", ...flags, "-f", "-"], {
    apiVersion: "v1",
    kind: "List",
    items: objects,
  });
}

function protoboxApplication(repoURL: string): object {
  return application("argo-docserver", {
    project: "default",
    source: { repoURL, targetRevision: "CD", path: "factory/CD/base" },
    destination: { server: "https://kubernetes.default.svc" },
    syncPolicy: { syncOptions: ["CreateNamespace=true"] },
  });
}

function firstEra(repoURL: string): object[] {
  const { application: name, namespace } = FOUND.front;
  return [
    { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } },
    quota(namespace, { "requests.cpu": "8", "limits.cpu": "8", "requests.memory": "12Gi", "limits.memory": "12Gi" }),
    // With a quota, a pod that names no limits would not be admitted.
    limitRange(namespace),
    appProject(namespace, namespace, [repoURL], "ville"),
    application(name, { ...automated(repoURL), project: namespace, destination: destination(namespace) }),
  ];
}

function todaysEra(repoURL: string): object[] {
  const { application: name, namespace } = FOUND.api;
  const labels = {
    "app.kubernetes.io/managed-by": "dso-console",
    "dso/organization": "etat",
    "dso/project": "fiscal",
    "dso/project.slug": "etat-fiscal",
    "dso/environment": "dev",
  };
  const enforced = { "pod-security.kubernetes.io/enforce": "baseline" };
  return [
    { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace, labels: { ...labels, ...enforced } } },
    appProject(`${namespace}-app`, namespace, ["*"], "fiscal"),
    application(
      name,
      { ...automated(repoURL), project: `${namespace}-app`, destination: { name: "in-cluster", namespace } },
      { ...labels, "dso/repository": "api" },
    ),
  ];
}

function application(name: string, spec: object, labels: Readonly<Record<string, string>> = {}): object {
  return {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "Application",
    metadata: { name, namespace: "argocd", labels },
    spec,
  };
}

function automated(repoURL: string): object {
  return {
    source: { repoURL, targetRevision: "HEAD", path: "." },
    syncPolicy: { automated: { prune: true, selfHeal: true } },
  };
}

function destination(namespace: string): object {
  return { server: "https://kubernetes.default.svc", namespace };
}

/** As Cloud π's console makes it, with the entry that never matches. */
function appProject(name: string, namespace: string, sourceRepos: readonly string[], slug: string): object {
  const policies = [`p, proj:${name}:ro-group, applications, get, ${name}/*, allow`];
  return {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "AppProject",
    metadata: { name, namespace: "argocd" },
    spec: {
      destinations: [destination(namespace)],
      sourceRepos,
      namespaceResourceWhitelist: [{ group: "*", kind: "*" }],
      namespaceResourceBlacklist: [{ group: "v1", kind: "ResourceQuota" }],
      roles: [{ name: "ro-group", policies, groups: [`/${slug}/console/dev/RO`] }],
    },
  };
}

function quota(namespace: string, hard: object): object {
  return { apiVersion: "v1", kind: "ResourceQuota", metadata: { name: "dso-quota", namespace }, spec: { hard } };
}

function limitRange(namespace: string): object {
  const limit = {
    type: "Container",
    default: { cpu: "1", memory: "1Gi" },
    defaultRequest: { cpu: "50m", memory: "64Mi" },
  };
  return {
    apiVersion: "v1",
    kind: "LimitRange",
    metadata: { name: "dso-limits", namespace },
    spec: { limits: [limit] },
  };
}
