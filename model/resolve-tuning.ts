import type { WorkloadSettings } from "./argocd-settings";
import type { Report } from "./report";
import type { ArgoCdInput } from "./schema/argocd";
import type { TuningInput } from "./schema/argocd-tuning";

/** The keys of Argo CD's ConfigMaps that typed settings write, and its controller's replicas. */
export interface Tuned {
  readonly parameters: Readonly<Record<string, string>>;
  readonly settings: Readonly<Record<string, string>>;
  readonly workloads: Readonly<Record<string, Pick<WorkloadSettings, "replicas">>>;
}

const CONTROLLER = "argocd-application-controller";

/**
 * The tuning as Argo CD reads it. A key that is also written by hand, in `parameters` or `settings`, is an error: one
 * of the two would be ignored.
 */
export function resolveTuning(input: ArgoCdInput, report: Report): Tuned {
  const tuning = input.tuning ?? {};
  const written = [
    ...byKey(tuningParameters(tuning), "parameters", input.parameters),
    ...byKey(tuningSettings(tuning), "settings", input.settings),
  ];
  for (const { map, key, setting } of written.filter(({ byHand }) => byHand)) {
    report.error(["argocd", map, key], {
      message: `argocd.tuning.${setting} writes this key too`,
      value: key,
      fix: `remove it, and keep argocd.tuning.${setting}`,
    });
  }
  const replicas = tuning.controller?.sharding?.replicas;
  if (replicas !== undefined && input.workloads?.[CONTROLLER]?.replicas !== undefined) {
    report.error(["argocd", "workloads", CONTROLLER, "replicas"], {
      message: "argocd.tuning.controller.sharding.replicas sets this number too",
      fix: "remove it, and keep that of sharding",
    });
  }
  const keysOf = (wanted: string) =>
    Object.fromEntries(written.filter(({ map }) => map === wanted).map(({ key, value }) => [key, value]));
  return {
    parameters: keysOf("parameters"),
    settings: keysOf("settings"),
    workloads: replicas === undefined ? {} : { [CONTROLLER]: { replicas } },
  };
}

type Row = readonly [key: string, setting: string, value: string | number | undefined];

function byKey(rows: readonly Row[], map: "parameters" | "settings", byHand: Readonly<Record<string, string>> = {}) {
  return rows.flatMap(([key, setting, value]) =>
    value === undefined ? [] : [{ map, key, setting, value: String(value), byHand: Object.hasOwn(byHand, key) }],
  );
}

/** https://argo-cd.readthedocs.io/en/stable/operator-manual/argocd-cmd-params-cm-yaml/ */
function tuningParameters({ repoServer, controller }: TuningInput): Row[] {
  const execTimeout = repoServer?.execTimeout;
  return [
    ["reposerver.parallelism.limit", "repoServer.parallelism", repoServer?.parallelism],
    ["reposerver.git.request.timeout", "repoServer.gitTimeout", repoServer?.gitTimeout],
    // The controller gives up waiting for manifests after 60 seconds by itself.
    ["controller.repo.server.timeout.seconds", "repoServer.execTimeout", waitFor(execTimeout)],
    ["server.repo.server.timeout.seconds", "repoServer.execTimeout", waitFor(execTimeout)],
    ["controller.status.processors", "controller.statusProcessors", controller?.statusProcessors],
    ["controller.operation.processors", "controller.operationProcessors", controller?.operationProcessors],
    ["controller.kubectl.parallelism.limit", "controller.kubectlParallelism", controller?.kubectlParallelism],
    ["controller.sharding.algorithm", "controller.sharding.algorithm", controller?.sharding?.algorithm],
  ];
}

function tuningSettings({ controller }: TuningInput): Row[] {
  const { timeout, jitter } = controller?.reconciliation ?? {};
  return [
    ["timeout.reconciliation", "controller.reconciliation.timeout", timeout],
    ["timeout.reconciliation.jitter", "controller.reconciliation.jitter", jitter],
  ];
}

const SECONDS: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1 };

/** Whole seconds of a duration, at least the 60 that are Argo CD's own. */
function waitFor(duration: string | undefined): number | undefined {
  if (duration === undefined) return undefined;
  const parts = [...duration.matchAll(/([0-9.]+)([hms])/g)];
  const seconds = parts.reduce((sum, [, number, unit]) => sum + Number(number) * (SECONDS[unit ?? ""] ?? 0), 0);
  return Math.max(60, Math.ceil(seconds));
}
