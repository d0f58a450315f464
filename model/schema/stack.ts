import { z } from "zod";
import type { Finding } from "../report";
import { argocd } from "./argocd";
import { pemCertificate } from "./certificates";
import { dns } from "./dns";
import { gitlab } from "./gitlab";
import { environmentName, objectName, secretName } from "./names";
import { network, webUrl } from "./network";
import { secret } from "./secrets";
import { count, judge, strict } from "./strict";
import { platformWindows } from "./sync-windows";
import { containerResources, groupKind, podSecurity, quota } from "./values";

const access = {
  kubeconfig: secretName.optional().describe("The name of a secret in gitops-factory:secrets with the form {value}."),
  context: z.string().min(1).optional().describe("A context of the kubeconfig."),
};

const projects = strict({
  quota: quota.optional().describe("The share of a project that names none."),
  autosync: z.boolean().optional().describe("Whether Argo CD synchronises by itself, unless a project says otherwise."),
  containerDefaults: containerResources.optional().describe("Requests and limits of containers that name none."),
  podSecurity: podSecurity.optional(),
  network: network.optional().describe("Openings that every project has; a project's own are added."),
  ownApplications: z
    .boolean()
    .optional()
    .describe("Whether projects that ask for it may keep Applications in their own namespaces. Default: false."),
  syncWindows: platformWindows
    .optional()
    .describe("When the Applications of every project may be synchronised; a project's own are added."),
  deniedKinds: z.array(groupKind).optional().describe("Kinds that no project may deploy; a project's own are added."),
});

const cluster = strict({
  server: webUrl(["https"])
    .overwrite((value) => value.replace(/\/+$/, ""))
    .describe("The API server's URL, at which Argo CD reaches it."),
  ...access,
  certificateAuthority: pemCertificate
    .optional()
    .describe(
      "PEM certificate of the CA that signs the API server's certificate. Default: the kubeconfig's, else the one that " +
        "the cluster gives to its own pods.",
    ),
  managerNamespace: objectName
    .optional()
    .describe("Where on that cluster the account lies that Argo CD acts under; it must exist. Default: kube-system."),
}).check(judge(noWay));

/** Pulumi's provider would take the current context of whoever runs the update, which is hardly that cluster's. */
function noWay({ kubeconfig, context }: z.infer<z.ZodObject<typeof access>>): Finding | undefined {
  if (kubeconfig !== undefined || context !== undefined) return undefined;
  return {
    message:
      "it names neither a kubeconfig nor a context: an update would go to the current context of whoever runs it",
    allowed: "kubeconfig, the name of a secret, or context",
    fix: "add context: NAME, as `kubectl config get-contexts` lists it, or kubeconfig: NAME of a secret that holds one",
  };
}

const clusters = z.record(objectName, cluster).check(judge(homeAgain)).check(judge(sameServer));

function homeAgain(values: Readonly<Record<string, unknown>>): Finding | undefined {
  if (!Object.hasOwn(values, "in-cluster")) return undefined;
  return {
    message: 'Argo CD calls its own cluster "in-cluster"',
    value: "in-cluster",
    fix: "give this cluster another name; the cluster of Argo CD needs no entry",
  };
}

/** Argo CD finds a cluster's Secret by its server: of two for one, it would take either. */
function sameServer(values: Readonly<Record<string, { readonly server: string }>>): Finding | undefined {
  const names = new Map<string, string>();
  for (const [name, { server }] of Object.entries(values)) {
    const other = names.get(server);
    if (other !== undefined) {
      return {
        message: `the clusters "${other}" and "${name}" have the same server`,
        value: server,
        fix: "remove one of the two",
      };
    }
    names.set(server, name);
  }
  return undefined;
}

const deletion = strict({
  protect: z.boolean().optional().describe("Whether Pulumi refuses to delete. Default: true for prod and production."),
  workloads: z
    .enum(["foreground", "background", "orphan", "retain"])
    .optional()
    .describe(
      "What happens to the workloads when a project goes. foreground, background: Argo CD deletes them, and must run. " +
        "orphan: they go with the namespace. retain: they stay, with the namespace. Default: foreground.",
    ),
  timeoutSeconds: count(1, 86_400)
    .optional()
    .describe("How long Pulumi waits until Argo CD has deleted the workloads of one Application. Default: 600."),
});

const promotion = strict({
  from: environmentName
    .optional()
    .describe("The environment from which changes come to this one. Default: by the common names, dev to prod."),
});

/** Whether a policy stops; also the words of a rule's `level`. The policies themselves are known to `policies/` alone. */
const LEVEL = { enum: ["mandatory", "advisory", "disabled"] };

const policies = z.record(
  z.string(),
  z.unknown().meta({
    anyOf: [LEVEL, { type: "object", properties: { level: LEVEL } }, { type: "array", items: { type: "string" } }],
  }),
);

/** The keys of `Pulumi.<stack>.yaml` in the namespace `gitops-factory:`. */
export const stackConfig = strict({
  environment: environmentName.optional().describe("The environment that this stack is. Default: the stack's name."),
  catalog: z.string().optional().describe("The catalogue's folder, relative to the project's. Default: catalog."),
  kubernetes: strict(access).optional().describe("How to reach the cluster. Default: the ambient kubeconfig."),
  argocd: argocd.optional().describe("The Argo CD installation."),
  dns: dns.optional().describe("Private zones that the cluster's DNS forwards."),
  gitlab: gitlab.optional().describe("The platform's GitLab. Without it, all repositories are on other Git hosts."),
  projects: projects.optional().describe("What holds for every project unless it says otherwise."),
  clusters: clusters.optional().describe("Further clusters that projects may run on, by name."),
  deletion: deletion.optional().describe("What may be deleted, and what happens then."),
  promotion: promotion.optional().describe("What `factory promote` goes by."),
  policies: policies
    .optional()
    .describe(
      "What the policy pack does about its rules, by the name that `factory policies` lists: a level, or a map of level " +
        "and settings. production: the environments that are production. Default: prod and production.",
    ),
  secrets: z
    .record(objectName, secret)
    .optional()
    .describe("Secrets by name, which the catalogue and the other keys refer to."),
});
export type StackConfig = z.output<typeof stackConfig>;

/** The namespace of the keys, which is the Pulumi project's name. */
export const CONFIG_NAMESPACE = "gitops-factory";
