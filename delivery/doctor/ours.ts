import { managersOf, type Metadata } from "../cluster/cluster-api";

/** By what is known that this program made an object: the components' field manager and their label. */
export const OUR_FIELD_MANAGER = "gitops-factory-platform";
const OUR_LABEL = ["app.kubernetes.io/managed-by", "gitops-factory"] as const;

export function isOurs(metadata: Metadata): boolean {
  const [label, value] = OUR_LABEL;
  return metadata.labels?.[label] === value || managersOf(metadata).includes(OUR_FIELD_MANAGER);
}

/** Who made an object, as far as it tells. */
export function makerOf(metadata: Metadata): string {
  const release = metadata.annotations?.["meta.helm.sh/release-name"];
  if (release !== undefined) return `the Helm release ${release}`;
  const managers = managersOf(metadata).filter((name) => !/^(kube-|argocd-|kwok)/.test(name));
  return managers.length === 0 ? "somebody" : managers.join(", ");
}
