import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Installer } from "../../../lab/fixtures/installers";
import { createLab, type Lab } from "../../../lab/lab";
import { ensureTools } from "../../../lab/toolchain";
import { type LiveObject, runKubectl, type TestCluster } from "./kubectl";
import { ProgramCopy } from "./program-copy";
import { ordinaryEnvironment } from "./pulumi-engine";
import { PulumiStack } from "./pulumi-stack";

/** The whole program on a lab of its own: what `npm start` makes, in a copy that a test edits. */
export class Factory {
  private constructor(
    readonly lab: Lab,
    readonly program: ProgramCopy,
    /** The stack `dev`. */
    readonly stack: PulumiStack,
    readonly cluster: TestCluster,
    private readonly folder: string,
  ) {}

  /** Brings a lab up and makes the stack; nothing is declared yet. */
  static async start(installer?: Installer): Promise<Factory> {
    const folder = mkdtempSync(join(tmpdir(), "gitops-factory-whole-"));
    const lab = await createLab({ stateDir: join(folder, "lab"), ...(installer && { installer }) });
    const tools = await ensureTools(["kubectl", "pulumi"]);
    const program = new ProgramCopy();
    const stack = new PulumiStack({
      cli: tools.path("pulumi"),
      env: { ...ordinaryEnvironment(), ...lab.env },
      dir: program.dir,
      backend: fileURLToPath(lab.env["PULUMI_BACKEND_URL"] ?? ""),
      logs: folder,
      project: "gitops-factory",
      stack: "dev",
    });
    const cluster = { kubeconfig: lab.kubeconfig, kubectl: tools.path("kubectl") };
    const factory = new Factory(lab, program, stack, cluster, folder);
    await stack.must("stack", "select", "--create", "dev");
    return factory;
  }

  /** Runs kubectl; `input` is a manifest for stdin. A text of arguments is split at spaces. Throws when it fails. */
  kubectl(args: string | readonly string[], input?: object): Promise<string> {
    return runKubectl(this.cluster, typeof args === "string" ? args.split(" ") : args, input);
  }

  /** All objects of a kind, in all namespaces; `-n` or a label narrows them. */
  async list(kind: string, ...flags: string[]): Promise<LiveObject[]> {
    const scope = flags.includes("-n") ? [] : ["--all-namespaces"];
    const found = await runKubectl(this.cluster, ["get", kind, ...scope, ...flags, "-o", "json"]);
    return (JSON.parse(found) as { items: LiveObject[] }).items;
  }

  /** An object with its managed fields. Throws when there is none. */
  async object(kind: string, name: string, namespace = "argocd"): Promise<LiveObject> {
    const found = await this.kubectl(`get ${kind} ${name} -n ${namespace} --show-managed-fields -o json`);
    return JSON.parse(found) as LiveObject;
  }

  /** The Corefile of a ConfigMap in `kube-system`. */
  async corefile(name: string): Promise<string> {
    return (await this.object("configmap", name, "kube-system")).data?.["Corefile"] ?? "";
  }

  async dispose(): Promise<void> {
    this.program.dispose();
    await this.lab.destroy();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
