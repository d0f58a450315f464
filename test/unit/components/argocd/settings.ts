import type { ArgoCdSettings } from "../../../../model/argocd-settings";

/** The settings that the model makes of a stack that says nothing about Argo CD. */
export function argocdSettings(changes: Partial<ArgoCdSettings> = {}): ArgoCdSettings {
  return {
    namespace: "argocd",
    manifests: { version: "v3.2.12", variant: "install", location: "install.yaml", sha256: "0".repeat(64) },
    hostAliases: [],
    workloads: {},
    admin: { enabled: true },
    rbac: { defaultRole: "", adminGroups: [], policies: [], scopes: ["groups"] },
    settings: {},
    parameters: {},
    resources: { officialExclusions: true, exclusions: [], inclusions: [] },
    metrics: { kind: "none" },
    applicationNamespaces: [],
    knownHosts: [],
    tlsCertificates: {},
    ...changes,
  };
}
