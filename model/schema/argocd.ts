import { z } from "zod";
import { policyFinding } from "../rbac-policy";
import type { Finding } from "../report";
import { shownUrl } from "../shown-url";
import { metrics } from "./argocd-metrics";
import { notifications } from "./argocd-notifications";
import { resources } from "./argocd-resources";
import { tuning } from "./argocd-tuning";
import { pemCertificate } from "./certificates";
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
            allowed: "such as v3.2.12",
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
          value: shownUrl(value),
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

const workload = strict({
  replicas: count(0, 100).optional().describe("How many pods run."),
  resources: containerResources.optional().describe("Requests and limits of its container."),
});

function withOpenId(scopes: readonly string[]): Finding | undefined {
  if (scopes.includes("openid")) return undefined;
  return { message: "without the scope openid, an identity provider answers with no identity", fix: "add openid" };
}

const oidc = strict({
  name: z.string().min(1).optional().describe("The name on the login button. Default: SSO."),
  issuer: webUrl(["https"]).describe("The identity provider's address."),
  clientId: z.string().min(1).describe("The client that the identity provider knows Argo CD by."),
  cliClientId: z
    .string()
    .min(1)
    .optional()
    .describe("The public client, without a secret, that it knows `argocd login --sso` by. Default: clientId."),
  clientSecret: secretName.describe("The name of a secret in gitops-factory:secrets with the form {value}."),
  requestedScopes: distinct(z.string().min(1))
    .check(judge(withOpenId))
    .optional()
    .describe("Default: openid, profile, email, groups."),
  rootCa: pemCertificate.optional().describe("PEM certificate of the identity provider's private CA."),
});

const policyLine = text(policyFinding);

const rbac = strict({
  defaultRole: z.string().optional().describe('The role of whoever matches no policy. Default: "", no rights.'),
  adminGroups: distinct(principal).optional().describe("Groups that administer the whole of Argo CD."),
  policies: z
    .array(policyLine)
    .optional()
    .describe("Further lines of policy.csv. To read logs is a right of its own: p, role:x, logs, get, */*, allow."),
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

/** The same of `argocd-cmd-params-cm`. */
const OWN_PARAMETERS: Readonly<Record<string, string>> = { "application.namespaces": "argocd.applicationNamespaces" };

function withoutOwn(own: Readonly<Record<string, string>>) {
  return (values: Readonly<Record<string, string>>): Finding | undefined => {
    const key = Object.keys(values).find((name) => Object.hasOwn(own, name));
    if (key === undefined) return undefined;
    return {
      message: `the key "${key}" has a setting of its own`,
      value: key,
      fix: `remove it and set ${String(own[key])}`,
    };
  };
}

/** Never `*`: an Application in a namespace that is in no AppProject's `sourceNamespaces` would only be refused later. */
const namespacePattern = text((value) =>
  /^[a-z0-9*?-]+$/.test(value) && /[a-z0-9]/.test(value)
    ? undefined
    : {
        message: "the value is not the name of a namespace",
        allowed: "a name, or one with * and ? such as team-*",
        fix: "name the namespaces; not every namespace may hold Applications",
      },
);

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
    .check(judge(withoutOwn(OWN_SETTINGS)))
    .optional()
    .describe("Further keys of argocd-cm."),
  parameters: z
    .record(z.string(), configValue)
    .check(judge(withoutOwn(OWN_PARAMETERS)))
    .optional()
    .describe("Further keys of argocd-cmd-params-cm."),
  resources: resources.optional().describe("Which objects Argo CD watches."),
  tuning: tuning.optional().describe("How much Argo CD does at a time, and how long it waits."),
  metrics: metrics.optional().describe("How Prometheus finds Argo CD's metrics. Default: not at all."),
  notifications: notifications.optional().describe("Whom Argo CD tells of deployments and failures."),
  applicationNamespaces: distinct(namespacePattern)
    .optional()
    .describe(
      "Namespaces beside Argo CD's own in which Applications are heeded, with wildcards; those of projects with " +
        "ownApplications are added. Default: none.",
    ),
  knownHosts: z.array(knownHost).optional().describe("Lines of known_hosts for private Git servers, by ssh-keyscan."),
  tlsCertificates: z
    .record(hostName, pemCertificate)
    .optional()
    .describe("PEM certificates of Git servers with a private CA, by host name."),
});
export type ArgoCdInput = z.output<typeof argocd>;
