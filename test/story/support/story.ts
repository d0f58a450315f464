import { adminClient, type ApiClient } from "../../../lab/control-plane";
import { layoutOf } from "../../../lab/layout";
import { installedBy, type Installer } from "../../../lab/fixtures/installers";
import { addressOf, type LabHost, labNetwork } from "../../../lab/network/lab-network";
import type { PartAddress, PartName } from "../../../lab/parts/part";
import { startParts } from "../../../lab/parts/start-parts";
import { logTail } from "../../../lab/process";
import { readSettings } from "../../../lab/settings";
import { Factory } from "../../engine/support/factory";
import type { Run } from "../../engine/support/pulumi-run";
import { type Application, applicationPath, describeApplication, REFRESH } from "./application";
import { eventually } from "./eventually";

export interface StoryOptions {
  /** The parts that run from the start; Argo CD comes with `deploy`, once the program has declared it. */
  readonly parts?: readonly Exclude<PartName, "argocd">[];
  /** @default "kubespray" */
  readonly installer?: Installer;
}

/**
 * The whole program, acted out on a lab of its own: what the program declares by the real engine is obeyed by the real
 * Argo CD, DNS servers and Git. A test edits catalogue and config in `factory.program`, and deploys.
 */
export class Story {
  readonly #api: ApiClient;

  private constructor(
    readonly factory: Factory,
    readonly stateDir: string,
  ) {
    this.#api = adminClient(factory.lab.server, layoutOf(stateDir).pki);
  }

  static async start({ parts = [], installer }: StoryOptions = {}): Promise<Story> {
    const factory = await Factory.start(installer);
    const story = new Story(factory, factory.lab.stateDir);
    await story.run(...parts);
    return story;
  }

  /** Makes parts run, or follow what has changed in the cluster since they were started. */
  run(...parts: readonly PartName[]): Promise<PartAddress[]> {
    return startParts({ stateDir: this.stateDir, parts });
  }

  /** The address at which the lab has a host: `127.10.0.20`. */
  address(host: LabHost): string {
    const settings = readSettings(layoutOf(this.stateDir));
    if (settings?.block === undefined) throw new Error("no part of the lab was started");
    return addressOf(labNetwork(settings.block, installedBy(settings.installer).network), host);
  }

  /** `pulumi up`, and Argo CD's processes as it declares them then. Throws when either fails. */
  async deploy(): Promise<Run> {
    const run = await this.factory.stack.up();
    if (run.exitCode !== 0) throw new Error(`pulumi up failed:\n${run.stdout}\n${run.stderr}`);
    await this.run("argocd");
    return run;
  }

  /** Any object or list by its path in the API; absent when it is not there. */
  async get(path: string): Promise<unknown> {
    const { status, body } = await this.#api.get(path);
    if (status === 404) return undefined;
    if (status !== 200) throw new Error(`GET ${path} answers ${String(status)}: ${JSON.stringify(body)}`);
    return body;
  }

  async application(name: string): Promise<Application | undefined> {
    return (await this.get(applicationPath(name))) as Application | undefined;
  }

  /** Waits until an Application is as wanted. Throws with what it is instead after `timeout` milliseconds. */
  async untilApplication(
    name: string,
    wanted: (application: Application) => boolean,
    timeout = 90_000,
  ): Promise<Application> {
    return eventually(
      async () => {
        const application = await this.application(name);
        return application !== undefined && wanted(application) ? application : undefined;
      },
      async () => `the Application ${name} is ${describeApplication(await this.application(name))}`,
      timeout,
    );
  }

  /** Has Argo CD look at an Application anew at once, and at its repository too. */
  async refresh(name: string): Promise<void> {
    await this.factory.kubectl(`annotate application ${name} -n argocd --overwrite ${REFRESH}=hard`);
  }

  /**
   * Has Argo CD look at an Application anew and waits until it has, which its time of reconciliation does not always tell:
   * that counts in seconds.
   */
  async lookAnew(name: string): Promise<Application> {
    await this.refresh(name);
    return this.untilApplication(name, ({ metadata }) => metadata.annotations?.[REFRESH] === undefined);
  }

  /** The last lines that a process of the lab has logged. */
  log(process: string, lines = 200): string {
    return logTail(`${layoutOf(this.stateDir).logs}/${process}.log`, lines).join("\n");
  }

  async dispose(): Promise<void> {
    this.#api.close();
    await this.factory.dispose();
  }
}
