import { createHmac } from "node:crypto";

/** A DNS label's greatest length (RFC 1123): the limit of a namespace's name and of a label's value. */
export const MAX_NAME_LENGTH = 63;

/** What an organisation's or a project's name looks like: a DNS label. */
export const NAME_PATTERN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

/** What an environment's name looks like, its length (2 to 11) included; Cloud π's rule. */
export const ENVIRONMENT_PATTERN = /^[a-z0-9]{2,11}$/;

/** Names that Cloud π keeps for repositories of its own. */
export const RESERVED_REPOSITORY_NAMES: readonly string[] = ["mirror", "infra-apps", "infra-observability"];

/**
 * The first 4 hexadecimal digits of HMAC-SHA256 with an empty key over the environment's name: `demo` gives `3c58`.
 * Cloud π's scheme, so that names match what its console made.
 */
export function environmentHash(environment: string): string {
  return createHmac("sha256", "").update(environment).digest("hex").slice(0, 4);
}

/** The name of a project's namespace and AppProject: `{organisation}-{project}-{environment}-{hash}`. */
export function namespaceName(organisation: string, project: string, environment: string): string {
  return `${organisation}-${project}-${environment}-${environmentHash(environment)}`;
}

/** The name of an infra repository's Application: `{organisation}-{project}-{environment}-{repository}-{hash}`. */
export function applicationName(
  organisation: string,
  project: string,
  environment: string,
  repository: string,
): string {
  return `${organisation}-${project}-${environment}-${repository}-${environmentHash(environment)}`;
}

/** By how many characters a computed name is too long; 0 when it fits. */
export function excessLength(name: string): number {
  return Math.max(0, name.length - MAX_NAME_LENGTH);
}

/** Whether a namespace belongs to Kubernetes or is a user's default, so that no project may have it. */
export function isReservedNamespace(namespace: string): boolean {
  return namespace === "default" || namespace.startsWith("kube-");
}
