import { existsSync, rmSync } from "node:fs";
import { UserError } from "../model/problem";
import {
  adminClient,
  type ControlPlane,
  type ControlPlaneTool,
  controlPlaneStages,
  createUnlessThere,
  ensureNode,
  ensurePki,
  serverUrl,
  writeKubeconfigs,
  writePlayedLogs,
} from "./control-plane";
import { labEnvironment } from "./environment";
import { type InstalledCluster, installedBy, type Installer } from "./fixtures/installers";
import { type Layout, layoutOf } from "./layout";
import { withLock } from "./lock";
import { installPlugins } from "./plugins/install";
import { choosePorts } from "./port-choice";
import { type Lifetime, RecordFolder, startGroup, stopGroup } from "./process";
import { type LabSettings, readSettings, writeSettings } from "./settings";
import { checkPlatform, makeStateFolder } from "./state-folder";
import { ensureTools, type Progress, silentProgress, type Toolchain } from "./toolchain";

export interface LabOptions {
  /** Made when it is not there. Each lab has a folder of its own. */
  readonly stateDir: string;
  /**
   * How long the processes live that this call starts; those that already run keep the life that they have.
   * @default "attached": they end with this process, however it ends
   */
  readonly lifetime?: Lifetime;
  /** Whose cluster it looks like. @default what the lab already is, else "kubespray" */
  readonly installer?: Installer;
  /** Whether the official provider plugins may be downloaded. Never in tests. @default false */
  readonly attemptOfficialPlugins?: boolean;
  /** Stops again what was started when it is aborted while the lab comes up; the promise rejects with its reason. */
  readonly signal?: AbortSignal;
  /** @default silent */
  readonly progress?: Progress;
}

/** A running control plane and what one needs to use it. */
export interface Lab {
  readonly stateDir: string;
  /** Path of the administrator's kubeconfig. */
  readonly kubeconfig: string;
  /** The API server's URL. */
  readonly server: string;
  /** Variables for a shell or a child process; PATH goes on with that of this process. */
  readonly env: Readonly<Record<string, string>>;
  /** Ends the processes in reverse order; the data stays for the next `createLab`. */
  stop(): Promise<void>;
  /** Ends the processes and removes the state folder. */
  destroy(): Promise<void>;
}

/** The programs of a lab, the last three of them for its users, and the manifests that its users' program reads. */
const tools = [
  "etcd",
  "kube-apiserver",
  "kube-controller-manager",
  "kube-scheduler",
  "kwok",
  "kubectl",
  "pulumi",
  "pulumi-language-nodejs",
  "argo-cd-manifests",
] as const;

/**
 * Brings a lab up and waits until pods can be scheduled in it. What already runs is kept, what died is reported and
 * started anew, and data of earlier runs is still there. Nothing that this call started is left when it fails.
 *
 * Throws a `UserError` where the user can help: a tool that cannot be built, a process that does not start.
 */
export async function createLab(options: LabOptions): Promise<Lab> {
  const layout = layoutOf(options.stateDir);
  const progress = options.progress ?? silentProgress;
  const waiting = (): void => {
    progress.note("another command is changing this lab: waiting for it");
  };
  return withLock(layout.stateDir, () => bringUp(layout, options, progress), { signal: options.signal, waiting });
}

async function bringUp(layout: Layout, options: LabOptions, progress: Progress): Promise<Lab> {
  const signal = options.signal ?? new AbortController().signal;
  checkPlatform(layout);
  const before = readSettings(layout);
  const installer = installerOf(layout, before, options.installer);
  const toolchain = await ensureTools(tools, { progress });
  signal.throwIfAborted();
  makeStateFolder(layout);

  const records = new RecordFolder(layout.records);
  const ports = await choosePorts(before?.ports, records);
  const settings: LabSettings = {
    format: 1,
    installer,
    ports,
    binDirs: toolchain.binDirs,
    hasDoubles: before?.hasDoubles ?? false,
    passphrase: before?.passphrase ?? defaultPassphrase,
    ...(before?.block === undefined ? {} : { block: before.block }),
  };
  // Before the first process starts, so that `down` knows the folder as a lab's whatever happens next.
  writeSettings(layout, settings);
  const cluster = installedBy(installer);
  const plane = controlPlane(layout, settings, (tool) => toolchain.path(tool));
  await ensurePki(layout.pki, plane.network);
  writeKubeconfigs(plane, layout.kubeconfig);
  writePlayedLogs(plane);

  const started = await startGroup(controlPlaneStages(plane), records, {
    lifetime: options.lifetime ?? "attached",
    signal,
    note: (line) => {
      progress.note(line);
    },
    step: (label, work) => progress.step(label, work),
  });
  try {
    const [hasDoubles] = await Promise.all([
      providePlugins(layout, toolchain, options, progress),
      furnish(plane, cluster, signal),
    ]);
    const final = { ...settings, hasDoubles };
    writeSettings(layout, final);
    return labOf(layout, final);
  } catch (error) {
    await started.stop();
    signal.throwIfAborted();
    throw error;
  }
}

