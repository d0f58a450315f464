import { execFile } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { FactoryCommand } from "../../engine/support/factory-command";
import { ordinaryEnvironment } from "../../engine/support/pulumi-engine";
import type { Story } from "./story";

/** What `factory adopt --import-file --json` prints. */
export interface ToldImports {
  readonly imported: readonly ToldObject[];
  readonly absent: readonly ToldObject[];
  readonly steps: readonly { readonly commands: readonly string[] }[];
}

export interface ToldObject {
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
  readonly changes?: readonly { readonly path: string; readonly before?: string; readonly after?: string }[];
  readonly ownedByOthers?: readonly string[];
}

/** The imports of a story's stack, in a file of its program's folder. */
export class Imports {
  readonly #file: string;

  constructor(private readonly story: Story) {
    this.#file = join(story.factory.program.dir, "imports.json");
  }

  /** Has the command write the file anew. Throws with what it says unless it ends well. */
  async write(): Promise<ToldImports> {
    rmSync(this.#file, { force: true });
    const outcome = await this.adopt("--json");
    if (outcome.code !== 0) throw new Error(`exit code ${String(outcome.code)}: ${outcome.stderr}`);
    return JSON.parse(outcome.stdout) as ToldImports;
  }

  adopt(...flags: readonly string[]): FactoryCommand["outcome"] {
    const { lab, program } = this.story.factory;
    const args = ["adopt", "--import-file", this.#file, "--stack", "dev", "--root", program.dir];
    return new FactoryCommand([...args, ...flags], { ...lab.env }).outcome;
  }

  /** Takes an object out of the file, as whoever does not want it imported. */
  leaveOut(id: string): void {
    const file = JSON.parse(readFileSync(this.#file, "utf8")) as { resources: { id?: string }[] };
    writeFileSync(this.#file, JSON.stringify({ ...file, resources: file.resources.filter((one) => one.id !== id) }));
  }

  /** Runs a command of Pulumi in the program's folder as it was printed, and agrees to what it asks. */
  run(command: string): Promise<string> {
    const { lab, program } = this.story.factory;
    const env = { ...ordinaryEnvironment(), ...lab.env };
    return new Promise((resolve, reject) => {
      execFile("sh", ["-c", `${command} --yes --skip-preview`], { cwd: program.dir, env }, (error, stdout, stderr) => {
        if (error === null) resolve(stdout);
        else reject(new Error(`${command}:\n${stdout}\n${stderr}`));
      });
    });
  }
}
