import { stringify } from "yaml";

/** Objects as the text of a file in a repository. */
export function yaml(...objects: readonly object[]): string {
  return objects.map((object) => stringify(object)).join("---\n");
}

export function configMap(name: string, data: Readonly<Record<string, string>>, namespace?: string): object {
  const metadata = { name, ...(namespace !== undefined && { namespace }) };
  return { apiVersion: "v1", kind: "ConfigMap", metadata, data };
}

/** A Deployment whose pods meet the strictest Pod Security Standard, as projects' namespaces ask it. */
export function deployment(name: string, image: string, { replicas = 2, privileged = false } = {}): object {
  const securityContext = { allowPrivilegeEscalation: privileged, capabilities: { drop: ["ALL"] } };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name },
    spec: {
      replicas,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: {
          securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
          containers: [{ name, image, securityContext }],
        },
      },
    },
  };
}

export function kustomization(fields: object): string {
  return yaml({ apiVersion: "kustomize.config.k8s.io/v1beta1", kind: "Kustomization", ...fields });
}
