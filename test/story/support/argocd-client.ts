import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureTools } from "../../../lab/toolchain";

/** What a run of the client came to. */
export interface ClientRun {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Argo CD's own command line, logged in to one server under one home. */
export class ArgoCdClient {
  readonly #home = mkdtempSync(join(tmpdir(), "gitops-factory-argocd-client-"));

  private constructor(
    private readonly cli: string,
    /** Where argocd-server listens; its certificate is its own. */
    private readonly server: string,
  ) {}

  static async of(server: string): Promise<ArgoCdClient> {
    const tools = await ensureTools(["argocd"]);
    return new ArgoCdClient(tools.path("argocd"), server);
  }

  login(username: string, password: string): Promise<ClientRun> {
    return this.run("login", this.server, "--username", username, "--password", password);
  }

  /** Any command; its exit code is not judged. */
  run(...args: readonly string[]): Promise<ClientRun> {
    const env = { PATH: process.env["PATH"] ?? "", HOME: this.#home, ARGOCD_SERVER: this.server };
    return new Promise((resolve, reject) => {
      execFile(this.cli, [...args, "--insecure"], { env }, (error, stdout, stderr) => {
        const code = error === null ? 0 : error.code;
        if (typeof code === "number") resolve({ exitCode: code, stdout, stderr });
        else reject(error ?? new Error("the client has no exit code"));
      });
    });
  }

  /** As `run`, but throws with what was said unless the exit code is 0. Gives back stdout. */
  async must(...args: readonly string[]): Promise<string> {
    const { exitCode, stdout, stderr } = await this.run(...args);
    if (exitCode !== 0) throw new Error(`argocd ${args.join(" ")} failed:\n${stdout}\n${stderr}`);
    return stdout;
  }

  dispose(): void {
    rmSync(this.#home, { recursive: true, force: true });
  }
}
