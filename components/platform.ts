import type { Provider } from "@pulumi/kubernetes/provider";
import type * as pulumi from "@pulumi/pulumi";
import type { Platform } from "../model/platform";
import type { KubernetesObject } from "../manifests/kubernetes-object";
import { ArgoCd } from "./argocd/argo-cd";
import { clusterProvider } from "./cluster-provider";
import { ClusterDns } from "./dns/cluster-dns";
import { fixedFieldManager } from "./field-manager";
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
  /** By the project's namespace, the names of its Applications. */
  readonly projects: Readonly<Record<string, pulumi.Output<string[]>>>;
}

/**
 * Declares everything that a platform consists of, with one provider for each cluster. Argo CD comes up before the
 * projects and goes after them, as its controller has to finalise their Applications; and so does DNS, by which Argo CD
 * finds their repositories.
 */
export function declarePlatform(platform: Platform, manifests: readonly KubernetesObject[]): PlatformOutputs {
  const home = clusterProvider("in-cluster", { access: platform.kubernetes });
  const others = new Map<string, Provider>(
    platform.clusters.map(({ name, access, server }) => [name, clusterProvider(name, { access, server })]),
  );
  const usual = { provider: home, transformations: [fixedFieldManager] };
  const argocd = new ArgoCd(
    "argocd",
    { settings: platform.argocd, manifests, protect: platform.deletion.protect },
    usual,
  );
  const dns = platform.dns && new ClusterDns("dns", platform.dns, usual);
  const projects = platform.projects.map((project) => {
    const destinationProvider = others.get(project.destination.cluster);
    return new Project(
      project.namespace,
      {
        project,
        argocdNamespace: platform.argocd.namespace,
        deletion: platform.deletion,
        ...(destinationProvider && { destinationProvider }),
      },
      { ...usual, dependsOn: [...argocd.ready, ...(dns ? [dns] : [])] },
    );
  });
  return {
    argocd: {
      namespace: argocd.namespace,
      version: argocd.version,
      url: argocd.url,
      adminPassword: argocd.adminPassword,
      webhookSecret: argocd.webhookSecret,
    },
    ...(dns && { dns: { zones: dns.zones } }),
    projects: Object.fromEntries(
      projects.map((project, index) => [platform.projects[index]?.namespace ?? "", project.applications]),
    ),
  };
}
