import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { PulumiEngine } from "./pulumi-engine";
import { PulumiStack } from "./pulumi-stack";

const nodeModules = join(__dirname, "..", "..", "..", "node_modules");

export interface ProjectOptions {
  /** The program: the text of its `index.js`, CommonJS. */
  readonly program: string;
  /** @default "conformance" */
  readonly name?: string;
  /** @default "test" */
  readonly stack?: string;
  /** Added to the engine's environment: `KUBECONFIG`. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A Pulumi program in a temporary folder, with a stack in a file backend beside it, run by the real CLI. */
export class PulumiProject extends PulumiStack {
  private constructor(engine: PulumiEngine, { program, name = "conformance", stack = "test", env }: ProjectOptions) {
    const dir = mkdtempSync(join(tmpdir(), "gitops-factory-project-"));
    const all = { ...engine.env, ...env, PULUMI_BACKEND_URL: `file://${dir}` };
    super({ cli: engine.cli, env: all, dir, backend: dir, logs: dir, project: name, stack });
    symlinkSync(nodeModules, join(this.dir, "node_modules"));
    this.write("package.json", `${JSON.stringify({ name, private: true })}\n`);
    this.write("Pulumi.yaml", `name: ${name}\nruntime: nodejs\nmain: index.js\n`);
    this.program(program);
  }

  static async create(engine: PulumiEngine, options: ProjectOptions): Promise<PulumiProject> {
    const project = new PulumiProject(engine, options);
    await project.must("stack", "init", project.stack);
    return project;
  }

  get dir(): string {
    return this.place.dir;
  }

  /** Replaces the program. */
  program(text: string): void {
    this.write("index.js", text);
  }

  /** Writes a file of the project's folder; its directories are made. */
  write(file: string, text: string): void {
    mkdirSync(dirname(join(this.dir, file)), { recursive: true });
    writeFileSync(join(this.dir, file), text);
  }

  dispose(): void {
    rmSync(this.dir, { recursive: true, force: true });
  }
}
