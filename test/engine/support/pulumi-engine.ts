import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { type InstalledPlugin, installPlugins } from "../../../lab/plugins/install";
import { ensureTools } from "../../../lab/toolchain";
import { PulumiProject, type ProjectOptions } from "./pulumi-project";

/** The real Pulumi CLI and engine with a Pulumi home of its own, for the projects of one test file. */
export class PulumiEngine {
  readonly #projects: PulumiProject[] = [];

  private constructor(
    /** Path of the CLI. */
    readonly cli: string,
    /** The Pulumi home: plugins and credentials. */
    readonly home: string,
    /** What a shell would need to run `pulumi` by hand; without a backend. */
    readonly env: Readonly<Record<string, string>>,
    readonly plugins: readonly InstalledPlugin[],
  ) {}

  /** Takes the tools from the lab's cache, and the lab's provider plugins unless the official ones are installed. */
  static async create(): Promise<PulumiEngine> {
    const tools = await ensureTools(["pulumi", "pulumi-language-nodejs"]);
    const cli = tools.path("pulumi");
    const home = mkdtempSync(join(tmpdir(), "gitops-factory-pulumi-"));
    const plugins = await installPlugins({ pulumiHome: home, pulumi: cli, attemptOfficial: false, report: () => {} });
    const path = [...tools.binDirs, process.env["PATH"]].join(delimiter);
    return new PulumiEngine(cli, home, { ...ordinaryEnvironment(), PATH: path, PULUMI_HOME: home }, plugins);
  }

  /** A program in a folder of its own, with a backend of its own and one stack. */
  async project(options: ProjectOptions): Promise<PulumiProject> {
    const project = await PulumiProject.create(this, options);
    this.#projects.push(project);
    return project;
  }

  /** Removes the home and every project's folder. What projects created elsewhere is theirs to destroy. */
  dispose(): void {
    for (const project of this.#projects) project.dispose();
    rmSync(this.home, { recursive: true, force: true });
  }
}

/** The process's environment without what would reach the user's own Pulumi, or change what the engine prints. */
export function ordinaryEnvironment(): Record<string, string> {
  const kept = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !/^(?:PULUMI_|VITEST|NODE_OPTIONS$)/.test(entry[0]),
  );
  return {
    ...Object.fromEntries(kept),
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_CONFIG_PASSPHRASE: "a passphrase for tests",
    // Shows the flag --event-log.
    PULUMI_DEBUG_COMMANDS: "true",
    // The type check is the linter's job; it would cost each run seconds.
    PULUMI_NODEJS_TRANSPILE_ONLY: "true",
    NO_COLOR: "1",
  };
}
