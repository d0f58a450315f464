import { Provider } from "@pulumi/kubernetes/provider";
import * as pulumi from "@pulumi/pulumi";
import type { KubernetesAccess } from "../model/platform";

export interface ClusterProviderArgs {
  readonly access: KubernetesAccess;
  /**
   * The API server's URL. With it, a renewed kubeconfig updates the provider, and only another URL means another
   * cluster, whose objects are made anew. @default the provider compares the kubeconfigs
   */
  readonly server?: string;
}

/**
 * The provider for one cluster, as all components need it: server-side apply, so that fields are owned and conflicts
 * are told; ConfigMaps and Secrets changed in place, as replacing them would take them away from running pods; objects
 * that exist adopted, so that a second run completes one that was killed.
 */
export function clusterProvider(name: string, { access, server }: ClusterProviderArgs): Provider {
  return new Provider(name, {
    ...(access.kubeconfig !== undefined && { kubeconfig: pulumi.secret(access.kubeconfig.reveal()) }),
    ...(access.context !== undefined && { context: access.context }),
    ...(server !== undefined && { clusterIdentifier: server }),
    enableServerSideApply: true,
    enableConfigMapMutable: true,
    enableSecretMutable: true,
    upsertExistingObjects: true,
  });
}
