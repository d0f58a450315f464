import { HOME } from "../cluster/cluster-access";
import type { Adoption } from "./adoption";
import { commandsFor } from "./credentials";
import { clusterSecretsAmong } from "./destination-cluster";
import type { StackClusters } from "./destination-cluster";
import { ARGO, isOf, textAt, titleOf } from "./found-object";
import type { FoundObject } from "./found-object";
import { groupBy } from "./group-by";
import { isOurs } from "./namespace";
import type { Note } from "./note";
import type { Sorted } from "./sort-applications";

/** Something to do, in its order, and why. */
export interface Step {
  readonly what: string;
  readonly commands: readonly string[];
}

export interface StepContext {
  readonly stack: string | undefined;
  readonly argocdNamespace: string;
  /** Names of secrets that the stack's config has already. */
  readonly secrets: readonly string[];
  /** Those of the stack's config. */
  readonly clusters: StackClusters;
  /** This command as it was called, without `--dry-run` and `--force`. */
  readonly takeOver: string;
  /** The command that writes imports. */
  readonly imports: string;
}

/** What to do, in order, until everything adopted is the program's and nothing is left beside it. */
export function stepsOf(
  adoption: Adoption,
  sorted: Sorted,
  objects: readonly FoundObject[],
  context: StepContext,
): Step[] {
  const { stack, argocdNamespace } = context;
  const of = stack === undefined ? "" : ` --stack ${stack}`;
  const missing = adoption.credentials.filter(({ name }) => !context.secrets.includes(name));
  const steps: Step[] = [
    {
      what: "Hand the credentials to the stack's config, from Secret to ciphertext, so that nobody sees them:",
      commands: missing.flatMap((one) => commandsFor(one, stack)),
    },
    {
      what: "Check the files, and the cluster against the stack:",
      commands: [`npx factory validate${of}`, `npx factory doctor${of}`],
    },
    {
      what: "Take away what would write the Applications again, without touching them or what runs:",
      commands: [
        ...sorted.parents.flatMap((parent) => parentGone(parent, argocdNamespace)),
        ...setsGone(adoption, objects, argocdNamespace),
      ],
    },
    { what: "Make the program the owner of their fields, which changes no value:", commands: [context.takeOver] },
    {
      what: "Have the preview tell what changes on what exists, not its creation; without this, the update does the same:",
      commands: [context.imports],
    },
    {
      what: "Read what the first update does, then have it done:",
      commands: [`pulumi preview${of} --diff`, `pulumi up${of}`],
    },
    { what: "Remove what nothing uses any more:", commands: leftovers(adoption, objects, context) },
  ];
  return steps.filter(({ commands }) => commands.length > 0);
}

/** Without a finalizer, its deletion deletes nothing else. */
function parentGone({ metadata: { name } }: FoundObject, namespace: string): string[] {
  const finalizers = `'{"metadata":{"finalizers":null}}'`;
  return [
    `kubectl patch application ${name} -n ${namespace} --type=merge -p ${finalizers}`,
    `kubectl delete application ${name} -n ${namespace}`,
  ];
}

function setsGone({ applications }: Adoption, objects: readonly FoundObject[], namespace: string): string[] {
  const owners = applications.flatMap(({ application }) => application.metadata.ownerReferences ?? []);
  const names = new Set(owners.filter(({ kind }) => kind === "ApplicationSet").map(({ name }) => name));
  const known = objects.filter((object) => isOf(object, "ApplicationSet", ARGO)).map(({ metadata }) => metadata.name);
  return known
    .filter((name) => names.has(name))
    .map((name) => `kubectl delete applicationset ${name} -n ${namespace} --cascade=orphan`);
}

function leftovers(
  { applications, credentials, notes }: Adoption,
  objects: readonly FoundObject[],
  context: StepContext,
): string[] {
  const { argocdNamespace: namespace } = context;
  const nameOf = (application: FoundObject): string => textAt(application.spec, "project") ?? "default";
  const left = new Set(
    applications
      .filter(({ application, appProject }) => nameOf(application) !== appProject)
      .map(({ application }) => nameOf(application)),
  );
  left.delete("default");
  const all = objects.filter((object) => isOf(object, "Application", ARGO));
  const unused = [...left].filter((name) =>
    all.every((one) => nameOf(one) !== name || applications.some(({ application }) => application === one)),
  );
  const secrets = credentials
    .filter(({ isTemplate, secret }) => !isTemplate && !isOurs(secret.metadata.labels))
    .map(({ secret }) => `kubectl delete secret ${secret.metadata.name} -n ${namespace}`);
  const told = new Set(notes.map(({ object }) => object));
  const clusters = clusterSecretsAmong(objects)
    .filter(({ secret }) => told.has(titleOf(secret)))
    .map(({ secret }) => `kubectl delete secret ${secret.metadata.name} -n ${namespace}`);
  return [
    ...clusters,
    ...unused.map((name) => `kubectl delete appproject ${name} -n ${namespace}`),
    ...secrets,
    ...guardsGone(notes, context),
  ];
}

/** Quotas and limits by other names than the factory's, each on its cluster. */
function guardsGone(notes: readonly Note[], { clusters, stack }: StepContext): string[] {
  const byCluster = groupBy(notes, ({ cluster = HOME }) => cluster);
  return [...byCluster].flatMap(([cluster, own]) => {
    const commands = own.flatMap(({ object, path }) => {
      const [, kind = "", name = ""] = /^(ResourceQuota|LimitRange) (\S+)$/.exec(path) ?? [];
      return name === "" || !object.startsWith("Namespace ")
        ? []
        : [`delete ${kind.toLowerCase()} ${name} -n ${object.slice("Namespace ".length)}`];
    });
    return commands.length === 0 ? [] : onCluster([...new Set(commands)], cluster, clusters[cluster], stack);
  });
}

/** Commands of kubectl for one cluster; a kubeconfig that is a secret is written to a file, and removed again. */
function onCluster(
  commands: readonly string[],
  cluster: string,
  way: StackClusters[string] | undefined,
  stack = "",
): string[] {
  const context = way?.context === undefined ? "" : `--context ${way.context} `;
  if (way?.kubeconfig === undefined) return commands.map((command) => `kubectl ${context}${command}`);
  const file = `${cluster}.kubeconfig`;
  const key = `'gitops-factory:secrets.${way.kubeconfig}.value'`;
  return [
    `(umask 077; pulumi config get --stack ${stack} --path ${key} > ${file})`,
    ...commands.map((command) => `kubectl --kubeconfig ${file} ${context}${command}`),
    `rm ${file}`,
  ];
}
