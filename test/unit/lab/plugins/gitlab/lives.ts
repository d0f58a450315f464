import { GitLabProvider } from "../../../../../lab/plugins/gitlab/provider";
import { type Call, type DiffResult, hasSecret, type PropertyMap, Secret } from "../../../../../lab/plugins/rpc";

const call: Call = { signal: new AbortController().signal, log: () => {}, status: () => {} };

/** A resource that exists, as the engine's state has it. */
export interface Life {
  readonly id: string;
  readonly inputs: PropertyMap;
  readonly outputs: PropertyMap;
}

/** The provider, asked as the engine asks it. `kind` is a class of the package: `ProjectHook`. */
export class Engine {
  readonly provider: GitLabProvider;

  constructor(now?: () => Date) {
    this.provider = new GitLabProvider("10.1.1", now);
  }

  async configure(inputs: PropertyMap): Promise<this> {
    await this.provider.configure({ inputs });
    return this;
  }

  async check(kind: string, newInputs: PropertyMap, oldInputs: PropertyMap = {}) {
    return this.provider.check({ ...subject(kind), oldInputs, newInputs, randomSeed: new Uint8Array([1]) });
  }

  /** Checked inputs; throws what is wrong with them. */
  async checked(kind: string, inputs: PropertyMap, oldInputs: PropertyMap = {}): Promise<PropertyMap> {
    const { inputs: checked, failures = [] } = await this.check(kind, inputs, oldInputs);
    if (failures.length > 0) throw new Error(failures.map(({ reason }) => reason).join("; "));
    return checked;
  }

  async foresee(kind: string, args: PropertyMap): Promise<PropertyMap> {
    const inputs = await this.checked(kind, args);
    const request = { ...subject(kind), inputs, preview: true, timeoutSeconds: undefined };
    return (await this.provider.create(request)).outputs;
  }

  async create(kind: string, args: PropertyMap): Promise<Life> {
    const inputs = await this.checked(kind, args);
    const request = { ...subject(kind), inputs, preview: false, timeoutSeconds: undefined };
    return { inputs, ...(await this.provider.create(request)) };
  }

  async diff(kind: string, life: Life, args: PropertyMap): Promise<DiffResult> {
    const newInputs = await this.checked(kind, args, life.inputs);
    return this.provider.diff({ ...old(kind, life), newInputs, ignoreChanges: [] });
  }

  async update(kind: string, life: Life, args: PropertyMap, preview = false): Promise<Life> {
    const newInputs = await this.checked(kind, args, life.inputs);
    const request = { ...old(kind, life), newInputs, ignoreChanges: [], preview, timeoutSeconds: undefined };
    return { id: life.id, inputs: newInputs, outputs: (await this.provider.update(request)).outputs };
  }

  /** `undefined` when it is gone. */
  async read(kind: string, life: Life): Promise<Life | undefined> {
    const read = await this.provider.read(old(kind, life), call);
    return read.id === "" ? undefined : read;
  }

  import(kind: string, id: string): Promise<Life | undefined> {
    return this.read(kind, { id, inputs: {}, outputs: {} });
  }

  async delete(kind: string, life: Life): Promise<void> {
    await this.provider.delete({ ...old(kind, life), timeoutSeconds: undefined });
  }
}

/** The outputs that are secret, by name. */
export function secretsOf(outputs: PropertyMap): string[] {
  return Object.keys(outputs).filter((name) => outputs[name] instanceof Secret || hasSecret(outputs[name] ?? null));
}

function subject(kind: string) {
  return {
    urn: `urn:${kind}`,
    name: "thing",
    type: `gitlab:index/${kind.charAt(0).toLowerCase()}${kind.slice(1)}:${kind}`,
  };
}

function old(kind: string, { id, inputs, outputs }: Life) {
  return { ...subject(kind), id, oldInputs: inputs, oldOutputs: outputs };
}
