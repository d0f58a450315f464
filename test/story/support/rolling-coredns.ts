import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { corednsProcess } from "../../../lab/dns/coredns-process";
import { podCorefile } from "../../../lab/dns/pod-corefile";
import { type Probe, type ProcessIdentity, RecordFolder, startProcess, stopProcess } from "../../../lab/process";
import { writeMountedFiles } from "../../../lab/pods/mounted-files";
import { ensureTools } from "../../../lab/toolchain";
import type { DnsLab } from "./dns-lab";

/** More than the five seconds of lame duck that installers give a CoreDNS to end in. */
const terminationGrace = 20_000;

/**
 * The cluster's CoreDNS, restarted as a Deployment's rolling update does it (maxUnavailable 0): a new pod with the
 * ConfigMap as it is now is ready before the old one is told to end, and the old one answers on during its lame duck.
 * Both listen on the address of the Service, between them the kernel chooses (SO_REUSEPORT), as kube-proxy would.
 */
export class RollingCoreDns {
  private count = 0;
  private readonly endings: Promise<void>[] = [];

  private constructor(
    private readonly lab: DnsLab,
    private readonly program: string,
    private running: ProcessIdentity,
  ) {}

  /** Takes over the CoreDNS that the lab runs. */
  static async of(lab: DnsLab): Promise<RollingCoreDns> {
    const record = new RecordFolder(lab.layout.records).find("coredns");
    if (record === undefined) throw new Error("the lab runs no CoreDNS");
    return new RollingCoreDns(lab, (await ensureTools(["coredns"])).path("coredns"), record.identity);
  }

  /** A rolling restart. Throws with CoreDNS's last words when the new one does not start; the old one stays then. */
  async restart(): Promise<void> {
    this.count += 1;
    const name = `coredns-${String(this.count)}`;
    const { layout, network, settings } = this.lab;
    const folder = join(layout.parts, "dns", name);
    mkdirSync(folder, { recursive: true });
    const files = { Corefile: await this.lab.corefile("coredns") };
    writeMountedFiles(folder, podCorefile(files, { address: this.lab.host("clusterDns"), network }));
    const account = join(layout.parts, "dns", "account");
    const instance = { name, host: "clusterDns", folder, account } as const;
    const spec = corednsProcess({ layout, network, settings, tool: () => this.program }, instance);
    const next = await startProcess({ ...spec, ready: saysThatItServes(spec.log) }, { lifetime: "attached" });
    this.endings.push(stopProcess(this.running, terminationGrace));
    this.running = next;
  }

  /** Waits until all the old ones have ended. */
  async settled(): Promise<void> {
    await Promise.all(this.endings);
  }

  async stop(): Promise<void> {
    await this.settled();
    await stopProcess(this.running, terminationGrace);
  }
}

/** What CoreDNS prints once all its servers listen; a query could be answered by the one before. */
function saysThatItServes(log: string): Probe {
  return () => Promise.resolve(/^CoreDNS-\d/m.test(readFileSync(log, "utf8")) ? true : "it does not serve yet");
}
