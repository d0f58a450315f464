import type * as pulumi from "@pulumi/pulumi";
import type { Platform } from "../model/platform";
import type { MirrorFile } from "../mirror";
import type { KubernetesObject } from "../manifests/kubernetes-object";
import { ArgoCd } from "./argocd/argo-cd";
import { managerOf } from "./cluster/manager";
import { RegisteredCluster } from "./cluster/registered-cluster";
import { clusterProvider } from "./cluster-provider";
import { ClusterDns } from "./dns/cluster-dns";
import { fixedFieldManager } from "./field-manager";
import { ArgoCdHooks } from "./gitlab/argocd-hooks";
import { declareGitLab } from "./gitlab/declare-gitlab";
import { keyOf } from "./gitlab/gitlab-side";
import { gitlabOutputs } from "./gitlab/outputs";
import type { GitLabOutputs } from "./gitlab/outputs";
import { Project } from "./project/project";

/** What the stack exports. */
export interface PlatformOutputs {
  readonly argocd: {
    readonly namespace: pulumi.Output<string>;
    readonly version: pulumi.Output<string>;
    readonly url: pulumi.Output<string | undefined>;
    readonly adminPassword: pulumi.Output<string | undefined>;
    readonly webhookSecret: pulumi.Output<string>;
  };
  /** The private zones that the cluster's DNS forwards; absent where the platform leaves it alone. */
  readonly dns?: { readonly zones: pulumi.Output<string[]> };
  /** Absent where all repositories are on other Git hosts. */
  readonly gitlab?: GitLabOutputs;
  /** By the project's namespace, the names of its Applications. */
  readonly projects: Readonly<Record<string, pulumi.Output<string[]>>>;
}

/**
 * Declares everything that a platform consists of, with one provider for each cluster. Argo CD comes up before the
 * projects and goes after them, as its controller has to finalise their Applications; and so does DNS, by which Argo CD
 * finds their repositories; and so do the repositories on GitLab with what opens them.
 * @param mirrorFiles what lies in each repository `mirror` on GitLab
 */
export function declarePlatform(
  platform: Platform,
  manifests: readonly KubernetesObject[],
  mirrorFiles: readonly MirrorFile[] = [],
): PlatformOutputs {
  const home = clusterProvider("in-cluster", { access: platform.kubernetes });
  const others = platform.clusters.map((cluster) => ({
    cluster,
    provider: clusterProvider(cluster.name, cluster),
    manager: managerOf(platform.environment, cluster.managerNamespace),
  }));
  const usual = { provider: home, transformations: [fixedFieldManager] };
  const argocd = new ArgoCd(
    "argocd",
    { settings: platform.argocd, manifests, protect: platform.deletion.protect },
    usual,
  );
  const gitlab =
    platform.gitlab &&
    declareGitLab("gitlab", {
      gitlab: platform.gitlab,
      environment: platform.environment,
      mirrorFiles,
      protect: platform.deletion.protect,
    });
  const dns = platform.dns && new ClusterDns("dns", platform.dns, usual);
  const registered = new Map<string, RegisteredCluster>();
  const projects = platform.projects.map((project) => {
    const other = others.find(({ cluster }) => cluster.name === project.destination.cluster);
    const deployToken = gitlab?.side.deployTokens.get(keyOf(project));
    return new Project(
      project.namespace,
      {
        project,
        argocdNamespace: platform.argocd.namespace,
        deletion: platform.deletion,
        ...(deployToken && { deployToken }),
        ...(other && { destination: { ...other, registration: registration(other.cluster.name, registered) } }),
      },
      {
        ...usual,
        dependsOn: [...argocd.ready, ...(dns ? [dns] : []), ...(gitlab?.side.ready.get(keyOf(project)) ?? [])],
      },
    );
  });
  for (const { cluster, provider, manager } of others) {
    const own = projects.filter((_, index) => platform.projects[index]?.destination.cluster === cluster.name);
    const namespaces = platform.projects.filter(({ destination }) => destination.cluster === cluster.name);
    if (own.length === 0) continue;
    registered.set(
      cluster.name,
      new RegisteredCluster(
        `cluster-${cluster.name}`,
        {
          cluster,
          manager,
          namespaces: namespaces.map(({ namespace }) => namespace),
          argocdNamespace: platform.argocd.namespace,
          provider,
        },
        // Argo CD must not look into a namespace before it may: it would lose sight of the whole cluster.
        { ...usual, dependsOn: own.flatMap(({ grants }) => grants) },
      ),
    );
  }
  if (gitlab && platform.gitlab?.webhook) {
    new ArgoCdHooks(
      "gitlab-hooks",
      { webhook: platform.gitlab.webhook, secret: argocd.webhookSecret, repositories: gitlab.side.deployed },
      { ...gitlab.opts, dependsOn: [...argocd.ready] },
    );
  }
  return {
    argocd: {
      namespace: argocd.namespace,
      version: argocd.version,
      url: argocd.url,
      adminPassword: argocd.adminPassword,
      webhookSecret: argocd.webhookSecret,
    },
    ...(dns && { dns: { zones: dns.zones } }),
    ...(gitlab && platform.gitlab && { gitlab: gitlabOutputs(platform.gitlab, gitlab.side) }),
    projects: Object.fromEntries(
      projects.map((project, index) => [platform.projects[index]?.namespace ?? "", project.applications]),
    ),
  };
}

/** The cluster as it will be declared once all its projects are, which is in the same turn. */
async function registration(name: string, registered: ReadonlyMap<string, RegisteredCluster>) {
  await Promise.resolve();
  const cluster = registered.get(name);
  if (cluster === undefined) throw new Error(`the cluster ${name} has a project, but was not declared`);
  return cluster;
}
