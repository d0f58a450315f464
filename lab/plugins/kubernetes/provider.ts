import type {
  Call,
  CheckRequest,
  CheckResult,
  ConfigureRequest,
  CreateRequest,
  CreateResult,
  DeleteRequest,
  DiffRequest,
  DiffResult,
  PropertyMap,
  Provider,
  ReadRequest,
  ReadResult,
  Subject,
  UpdateRequest,
} from "../rpc";
import { type Cluster, type ReachedCluster, reachCluster } from "./cluster";
import { diffProvider } from "./config/provider-diff";
import { type Settings, readSettings } from "./config/settings";
import { refusal, refusing } from "./refusals";
import { check } from "./steps/check";
import type { StepContext } from "./steps/context";
import { create } from "./steps/create";
import { remove } from "./steps/delete";
import { diff } from "./steps/diff";
import { read } from "./steps/read";
import { update } from "./steps/update";

const forgetHint =
  `When the cluster is gone for good, set the environment variable PULUMI_K8S_DELETE_UNREACHABLE=true ` +
  `(or the provider's deleteUnreachable) and run the command again: the resource then leaves the state.`;

/** Manages the objects of a Kubernetes cluster for Pulumi: the lab's double of the official provider. */
export class KubernetesProvider implements Provider {
  readonly version: string;
  #configured: { readonly settings: Settings; readonly cluster: Cluster } | undefined;

  constructor(version: string) {
    this.version = version;
  }

  async configure({ inputs }: ConfigureRequest): Promise<void> {
    await refusing(async () => {
      const settings = readSettings(inputs);
      this.#configured = { settings, cluster: await reachCluster(settings) };
    });
  }

  async diffConfig(request: Omit<DiffRequest, "id">): Promise<DiffResult> {
    return refusing(async () => diffProvider(request.oldInputs, request.newInputs));
  }

  async check(request: CheckRequest, call: Call): Promise<CheckResult> {
    const { settings, cluster } = this.#require();
    return refusing(() => check(request, settings, cluster, call));
  }

  async diff(request: DiffRequest, call: Call): Promise<DiffResult> {
    const { settings, cluster } = this.#require();
    return refusing(() => diff(request, settings, cluster, call));
  }

  async create(request: CreateRequest, call: Call): Promise<CreateResult> {
    const { settings, cluster } = this.#require();
    if (cluster.reachable) return run(call, (own) => create(request, context(settings, cluster, request, own)));
    if (request.preview) return { id: "", outputs: request.inputs };
    throw refusal(`the configured Kubernetes cluster is unreachable: ${cluster.reason}`);
  }

  async update(request: UpdateRequest, call: Call): Promise<{ outputs: PropertyMap }> {
    const { settings, cluster } = this.#require();
    if (cluster.reachable) return run(call, (own) => update(request, context(settings, cluster, request, own)));
    if (request.preview) return { outputs: request.newInputs };
    throw refusal(`the configured Kubernetes cluster is unreachable: ${cluster.reason}`);
  }

  async read(request: ReadRequest, call: Call): Promise<ReadResult> {
    const { settings, cluster } = this.#require();
    if (cluster.reachable) return run(call, (own) => read(request, context(settings, cluster, request, own)));
    call.log("warning", `the configured Kubernetes cluster is unreachable: ${cluster.reason}`);
    if (settings.deleteUnreachable) return { id: "", inputs: {}, outputs: {} };
    if (settings.skipUpdateUnreachable) {
      return { id: request.id, inputs: request.oldInputs, outputs: request.oldOutputs };
    }
    throw refusal(`the resource cannot be read, since the cluster is unreachable. ${forgetHint}`);
  }

  async delete(request: DeleteRequest, call: Call): Promise<void> {
    const { settings, cluster } = this.#require();
    if (cluster.reachable) return run(call, (own) => remove(request, context(settings, cluster, request, own)));
    call.log("warning", `the configured Kubernetes cluster is unreachable: ${cluster.reason}`);
    if (settings.deleteUnreachable) return;
    throw refusal(`the resource cannot be deleted, since the cluster is unreachable. ${forgetHint}`);
  }

  #require(): { readonly settings: Settings; readonly cluster: Cluster } {
    if (this.#configured === undefined) throw new Error("the kubernetes provider was used before it was configured");
    return this.#configured;
  }
}

/** Runs a step, and takes its last progress line away when it is done. */
async function run<T>(call: Call, step: (call: Call) => Promise<T>): Promise<T> {
  let shown = false;
  const status = (message: string): void => {
    shown = true;
    call.status(message);
  };
  try {
    return await refusing(() => step({ ...call, status }));
  } finally {
    if (shown) call.status("");
  }
}

function context(settings: Settings, cluster: ReachedCluster, subject: Subject, call: Call): StepContext {
  return { settings, cluster, subject, call };
}
