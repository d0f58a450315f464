import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { adminClient, type ApiClient } from "../../../lab/control-plane";
import { installedBy, type Installer } from "../../../lab/fixtures/installers";
import { createLab, type Lab } from "../../../lab/lab";
import { type Layout, layoutOf } from "../../../lab/layout";
import { addressOf, type LabHost, type LabNetwork, labNetwork } from "../../../lab/network/lab-network";
import type { PartAddress, PartName } from "../../../lab/parts/part";
import { startParts } from "../../../lab/parts/start-parts";
import { logTail } from "../../../lab/process";
import { type LabSettings, readSettings } from "../../../lab/settings";
import { ensureTools } from "../../../lab/toolchain";
import { runKubectl } from "../../engine/support/kubectl";
import { DnsServer } from "./dns-query";
import { eventually } from "./eventually";

/** A lab with nothing but its DNS: no program is run on it. */
export class DnsLab {
  private constructor(
    private readonly lab: Lab,
    private readonly folder: string,
    private readonly kubectlPath: string,
    private readonly api: ApiClient,
    /** Where its servers are. */
    readonly addresses: readonly PartAddress[],
  ) {}

  static async start(parts: readonly PartName[], installer: Installer = "kubespray"): Promise<DnsLab> {
    const folder = mkdtempSync(join(tmpdir(), "gitops-factory-dns-"));
    const lab = await createLab({ stateDir: join(folder, "lab"), installer });
    const kubectl = (await ensureTools(["kubectl"])).path("kubectl");
    const api = adminClient(lab.server, layoutOf(lab.stateDir).pki);
    return new DnsLab(lab, folder, kubectl, api, await startParts({ stateDir: lab.stateDir, parts }));
  }

  get stateDir(): string {
    return this.lab.stateDir;
  }

  get layout(): Layout {
    return layoutOf(this.stateDir);
  }

  get settings(): LabSettings {
    const settings = readSettings(this.layout);
    if (settings === undefined) throw new Error("the lab has no settings");
    return settings;
  }

  get network(): LabNetwork {
    const { block, installer } = this.settings;
    if (block === undefined) throw new Error("no part of the lab was started");
    return labNetwork(block, installedBy(installer).network);
  }

  host(name: LabHost): string {
    return addressOf(this.network, name);
  }

  server(name: LabHost, port = 53): DnsServer {
    return new DnsServer(`${this.host(name)}:${String(port)}`);
  }

  kubectl(args: readonly string[], input?: object): Promise<string> {
    return runKubectl({ kubeconfig: this.lab.kubeconfig, kubectl: this.kubectlPath }, args, input);
  }

  /** The Corefile of a ConfigMap in `kube-system`, as it is in the cluster. */
  async corefile(configMap: string): Promise<string> {
    const { status, body } = await this.api.get(`/api/v1/namespaces/kube-system/configmaps/${configMap}`);
    if (status !== 200) throw new Error(`the ConfigMap ${configMap} cannot be read: ${JSON.stringify(body)}`);
    return (body as { data: { Corefile: string } }).data.Corefile;
  }

  /** Writes it as the program's DNS component does: one key, by server-side apply. */
  async applyCorefile(configMap: string, text: string): Promise<void> {
    const manifest = {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: configMap, namespace: "kube-system" },
      data: { Corefile: text },
    };
    const flags = ["--server-side", "--force-conflicts", "--field-manager=gitops-factory-dns"];
    await this.kubectl(["apply", ...flags, "-f", "-"], manifest);
  }

  /** Waits for a line in the log of a process. */
  async untilLogged(process: string, line: RegExp): Promise<void> {
    const log = (): string => logTail(join(this.layout.logs, `${process}.log`), 50).join("\n");
    await eventually(
      () => Promise.resolve(line.test(log()) ? true : undefined),
      () => `${process} has logged:\n${log()}`,
    );
  }

  async dispose(): Promise<void> {
    this.api.close();
    await this.lab.destroy();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
