import { UserError } from "../../model/problem";
import { adminClient, controlPlaneStages, pkiFiles, serverUrl } from "../control-plane";
import { installedBy } from "../fixtures/installers";
import { controlPlane } from "../lab";
import { type Layout, layoutOf } from "../layout";
import { withLock } from "../lock";
import { chooseBlock, labNetwork, preferredBlock } from "../network/lab-network";
import { type Lifetime, RecordFolder, startGroup } from "../process";
import { type LabSettings, readSettings, writeSettings } from "../settings";
import { stateDirOf } from "../state-dir";
import { ensureTools, type Progress, silentProgress } from "../toolchain";
import { ensurePrograms } from "../toolchain/debian-packages";
import { parts } from "./index";
import { type Part, type PartAddress, type PartContext, type PartName, partNames } from "./part";

export interface PartsOptions {
  /** The lab's state folder; its control plane runs. */
  readonly stateDir: string;
  /** What is to run; what these need comes with them. */
  readonly parts: readonly PartName[];
  /** @default "attached" */
  readonly lifetime?: Lifetime;
  readonly signal?: AbortSignal;
  /** @default silent */
  readonly progress?: Progress;
}

/**
 * Makes parts of the second storey run on a lab, as its cluster has them now: a part that runs is kept, or started anew
 * where the cluster's objects have changed what it is made from.
 *
 * Throws a `UserError` where the user can help: no lab, no root, a program that is missing.
 * @returns where the parts are reached
 */
export async function startParts(options: PartsOptions): Promise<PartAddress[]> {
  const layout = layoutOf(options.stateDir);
  const progress = options.progress ?? silentProgress;
  const signal = options.signal ?? new AbortController().signal;
  const wanted = withNeeds(options.parts);
  checkRoot(layout);
  const toolchain = await ensureTools([...new Set(wanted.flatMap(({ tools }) => tools))], { progress });
  const programs = await ensurePrograms([...new Set(wanted.flatMap((part) => part.programs))], { progress });
  signal.throwIfAborted();
  return withLock(
    layout.stateDir,
    async () => {
      const settings = await withParts(layout, toolchain.binDirs);
      const cluster = installedBy(settings.installer);
      const api = adminClient(serverUrl(settings.ports.apiserver), layout.pki);
      const context: PartContext = {
        layout,
        settings,
        network: labNetwork(settings.block, cluster.network),
        api,
        clusterCa: pkiFiles(layout.pki).ca.cert,
        signal,
        progress,
        tool: (name) => toolchain.path(name),
        program: (name) => programs.path(name),
      };
      try {
        await startInTurn(wanted, context, options.lifetime ?? "attached");
      } finally {
        api.close();
      }
      return wanted.flatMap((part) => part.describe?.(context) ?? []);
    },
    { signal },
  );
}

/** One part after the other, since what one writes may depend on what an earlier one serves. */
async function startInTurn(wanted: readonly Part[], context: PartContext, lifetime: Lifetime): Promise<void> {
  const { layout, settings, progress, signal } = context;
  const plane = controlPlane(layout, settings, (tool) => tool);
  const records = new RecordFolder(layout.records);
  let firstStage = controlPlaneStages(plane).length;
  for (const part of parts) {
    const stages = wanted.includes(part) ? await part.prepare(context) : [];
    await startGroup(stages, records, {
      lifetime,
      signal,
      firstStage,
      note: (line) => {
        progress.note(line);
      },
      step: (label, work) => progress.step(label, work),
    });
    firstStage += stagesOfPart;
  }
}

/** Room for the stages of one part: a part keeps its numbers whichever other parts run. */
const stagesOfPart = 10;

/** The parts and what they need, in the order of their start. */
function withNeeds(names: readonly PartName[]): Part[] {
  const wanted = new Set<PartName>();
  const add = (name: PartName): void => {
    if (wanted.has(name)) return;
    wanted.add(name);
    for (const part of parts) if (part.name === name) part.needs?.forEach(add);
  };
  names.forEach(add);
  return parts.filter(({ name }) => wanted.has(name));
}

/** The lab's settings, with its block of addresses chosen and the parts' programs on its users' PATH. */
async function withParts(
  layout: Layout,
  programs: readonly string[],
): Promise<LabSettings & { readonly block: string }> {
  const before = readSettings(layout);
  if (before === undefined) throw noLab(layout);
  const binDirs = [...new Set([...before.binDirs, ...programs])];
  const settings = {
    ...before,
    binDirs,
    block: before.block ?? (await chooseBlock(isDefault(layout) ? preferredBlock : undefined)),
  };
  writeSettings(layout, settings);
  return settings;
}

/** Whether it is the lab that one gets without saying which. */
function isDefault({ stateDir }: Layout): boolean {
  return stateDir === stateDirOf({ name: "lab" });
}

function noLab({ stateDir }: Layout): UserError {
  return new UserError([
    {
      severity: "error",
      file: stateDir,
      path: "",
      message: "there is no lab in this folder",
      fix: "make one: npx factory lab up",
    },
  ]);
}

function checkRoot({ stateDir }: Layout): void {
  if (process.getuid?.() === 0) return;
  throw new UserError([
    {
      severity: "error",
      file: stateDir,
      path: "--with",
      message: "only root may mount a resolv.conf for single processes and listen on the ports of DNS, HTTP and SSH",
      allowed: `as root: ${partNames.join(", ")}; as any user: the lab without them`,
      fix: "run the command as root, in a container for instance, or leave --with out",
    },
  ]);
}
