import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { createLab, type Lab } from "../../../lab/lab";
import { ensureTools } from "../../../lab/toolchain";
import { runKubectl } from "../../engine/support/kubectl";

/** What a run of kubectl under somebody's token came to. */
export interface TokenRun {
  readonly allowed: boolean;
  /** What kubectl printed, of errors too. */
  readonly said: string;
}

/** A second control plane without an Argo CD of its own. */
export class OtherCluster {
  private constructor(
    private lab: Lab,
    private readonly folder: string,
    private readonly kubectlPath: string,
  ) {}

  static async start(): Promise<OtherCluster> {
    const folder = mkdtempSync(join(tmpdir(), "gitops-factory-other-"));
    const lab = await createLab({ stateDir: join(folder, "lab"), installer: "kubeadm" });
    return new OtherCluster(lab, folder, (await ensureTools(["kubectl"])).path("kubectl"));
  }

  get server(): string {
    return this.lab.server;
  }

  /** The text of its administrator's kubeconfig. */
  get kubeconfig(): string {
    return readFileSync(this.lab.kubeconfig, "utf8");
  }

  /** Runs kubectl as the administrator. Throws when it fails. */
  kubectl(...args: readonly string[]): Promise<string> {
    return runKubectl({ kubeconfig: this.lab.kubeconfig, kubectl: this.kubectlPath }, args);
  }

  /** Applies objects as the administrator does by kubectl. */
  async apply(...items: readonly object[]): Promise<void> {
    const cluster = { kubeconfig: this.lab.kubeconfig, kubectl: this.kubectlPath };
    await runKubectl(cluster, ["apply", "-f", "-"], { apiVersion: "v1", kind: "List", items });
  }

  /** Names of all objects of a kind: `deployment.apps/web`. */
  async names(kind: string, namespace: string): Promise<string[]> {
    const found = await this.kubectl("get", kind, "-n", namespace, "-o", "name");
    return found.split("\n").filter((name) => name !== "");
  }

  /** Runs kubectl as the holder of a token, which is the only credential that it has then. */
  async as(token: string, args: readonly string[], input?: object): Promise<TokenRun> {
    const config = parse(this.kubeconfig) as { users: { user: object }[] };
    const kubeconfig = join(this.folder, "holder.yaml");
    writeFileSync(
      kubeconfig,
      stringify({ ...config, users: config.users.map((user) => ({ ...user, user: { token } })) }),
    );
    try {
      return { allowed: true, said: await runKubectl({ kubeconfig, kubectl: this.kubectlPath }, args, input) };
    } catch (error) {
      return { allowed: false, said: String(error) };
    }
  }

  /** Nobody answers any more. */
  stop(): Promise<void> {
    return this.lab.stop();
  }

  /** The same cluster, at the same address, answers again. */
  async startAgain(): Promise<void> {
    this.lab = await createLab({ stateDir: this.lab.stateDir });
  }

  async dispose(): Promise<void> {
    await this.lab.destroy();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
