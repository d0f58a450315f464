import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import type { DeliveryFactory } from "./delivery-factory";
import { IMAGE } from "./team";

const command = join(__dirname, "..", "..", "..", "bin", "factory.js");

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A developer's folder with `redeploy.yaml`, in which `factory redeploy` is called. */
export class Developer {
  readonly #folder = mkdtempSync(join(tmpdir(), "gitops-factory-developer-"));

  constructor(private readonly factory: DeliveryFactory) {
    const { team, platform, argocd } = factory;
    const file = {
      organisation: "acme",
      project: "shop",
      gitlab: { url: platform },
      app: { repository: "api", url: team.url("api") },
      infra: { repository: "deploy", url: team.url("deploy") },
      image: IMAGE,
      argocd: { url: argocd.url, caFile: argocd.ca },
      environments: { dev: { files: ["kustomization.yaml"] } },
    };
    writeFileSync(join(this.#folder, "redeploy.yaml"), stringify(file));
  }

  /** What no output and no file of the developer may hold. */
  get secrets(): string[] {
    return Object.entries(this.#secrets()).map(([, text]) => text);
  }

  /** Runs `factory`; `watch` sees the process, `env` replaces variables. */
  run(
    args: readonly string[],
    { env = {}, watch }: { readonly env?: Record<string, string>; readonly watch?: (child: ChildProcess) => void } = {},
  ): Promise<Ended> {
    const child = spawn(process.execPath, [command, ...args], {
      cwd: this.#folder,
      env: {
        PATH: process.env["PATH"] ?? "",
        HOME: this.#folder,
        GIT_CONFIG_NOSYSTEM: "1",
        GIT_AUTHOR_NAME: "A",
        GIT_AUTHOR_EMAIL: "a@example.org",
        GIT_COMMITTER_NAME: "A",
        GIT_COMMITTER_EMAIL: "a@example.org",
        ...this.#secrets(),
        ...env,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    watch?.(child);
    let [out, err] = ["", ""];
    child.stdout.on("data", (text: Buffer) => (out += text.toString()));
    child.stderr.on("data", (text: Buffer) => (err += text.toString()));
    return new Promise((resolve) => child.on("close", (code) => resolve({ code, out, err })));
  }

  dispose(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #secrets() {
    const { team, handover, argocd } = this.factory;
    return {
      GITLAB_TOKEN: handover.readToken,
      MIRROR_TRIGGER_TOKEN: handover.triggerToken,
      ARGOCD_AUTH_TOKEN: argocd.token,
      APP_GIT_PASSWORD: team.readToken,
      INFRA_GIT_PASSWORD: team.writeToken,
    };
  }
}