/**
 * The same in all labs, and no secret: it only keeps values of the lab's stacks in the form that real stacks have
 * theirs in, and the state that they protect lies beside it.
 */
const defaultPassphrase = "lab";

/** The control plane of a lab's folder. */
export function controlPlane(
  layout: Layout,
  settings: LabSettings,
  tool: (name: ControlPlaneTool) => string,
): ControlPlane {
  return { folders: layout, ports: settings.ports, network: installedBy(settings.installer).network, tool };
}

/** The node, and what an installer leaves in a cluster. */
async function furnish(plane: ControlPlane, cluster: InstalledCluster, signal: AbortSignal): Promise<void> {
  const client = adminClient(serverUrl(plane.ports.apiserver), plane.folders.pki);
  // What fails takes the others along, which would go on asking a server that is stopped by then.
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  try {
    const objects = cluster.objects.map((object) => createUnlessThere(client, object, cluster.manager, either));
    await Promise.all([ensureNode(client, either), ...objects]);
  } catch (error) {
    failed.abort(error);
    throw error;
  } finally {
    client.close();
  }
}

async function providePlugins(
  layout: Layout,
  toolchain: Toolchain,
  options: LabOptions,
  progress: Progress,
): Promise<boolean> {
  const plugins = await installPlugins({
    pulumiHome: layout.pulumiHome,
    pulumi: toolchain.path("pulumi"),
    attemptOfficial: options.attemptOfficialPlugins ?? false,
    report: (line) => {
      progress.note(line);
    },
  });
  return plugins.some(({ origin }) => origin === "double");
}

function labOf(layout: Layout, settings: LabSettings): Lab {
  return {
    stateDir: layout.stateDir,
    kubeconfig: layout.kubeconfig,
    server: serverUrl(settings.ports.apiserver),
    env: labEnvironment(layout, settings, process.env["PATH"]),
    stop: () => stopLab(layout.stateDir),
    destroy: () => destroyLab(layout.stateDir),
  };
}

/** Ends all processes of a lab in reverse order. Nothing happens where none runs. */
export async function stopLab(stateDir: string, signal?: AbortSignal): Promise<void> {
  const layout = layoutOf(stateDir);
  await withLock(layout.stateDir, () => stopGroup(new RecordFolder(layout.records)), { signal });
}

/** Ends all processes of a lab and removes its state folder. A folder that is no lab's is left as it is. */
export async function destroyLab(stateDir: string, signal?: AbortSignal): Promise<void> {
  const layout = layoutOf(stateDir);
  await withLock(
    layout.stateDir,
    async () => {
      if (!existsSync(layout.settings)) return;
      await stopGroup(new RecordFolder(layout.records));
      rmSync(layout.stateDir, { recursive: true, force: true });
    },
    { signal },
  );
}

function installerOf(layout: Layout, before: LabSettings | undefined, wanted: Installer | undefined): Installer {
  if (before === undefined) return wanted ?? "kubespray";
  if (wanted === undefined || wanted === before.installer) return before.installer;
  throw new UserError([
    {
      severity: "error",
      file: layout.settings,
      path: "installer",
      value: before.installer,
      message: `the lab was made to look like ${before.installer}'s and cannot become ${wanted}'s`,
      fix: "use another lab (--name), or remove this one first: npx factory lab down --delete",
    },
  ]);
}
