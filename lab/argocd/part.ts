import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DEFAULT_ARGOCD_VERSION } from "../../model/argocd-releases";
import { addressOf } from "../network/lab-network";
import type { Part, PartContext } from "../parts/part";
import { configCarrier } from "../pods/config-carrier";
import { RecordFolder, type Stages } from "../process";
import { type Installation, readInstallation } from "./installation";
import { metricsPorts } from "./metrics-ports";
import { environmentOfPod, type PodContext, podProcess } from "./pod";
import { type PlannedPod, planPods } from "./pods";
import { cannotRun } from "./problems";
import { ensureRedisPassword } from "./redis-password";
import { stopSurplus } from "./surplus";

/** Argo CD's own programs and Redis, on the objects by which the program has declared them in the cluster. */
export const argocd: Part = {
  name: "argocd",
  needs: ["dns"],
  tools: ["argocd", "helm", "kustomize"],
  programs: ["redis-server", "git"],

  async prepare(context): Promise<Stages> {
    const { layout, settings, signal } = context;
    const folder = join(layout.parts, "argocd");
    const programFolder = join(folder, "programs");
    mkdirSync(programFolder, { recursive: true });
    const found = await readInstallation(context.api, layout.stateDir, signal);
    checkVariant(found, layout.stateDir);
    noteVersion(found, context);
    const apiServer = { host: "127.0.0.1", port: settings.ports.apiserver };
    const programs = programsOf(context);
    const shared = (installation: Installation): PodContext => ({ installation, programs, programFolder, apiServer });
    const stages = await planPods(found, context, folder);
    const [redis] = stages.flat().filter(({ server }) => server.name === "argocd-redis");
    const isNew = redis !== undefined && (await ensureRedisPassword(redis, shared(found), signal));
    const installation = isNew ? await readInstallation(context.api, layout.stateDir, signal) : found;

    const records = new RecordFolder(layout.records);
    const pods = stages.flat();
    await stopSurplus(
      pods.map((pod) => pod.process),
      records,
    );
    const open = pods.filter(({ server }) => server.hasOpenMetrics === true).map((pod) => pod.process);
    const ports = await metricsPorts(join(folder, "metrics-ports.json"), open, records);
    const processes = stages.map((stage) =>
      stage.map((pod) => processOf(pod, shared(installation), layout.logs, ports[pod.process] ?? 0)),
    );
    const carrier = configCarrier(context, {
      name: "argocd-config",
      address: addressOf(context.network, "argocdController"),
      mounts: processes.flat().flatMap(({ configMaps }) => configMaps),
    });
    return [[carrier], ...processes.map((stage) => stage.map(({ spec }) => spec))];
  },

  describe: ({ network }) => [
    {
      what: "Argo CD",
      address: `https://${addressOf(network, "argocdServer")}`,
      login: "admin, with the password that `pulumi stack output argocd --show-secrets` prints",
    },
  ],
};

function processOf(pod: PlannedPod, context: PodContext, logs: string, metricsPort: number) {
  const { server, address, process } = pod;
  const { host, ports } =
    server.hasOpenMetrics === true
      ? { host: "127.0.0.1", ports: [metricsPort] }
      : { host: address, ports: server.ports };
  return podProcess(pod, context, {
    name: process,
    log: join(logs, `${process}.log`),
    host,
    ...(ports && { ports }),
    ...(server.entrypoint && { entrypoint: server.entrypoint }),
    arguments: server.listen(address, metricsPort),
    ready: server.ready({ address, metricsPort, environment: environmentOfPod(pod, context) }),
  });
}

/** What Argo CD's and Redis' images have on their PATH. */
function programsOf({ tool, program }: PartContext): Record<string, string> {
  const roles = ["server", "application-controller", "repo-server", "applicationset-controller", "notifications"];
  const names = ["argocd", ...roles.map((role) => `argocd-${role}`)];
  return {
    ...Object.fromEntries(names.map((name) => [name, tool("argocd")])),
    helm: tool("helm"),
    kustomize: tool("kustomize"),
    git: program("git"),
    "redis-server": program("redis-server"),
  };
}

/** Of the two variants of the official manifests, `ha` has three Redis and a proxy before them. */
function checkVariant({ workloads, namespace }: Installation, stateDir: string): void {
  if (workloads.has("argocd-redis")) return;
  const found = [...workloads.keys()].sort().join(", ");
  throw cannotRun(
    stateDir,
    `the lab runs Argo CD with one Redis, and the namespace ${namespace} has no argocd-redis, but ${found}`,
    'declare the variant "install" (gitops-factory:argocd.manifests.variant) in the stack of the lab',
  );
}

function noteVersion({ workloads }: Installation, { progress }: PartContext): void {
  const image = workloads.get("argocd-server")?.spec.template.spec.containers[0]?.image ?? "";
  const declared = image.slice(image.lastIndexOf(":") + 1);
  if (declared === DEFAULT_ARGOCD_VERSION || !declared.startsWith("v")) return;
  progress.note(`the cluster declares Argo CD ${declared}, and the lab runs ${DEFAULT_ARGOCD_VERSION} in its place`);
}
