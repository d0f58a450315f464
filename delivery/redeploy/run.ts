import { shortSha, type Delivery } from "./context";
import { awaitBuild } from "./build";
import { awaitDeployment, Lineage, type Deployed } from "./deploy";
import { bumpInfra, unchangedWarning } from "./infra";
import type { InfraOptions } from "./infra-clone";
import { mirrorCommit } from "./mirror";
import { stepsOf, type StepName } from "./plan";
import { preflight, type Preflight } from "./preflight";
import type { State } from "./state";

/** How a delivery has ended that has not failed. */
export interface Outcome {
  readonly result: "delivered" | "unchanged";
  readonly commit: string;
  readonly tag: string;
  /** The commit in the infra repository. */
  readonly infraCommit?: string;
  /** What Argo CD is at. */
  readonly revision?: string;
  readonly images?: readonly string[];
}

/** A state as it is written: without what the file itself adds. */
type Written = Omit<State, "format" | "delivery">;

/**
 * Runs a delivery from where an earlier run has left it.
 *
 * @param restart whether what an earlier run has done is left out of account
 * @param began told at the start of each step
 * @throws UserError that says where it has stopped and why
 */
export async function redeploy(
  delivery: Delivery,
  infra: InfraOptions,
  { restart, began }: { readonly restart: boolean; began(step: StepName): void },
): Promise<Outcome> {
  const { commit, tag, state } = delivery;
  const earlier = restart ? undefined : continued(delivery, state.read());
  const looked = await preflight(delivery, infra);
  try {
    // What an earlier run has pushed itself is its delivery, and no unchanged tag.
    if (looked.isDelivered && earlier?.pushing !== true) {
      if (earlier !== undefined) state.write({ ...earlier, deliveredAt: new Date().toISOString() });
      delivery.progress.tell({ event: "warning", message: unchangedWarning(looked.judged, tag) });
      return { result: "unchanged", commit, tag, infraCommit: await looked.clone.lastChange() };
    }
    return await new Run(delivery, looked, earlier, began).all();
  } finally {
    looked.clone.close();
  }
}

/** The state of an unfinished run of the same commit; of another one it is told that it is given up. */
function continued({ commit, tag, progress }: Delivery, state: State | undefined): State | undefined {
  if (state === undefined || state.deliveredAt !== undefined) return undefined;
  const note = (message: string): void => {
    progress.tell({ event: "note", step: null, message });
  };
  if (state.commit === commit && state.tag === tag) {
    note(`going on with the delivery that began at ${state.startedAt}`);
    return state;
  }
  note(`the unfinished delivery of ${shortSha(state.commit)} (tag ${state.tag}) is given up for this one`);
  return undefined;
}

class Run {
  private written: Written;

  constructor(
    private readonly delivery: Delivery,
    private readonly looked: Preflight,
    private readonly earlier: State | undefined,
    private readonly began: (step: StepName) => void,
  ) {
    const { commit, tag } = delivery;
    this.written = earlier ?? { commit, tag, startedAt: new Date().toISOString() };
    this.remember({});
  }

  async all(): Promise<Outcome> {
    const { delivery, looked, earlier } = this;
    const { plan, commit, tag, argocd } = delivery;
    await this.step("mirror-app", () =>
      mirrorCommit(delivery, {
        step: "mirror-app",
        repository: plan.app,
        commit,
        started: earlier?.mirrorApp,
        remember: (mirrorApp) => {
          this.remember({ mirrorApp });
        },
      }),
    );
    await this.step("build", () => awaitBuild(delivery));
    let infraCommit = "";
    await this.step("bump", async () => {
      const pushing = (): void => {
        this.remember({ pushing: true });
      };
      const { commit: bump, message } = await bumpInfra(delivery, { clone: looked.clone, earlier, pushing });
      infraCommit = bump;
      this.remember({ bump });
      return message;
    });
    await this.step("mirror-infra", () =>
      mirrorCommit(delivery, {
        step: "mirror-infra",
        repository: plan.infra,
        commit: infraCommit,
        started: earlier?.mirrorInfra,
        remember: (mirrorInfra) => {
          this.remember({ mirrorInfra });
        },
      }),
    );
    let deployed: Deployed | undefined;
    await this.step("deploy", async () => {
      if (argocd === undefined) throw new Error("the step needs Argo CD, and the plan has none");
      deployed = await awaitDeployment(delivery, argocd, new Lineage(looked.clone, infraCommit), infraCommit);
      return deployed.message;
    });
    this.remember({ deliveredAt: new Date().toISOString() });
    return { result: "delivered", commit, tag, infraCommit, ...deployedOf(deployed) };
  }

  /** Runs a step of the plan; what the plan does not have is left out. */
  private async step(step: StepName, work: () => Promise<string>): Promise<void> {
    const { progress, plan, signal } = this.delivery;
    if (!stepsOf(plan).includes(step)) return;
    signal.throwIfAborted();
    this.began(step);
    progress.tell({ event: "step", step, status: "started" });
    const message = await work();
    progress.tell({ event: "step", step, status: "done", message });
  }

  private remember(more: Partial<Written>): void {
    this.written = { ...this.written, ...more };
    this.delivery.state.write(this.written);
  }
}

function deployedOf(deployed: Deployed | undefined): Pick<Outcome, "revision" | "images"> {
  return deployed === undefined ? {} : { revision: deployed.revision, images: deployed.images };
}
