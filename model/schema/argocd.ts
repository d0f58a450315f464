import { z } from "zod";
import type { Finding } from "../report";
import { objectName, principal, secretName } from "./names";
import { hostName, ipAddress, webUrl } from "./network";
import { count, distinct, judge, strict, text } from "./strict";
import { containerResources } from "./values";

function checksumFinding(value: string): Finding | undefined {
  if (/^[0-9a-f]{64}$/.test(value)) return undefined;
  const shorter = value.trim().toLowerCase();
  return {
    message: "the value is not a SHA-256",
    allowed: "64 hexadecimal digits in lower case",
    fix: /^[0-9a-f]{64}$/.test(shorter) ? `write ${shorter}` : "take the output of: sha256sum install.yaml",
  };
}

const manifests = strict({
  version: text(
    (value) =>
      /^v[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.]+)?$/.test(value)
        ? undefined
        : {
            message: "the value is not a version of Argo CD",
            allowed: "such as v3.2.6",
            fix: "write the release's tag",
          },
    /^v[0-9]+\.[0-9]+\.[0-9]+/,
  )
    .optional()
    .describe("The version of Argo CD: the tag of its release."),
  variant: z
    .enum(["install", "ha"])
    .optional()
    .describe("ha runs several replicas and needs 3 nodes. Default: install."),
  location: text((value) =>
    /^[a-z]+:\/\//.test(value) && !/^https:\/\/[^@/]+\//.test(value)
      ? {
          message: "the manifests cannot be had from there",
          value: value.includes("@") ? "(not shown: it may hold a password)" : value,
          allowed: "an https URL without a user, or a path relative to the project's folder",
          fix: "use https, or commit the file and write its path",
        }
      : undefined,
  )
    .optional()
    .describe("An https URL, or a path relative to the project's folder. Default: the release on GitHub."),
  sha256: text(checksumFinding, /^[0-9a-f]{64}$/)
    .optional()
    .describe("The file's SHA-256. Known for the default version; needed for any other."),
});

const pemCertificate = text((value) =>
  /^-----BEGIN CERTIFICATE-----\n[\s\S]+\n-----END CERTIFICATE-----\s*$/.test(value)
    ? undefined
    : {
        message: "the value is not a PEM certificate",
        value: "(a text)",
        allowed: "text from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----",
        fix: "paste the certificate as a block of text (key: |)",
      },
);

const workload = strict({
  replicas: count(0, 100).optional().describe("How many pods run."),
  resources: containerResources.optional().describe("Requests and limits of its container."),
});

const oidc = strict({
  name: z.string().min(1).optional().describe("The name on the login button. Default: SSO."),
  issuer: webUrl(["https"]).describe("The identity provider's address."),
  clientId: z.string().min(1).describe("The client that the identity provider knows Argo CD by."),
  clientSecret: secretName.describe("The name of a secret in gitops-factory:secrets with the form {value}."),
  requestedScopes: distinct(z.string().min(1)).optional().describe("Default: openid, profile, email, groups."),
  rootCa: pemCertificate.optional().describe("PEM certificate of the identity provider's private CA."),
});

const policyLine = text((value) =>
  /^[pg],.+/.test(value) && !/[\r\n]/.test(value)
    ? undefined
    : { message: "the value is not a line of policy.csv", allowed: "p, … or g, …", fix: "write one line each" },
);

const rbac = strict({
  defaultRole: z.string().optional().describe('The role of whoever matches no policy. Default: "", no rights.'),
  adminGroups: distinct(principal).optional().describe("Groups that administer the whole of Argo CD."),
  policies: z.array(policyLine).optional().describe("Further lines of policy.csv."),
  scopes: distinct(z.string().min(1)).optional().describe("Claims that hold groups. Default: groups."),
});

/** `algorithm key`, after the host's name, as `ssh-keyscan` prints them. */
const knownHost = text((value) =>
  /^\S+ (ssh-(rsa|ed25519)|ecdsa-sha2-nistp(256|384|521)|sk-\S+) [A-Za-z0-9+/=]+( .*)?$/.test(value)
    ? undefined
    : {
        message: "the value is not a line of known_hosts",
        allowed: "host algorithm key",
        fix: "take the output of: ssh-keyscan HOST",
      },
);

/** Keys of `argocd-cm` that the program writes by itself, and the setting that writes them. */
const OWN_SETTINGS: Readonly<Record<string, string>> = {
  url: "argocd.url",
  "oidc.config": "argocd.oidc",
  "admin.enabled": "argocd.admin.enabled",
};

function ownSettings(values: Readonly<Record<string, string>>): Finding | undefined {
  const key = Object.keys(values).find((name) => name in OWN_SETTINGS);
  if (key === undefined) return undefined;
  return {
    message: `the key "${key}" has a setting of its own`,
    value: key,
    fix: `remove it and set ${String(OWN_SETTINGS[key])}`,
  };
}

const configValue = z.union([z.string(), z.number(), z.boolean()]).transform(String);

/** `gitops-factory:argocd` */
export const argocd = strict({
  namespace: objectName.optional().describe("Where Argo CD is installed. Default: argocd."),
  manifests: manifests.optional().describe("Argo CD's official manifests, pinned."),
  url: webUrl(["https", "http"]).optional().describe("The address that people and webhooks use."),
  imageRegistry: text((value) =>
    /^[a-z0-9.-]+(:[0-9]{1,5})?(\/[a-z0-9._/-]+)?$/.test(value)
      ? undefined
      : {
          message: "the value is not a registry",
          allowed: "host, host:port or host/path",
          fix: "write it without a scheme",
        },
  )
    .optional()
    .describe("Takes the place of the registry's host in every image: registry.internal:5000."),
  hostAliases: z
    .array(strict({ ip: ipAddress, hostnames: distinct(hostName).min(1) }))
    .optional()
    .describe("Host entries forced into the pods of argocd-server and argocd-repo-server."),
  workloads: z
    .record(objectName, workload)
    .optional()
    .describe("Replicas and resources by the workload's name in the manifests: argocd-repo-server."),
  admin: strict({
    enabled: z.boolean().optional().describe("Whether the account admin may log in. Default: only without OIDC."),
  }).optional(),
  rbac: rbac.optional().describe("Who may do what, beside the projects' own groups."),
  oidc: oidc.optional().describe("Login by an identity provider."),
  settings: z
    .record(z.string(), configValue)
    .check(judge(ownSettings))
    .optional()
    .describe("Further keys of argocd-cm."),
  parameters: z.record(z.string(), configValue).optional().describe("Keys of argocd-cmd-params-cm."),
  knownHosts: z.array(knownHost).optional().describe("Lines of known_hosts for private Git servers, by ssh-keyscan."),
  tlsCertificates: z
    .record(hostName, pemCertificate)
    .optional()
    .describe("PEM certificates of Git servers with a private CA, by host name."),
});
export type ArgoCdInput = z.output<typeof argocd>;
