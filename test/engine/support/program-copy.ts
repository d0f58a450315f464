import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseDocument } from "yaml";

const root = join(__dirname, "..", "..", "..");

/** What Pulumi needs to run the program; tests, docs and the lab stay behind. */
const program = [
  "index.ts",
  "package.json",
  "tsconfig.json",
  "tsconfig.program.json",
  "Pulumi.yaml",
  "Pulumi.dev.yaml",
  "model",
  "corefile",
  "manifests",
  "components",
  "mirror",
  "policies",
  "catalog",
];

/** The program in a folder of its own, so that a test edits catalogue and config as a platform team would. */
export class ProgramCopy {
  readonly dir = mkdtempSync(join(tmpdir(), "gitops-factory-program-"));

  constructor() {
    for (const entry of program) cpSync(join(root, entry), join(this.dir, entry), { recursive: true });
    symlinkSync(join(root, "node_modules"), join(this.dir, "node_modules"));
  }

  read(file: string): string {
    return readFileSync(join(this.dir, file), "utf8");
  }

  write(file: string, text: string): void {
    mkdirSync(dirname(join(this.dir, file)), { recursive: true });
    writeFileSync(join(this.dir, file), text);
  }

  /** Replaces text that must be there exactly once, as an editor would. */
  replace(file: string, from: string, to: string): void {
    const text = this.read(file);
    if (text.split(from).length !== 2) throw new Error(`${file} does not hold ${JSON.stringify(from)} exactly once`);
    this.write(file, text.replace(from, to));
  }

  remove(file: string): void {
    rmSync(join(this.dir, file), { recursive: true });
  }

  /** Sets a key of `Pulumi.dev.yaml`'s config; `undefined` takes it out. */
  config(path: readonly [key: string, ...rest: (string | number)[]], value: unknown): void {
    const document = parseDocument(this.read("Pulumi.dev.yaml"));
    const [key, ...rest] = path;
    const full = ["config", `gitops-factory:${key}`, ...rest];
    if (value === undefined) document.deleteIn(full);
    else document.setIn(full, document.createNode(value));
    this.write("Pulumi.dev.yaml", document.toString());
  }

  dispose(): void {
    rmSync(this.dir, { recursive: true, force: true });
  }
}
