import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";

const command = join(__dirname, "..", "..", "..", "bin", "factory.js");

export interface RedeployEnded {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

interface RunOptions {
  /** In the place of variables and secrets, or beside them. */
  readonly env?: Readonly<Record<string, string>>;
  readonly watch?: (line: string, child: ChildProcess) => void;
}

/** Where `factory redeploy` is run: a folder with a redeploy.yaml, a state of its own, and secrets. */
export class RedeployTeam {
  private readonly folder = mkdtempSync(join(tmpdir(), "redeploy-team-"));

  /**
   * @param config what redeploy.yaml says
   * @param secrets environment variables
   */
  constructor(
    config: object,
    readonly secrets: Readonly<Record<string, string>>,
  ) {
    writeFileSync(join(this.folder, "redeploy.yaml"), stringify(config));
  }

  /**
   * Runs `factory redeploy` as a process of its own.
   *
   * @param watch told of each line of standard output, and given the process
   */
  run(args: readonly string[] = [], options: RunOptions = {}): Promise<RedeployEnded> {
    return this.factory(["redeploy", ...args], options);
  }

  /** The same for any command of `factory`. */
  factory(args: readonly string[], { env = {}, watch = () => undefined }: RunOptions = {}): Promise<RedeployEnded> {
    const child = spawn(process.execPath, [command, ...args], {
      cwd: this.folder,
      env: {
        PATH: process.env["PATH"] ?? "",
        HOME: this.folder,
        GIT_CONFIG_NOSYSTEM: "1",
        ...this.secrets,
        ...env,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let [out, err, seen] = ["", "", 0];
    child.stdout.on("data", (text: Buffer) => {
      out += text.toString();
      const lines = out.split("\n");
      for (const line of lines.slice(seen, -1)) watch(line, child);
      seen = lines.length - 1;
    });
    child.stderr.on("data", (text: Buffer) => (err += text.toString()));
    return new Promise((resolve) => child.on("close", (code) => resolve({ code, out, err })));
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
