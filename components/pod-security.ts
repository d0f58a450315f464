/**
 * The labels by which a namespace admits pods up to a level of the Pod Security Standards, and tells of others:
 * https://kubernetes.io/docs/concepts/security/pod-security-admission/
 */
export function podSecurityLabels(level: "privileged" | "baseline" | "restricted"): Record<string, string> {
  return Object.fromEntries(["enforce", "audit", "warn"].map((mode) => [`pod-security.kubernetes.io/${mode}`, level]));
}
