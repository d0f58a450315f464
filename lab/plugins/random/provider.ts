import {
  type Call,
  type CheckRequest,
  type CheckResult,
  copySecrecy,
  type CreateRequest,
  type CreateResult,
  type DiffRequest,
  type DiffResult,
  type PropertyMap,
  type Provider,
  type ReadRequest,
  type ReadResult,
  Secret,
  type Subject,
  Unknown,
  type UpdateRequest,
} from "../rpc";
import { deprecationsOf, failuresOf } from "./check";
import type { Kind } from "./kind";
import { kinds } from "./kinds";
import { difference, planOf } from "./plan";

/**
 * A double of the official plugin `random`: values that are generated once and live in the state. There is no
 * system behind them, so reading gives back the state, and deleting forgets it.
 */
export class RandomProvider implements Provider {
  constructor(readonly version: string) {}

  configure(): Promise<void> {
    return Promise.resolve();
  }

  check(request: CheckRequest, call: Call): Promise<CheckResult> {
    const kind = kindOf(request);
    for (const warning of deprecationsOf(kind, request.newInputs)) call.log("warning", warning);
    return Promise.resolve({
      inputs: request.newInputs,
      failures: failuresOf(kind, request.name, request.newInputs),
    });
  }

  diff(request: DiffRequest): Promise<DiffResult> {
    return Promise.resolve(difference(kindOf(request), request.oldOutputs, request.newInputs));
  }

  async create(request: CreateRequest): Promise<CreateResult> {
    const kind = kindOf(request);
    const plan = planOf(kind, request.inputs);
    const { id, outputs } = request.preview
      ? { id: "", outputs: { ...plan, ...unknowns(kind) } }
      : await kind.generate(plan);
    return { id, outputs: withSecrets(kind, request.inputs, outputs) };
  }

  async read({ id, oldInputs, oldOutputs, ...subject }: ReadRequest): Promise<ReadResult> {
    if (Object.keys(oldOutputs).length > 0) return { id, inputs: oldInputs, outputs: oldOutputs };
    const kind = kindOf(subject);
    if (kind.adopt === undefined) {
      throw new Error(
        "Resource Import Not Implemented: This resource does not support import. " +
          "Please contact the provider developer for additional information.",
      );
    }
    const adopted = await kind.adopt(id);
    return {
      id: adopted.id,
      inputs: planOf(kind, adopted.outputs),
      outputs: withSecrets(kind, {}, adopted.outputs),
    };
  }

  /** Only what does not ask for a new value comes here: the value stays, the inputs are taken over. */
  update({ oldOutputs, newInputs, ...subject }: UpdateRequest): Promise<{ outputs: PropertyMap }> {
    const kind = kindOf(subject);
    const generated = Object.entries(oldOutputs).filter(([name]) => kind.attributes[name] === undefined);
    const outputs = { ...planOf(kind, newInputs), ...Object.fromEntries(generated) };
    return Promise.resolve({ outputs: withSecrets(kind, newInputs, outputs) });
  }

  delete(): Promise<void> {
    return Promise.resolve();
  }
}

function kindOf({ type }: Pick<Subject, "type">): Kind {
  const kind = kinds.get(type);
  if (kind === undefined) throw new Error(`the random provider has no resource type ${type}`);
  return kind;
}

function unknowns(kind: Kind): PropertyMap {
  return Object.fromEntries(kind.computed.map((name) => [name, new Unknown()]));
}

/** Makes secret what the kind says and what was secret in the inputs: all of a plain value, of a map its members. */
function withSecrets(kind: Kind, inputs: PropertyMap, outputs: PropertyMap): PropertyMap {
  const marked = Object.entries(outputs).map(([name, value]) => {
    const secret = kind.secrets.includes(name) && !(value instanceof Secret);
    return [name, secret ? new Secret(value) : value] as const;
  });
  return copySecrecy<PropertyMap>(inputs, Object.fromEntries(marked));
}
