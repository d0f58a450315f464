import { chmod, copyFile, mkdir, rename } from "node:fs/promises";
import { basename, join } from "node:path";
import type { ToolModule } from "./catalogue-types";
import { buildFlags, runGo } from "./go-command";
import { explainGoFailure } from "./go-problems";
import { patchFlags } from "./source-patch";

export interface GoContext {
  readonly modulesDir: string;
  readonly env: NodeJS.ProcessEnv;
  /** A folder for temporary files, that its owner removes. */
  readonly temporary: string;
  /** The file that keeps what Go says. */
  readonly log: string;
}

/** Builds a module's programs into `bin` and puts its scripts beside them. Throws a `UserError` that explains. */
export async function buildModule(module: ToolModule, bin: string, context: GoContext): Promise<void> {
  const packages = Object.entries(module.packages);
  await mkdir(bin, { recursive: true });
  const flags = [...buildFlags(module.stamps), ...(await flagsOfPatch(module, context))];
  const args = ["build", ...flags, "-o", `${bin}/`, ...packages.map(([, path]) => path)];
  const result = await runGo(args, { ...context, cwd: join(context.modulesDir, module.folder) });
  const subject = packages.map(([tool]) => tool).join(", ");
  if (!result.ok) {
    throw explainGoFailure({ folder: module.folder, subject, output: result.stderr, log: context.log });
  }
  for (const [tool, path] of packages) {
    const built = programName(path);
    if (built !== tool) await rename(join(bin, built), join(bin, tool));
  }
  if (module.scripts === undefined) return;
  const source = await downloadModule(module.folder, module.scripts.module, context);
  for (const path of module.scripts.paths) {
    const script = join(bin, basename(path));
    await copyFile(join(source, path), script);
    await chmod(script, 0o755);
  }
}

async function flagsOfPatch({ folder, patch }: ToolModule, context: GoContext): Promise<string[]> {
  if (patch === undefined) return [];
  return patchFlags(patch, {
    source: await downloadModule(folder, patch.module, context),
    modules: join(context.modulesDir, folder),
    temporary: join(context.temporary, "patch"),
  });
}

/** Downloads a module that a folder's go.mod pins, unless Go has it, and returns the folder with its files. */
export async function downloadModule(folder: string, module: string, context: GoContext): Promise<string> {
  const result = await runGo(["mod", "download", "-json", module], {
    ...context,
    cwd: join(context.modulesDir, folder),
  });
  const answer = result.stdout === "" ? {} : (JSON.parse(result.stdout) as { Dir?: string; Error?: string });
  if (result.ok && answer.Dir !== undefined) return answer.Dir;
  const output = [result.stderr, answer.Error ?? ""].join("\n");
  throw explainGoFailure({ folder, subject: module, output, log: context.log });
}

/** The name that `go build` gives a package's program: the path's last part that is no major version. */
function programName(path: string): string {
  const parts = path.split("/").filter((part) => !/^v\d+$/.test(part));
  return parts.at(-1) ?? path;
}
