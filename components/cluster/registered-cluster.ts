import { Secret, ServiceAccount } from "@pulumi/kubernetes/core/v1";
import type { Provider } from "@pulumi/kubernetes/provider";
import * as pulumi from "@pulumi/pulumi";
import type { ClusterTrust, TargetCluster } from "../../model/platform";
import type { Problem } from "../../model/problem";
import { refusal } from "../refusal";
import { secretData } from "../secret-data";
import { shownInputs } from "../shown-inputs";
import type { Manager } from "./manager";

export interface RegisteredClusterArgs {
  readonly cluster: TargetCluster;
  /** The account that is made on the cluster, and whose token Argo CD is given. */
  readonly manager: Manager;
  /** The only namespaces that Argo CD watches there: those of the projects. At least one, as none would mean all. */
  readonly namespaces: readonly string[];
  /** The namespace that Argo CD reads cluster Secrets from. */
  readonly argocdNamespace: string;
  /** The provider of the cluster itself; the component's own is that of Argo CD's cluster. */
  readonly provider: Provider;
}

/**
 * Argo CD knows a further cluster by the token of an account that has rights in the projects' namespaces only, and
 * looks nowhere else.
 */
export class RegisteredCluster extends pulumi.ComponentResource {
  constructor(name: string, args: RegisteredClusterArgs, opts: pulumi.ComponentResourceOptions = {}) {
    const { cluster, manager, namespaces, argocdNamespace, provider } = args;
    super(
      "factory:cluster:RegisteredCluster",
      name,
      shownInputs({ cluster, manager, namespaces, argocdNamespace }),
      opts,
    );
    const labels = { "app.kubernetes.io/managed-by": "gitops-factory" };
    const account = new ServiceAccount(
      `${name}-manager`,
      { metadata: { ...manager, labels }, automountServiceAccountToken: false },
      { parent: this, provider },
    );
    // The cluster's token controller fills it; the provider waits for that.
    const token = new Secret(
      `${name}-manager-token`,
      {
        metadata: {
          name: `${manager.name}-token`,
          namespace: manager.namespace,
          labels,
          annotations: { "kubernetes.io/service-account.name": manager.name },
        },
        type: "kubernetes.io/service-account-token",
      },
      { parent: this, provider, dependsOn: account },
    );
    new Secret(
      `${name}-secret`,
      {
        metadata: {
          name: `cluster-${cluster.name}`,
          namespace: argocdNamespace,
          labels: { ...labels, "argocd.argoproj.io/secret-type": "cluster" },
        },
        data: secretData({
          name: cluster.name,
          server: cluster.server,
          namespaces: namespaces.join(","),
          clusterResources: "false",
          config: pulumi.secret(token.data).apply((data) => clusterConfig(cluster, data)),
        }),
      },
      { parent: this, dependsOn: token },
    );
    this.registerOutputs({});
  }
}

/**
 * The `config` of a cluster Secret: `ClusterConfig` in Argo CD's pkg/apis/application/v1alpha1/types.go.
 * @param data that of the token's Secret, in base64; a preview may not know it yet
 */
function clusterConfig(cluster: TargetCluster, data: Readonly<Record<string, string>> = {}): string {
  const token = data["token"];
  if (token === undefined && !pulumi.runtime.isDryRun()) throw refusal([noToken(cluster)]);
  const caData = certificateAuthority(cluster.trust, data);
  return JSON.stringify({
    bearerToken: Buffer.from(token ?? "", "base64").toString("utf8"),
    tlsClientConfig: { insecure: false, ...(caData !== undefined && { caData }) },
  });
}

function certificateAuthority(trust: ClusterTrust, data: Readonly<Record<string, string>>): string | undefined {
  switch (trust.kind) {
    case "certificate":
      return Buffer.from(trust.pem, "utf8").toString("base64");
    case "cluster":
      return data["ca.crt"];
    case "public":
      return undefined;
  }
}

function noToken({ name, managerNamespace }: TargetCluster): Problem {
  return {
    severity: "error",
    file: `Pulumi.${pulumi.getStack()}.yaml`,
    path: `clusters.${name}`,
    message: `the cluster gave Argo CD's account in the namespace "${managerNamespace}" no token`,
    allowed: "a cluster whose controller manager fills Secrets of the type kubernetes.io/service-account-token",
    fix: "look at the controller manager's log on that cluster, and run pulumi up again",
  };
}
