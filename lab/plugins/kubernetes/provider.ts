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
    const settings = readSettings(inputs);
    this.#configured = { settings, cluster: await reachCluster(settings) };
  }

  async diffConfig(request: Omit<DiffRequest, "id">): Promise<DiffResult> {
    return diffProvider(request.oldInputs, request.newInputs);
  }

  async check(request: CheckRequest, call: Call): Promise<CheckResult> {
    const { settings, cluster } = this.#require();
    return check(request, settings, cluster, call);
  }

  async diff(request: DiffRequest, call: Call): Promise<DiffResult> {
    const { settings, cluster } = this.#require();
    return diff(request, settings, cluster, call);
  }

  async create(request: CreateRequest, call: Call): Promise<CreateResult> {
    const { settings, cluster } = this.#require();
    if (cluster.reachable) return create(request, context(settings, cluster, request, call));
    if (request.preview) return { id: "", outputs: request.inputs };
    throw new Error(`the configured Kubernetes cluster is unreachable: ${cluster.reason}`);
  }

  async update(request: UpdateRequest, call: Call): Promise<{ outputs: PropertyMap }> {
    const { settings, cluster } = this.#require();
    if (cluster.reachable) return update(request, context(settings, cluster, request, call));
    if (request.preview) return { outputs: request.newInputs };
    throw new Error(`the configured Kubernetes cluster is unreachable: ${cluster.reason}`);
  }

  async read(request: ReadRequest, call: Call): Promise<ReadResult> {
    const { settings, cluster } = this.#require();
    if (cluster.reachable) return read(request, context(settings, cluster, request, call));
    call.log("warning", `the configured Kubernetes cluster is unreachable: ${cluster.reason}`);
    if (settings.deleteUnreachable) return { id: "", inputs: {}, outputs: {} };
    if (settings.skipUpdateUnreachable) {
      return { id: request.id, inputs: request.oldInputs, outputs: request.oldOutputs };
    }
    throw new Error(`the resource cannot be read, since the cluster is unreachable. ${forgetHint}`);
  }

  async delete(request: DeleteRequest, call: Call): Promise<void> {
    const { settings, cluster } = this.#require();
    if (cluster.reachable) return remove(request, context(settings, cluster, request, call));
    call.log("warning", `the configured Kubernetes cluster is unreachable: ${cluster.reason}`);
    if (settings.deleteUnreachable) return;
    throw new Error(`the resource cannot be deleted, since the cluster is unreachable. ${forgetHint}`);
  }

  #require(): { readonly settings: Settings; readonly cluster: Cluster } {
    if (this.#configured === undefined) throw new Error("the kubernetes provider was used before it was configured");
    return this.#configured;
  }
}

function context(settings: Settings, cluster: ReachedCluster, subject: Subject, call: Call): StepContext {
  return { settings, cluster, subject, call };
}
