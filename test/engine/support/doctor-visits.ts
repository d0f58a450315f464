import { spawn, type ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import type { Readable } from "node:stream";
import { parse, stringify } from "yaml";
import type { JsonReport } from "../../../delivery/doctor/report";
import { Factory } from "./factory";
import type { Outcome } from "./factory-command";

const command = join(__dirname, "..", "..", "..", "bin", "factory.js");

interface Kubeconfig {
  readonly contexts: { readonly name: string }[];
  readonly clusters: { cluster: object }[];
  readonly users: { user: object }[];
}

/** `factory doctor` on a lab of its own and on a copy of the program, whose one Git server is this process. */
export class DoctorVisits {
  /** The home and the temporary folder of the command. */
  readonly folder = mkdtempSync(join(tmpdir(), "gitops-factory-doctor-test-"));
  /** All that is asked of a Git server is that it listens. */
  private readonly git = createServer((socket) => socket.destroy());

  private constructor(readonly factory: Factory) {}

  static async start(): Promise<DoctorVisits> {
    const visits = new DoctorVisits(await Factory.start());
    visits.git.listen(0, "127.0.0.1");
    await once(visits.git, "listening");
    const { program } = visits.factory;
    // The catalogue's other Git servers are names of examples, which are the network's matter.
    program.remove("catalog/ministere");
    program.replace("catalog/acme/shop.yaml", "https://git.acme.example/", `http://git.protobox:${visits.gitPort}/`);
    program.replace(
      "catalog/protobox1/docserver.yaml",
      "http://git.protobox/",
      `http://git.protobox:${visits.gitPort}/`,
    );
    program.config(["argocd", "hostAliases"], [{ ip: "127.0.0.1", hostnames: ["git.protobox"] }]);
    return visits;
  }

  get gitPort(): string {
    return String((this.git.address() as AddressInfo).port);
  }

  /** Runs the command as someone does who has kubectl and no Pulumi. */
  visit(...flags: string[]): Promise<Outcome> {
    return this.visitIn(this.env, ...flags);
  }

  visitIn(env: NodeJS.ProcessEnv, ...flags: string[]): Promise<Outcome> {
    return outcomeOf(this.start(env, flags));
  }

  /** The same with a server that takes connections and never answers, until Ctrl-C on the first of them. */
  async interruptedVisit(): Promise<Outcome> {
    const silent = createServer();
    silent.listen(0, "127.0.0.1");
    await once(silent, "listening");
    const server = `https://127.0.0.1:${String((silent.address() as AddressInfo).port)}`;
    const child = this.start(this.env, ["--stack", "dev", "--kubeconfig", this.withCluster("silent", { server })]);
    silent.once("connection", () => child.kill("SIGINT"));
    try {
      return await outcomeOf(child);
    } finally {
      silent.close();
    }
  }

  /** What it finds on the stack `dev`, as JSON. */
  async report(...flags: string[]): Promise<JsonReport> {
    const { stdout, stderr } = await this.visit("--stack", "dev", "--json", ...flags);
    if (stderr !== "") throw new Error(`factory doctor --json writes to standard error: ${stderr}`);
    return JSON.parse(stdout) as JsonReport;
  }

  /** Another command on the same program and cluster. */
  run(...args: string[]): Promise<Outcome> {
    const [subcommand, ...flags] = args;
    return outcomeOf(this.start(this.env, flags, subcommand));
  }

  /** Any text as a file. */
  withText(name: string, text: string): string {
    const file = join(this.folder, name);
    writeFileSync(file, text, { mode: 0o600 });
    return file;
  }

  /** The lab's kubeconfig with a further context that leads to the same cluster, as a file. */
  withContext(name: string): string {
    return this.kubeconfig(`context-${name}`, ({ contexts }) => {
      contexts.push(...contexts.map((one) => ({ ...one, name })));
    });
  }

  /** The lab's kubeconfig with another user, as a file. */
  withUser(name: string, user: object): string {
    return this.kubeconfig(name, ({ users }) => {
      for (const one of users) one.user = user;
    });
  }

  /** The lab's kubeconfig with a changed cluster, as a file. */
  withCluster(name: string, change: object): string {
    return this.kubeconfig(name, ({ clusters }) => {
      for (const one of clusters) one.cluster = { ...one.cluster, ...change };
    });
  }

  async dispose(): Promise<void> {
    this.git.close();
    await this.factory.dispose();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private get env(): NodeJS.ProcessEnv {
    const { cluster, lab } = this.factory;
    const PATH = [dirname(cluster.kubectl), dirname(process.execPath), "/usr/bin", "/bin"].join(delimiter);
    return { KUBECONFIG: lab.kubeconfig, PATH };
  }

  private start(
    env: NodeJS.ProcessEnv,
    flags: readonly string[],
    subcommand = "doctor",
  ): ChildProcessByStdio<null, Readable, Readable> {
    return spawn(process.execPath, [command, subcommand, "--root", this.factory.program.dir, ...flags], {
      env: { HOME: this.folder, TMPDIR: this.folder, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
  }

  private kubeconfig(name: string, change: (config: Kubeconfig) => void): string {
    const config = parse(readFileSync(this.factory.lab.kubeconfig, "utf8")) as Kubeconfig;
    change(config);
    return this.withText(name, stringify(config));
  }
}

async function outcomeOf(child: ChildProcessByStdio<null, Readable, Readable>): Promise<Outcome> {
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, stdout, stderr };
}

/** The messages of one check and severity. */
export function told({ findings }: JsonReport, check: string, severity: string): string[] {
  return findings.filter((one) => one.check === check && one.severity === severity).map(({ message }) => message);
}
