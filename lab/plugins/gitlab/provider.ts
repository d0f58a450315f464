import {
  type Call,
  type CheckRequest,
  type CheckResult,
  type ConfigureRequest,
  type CreateRequest,
  type CreateResult,
  copySecrecy,
  type DeleteRequest,
  type DiffRequest,
  type DiffResult,
  type PropertyMap,
  type Provider,
  type ReadRequest,
  type ReadResult,
  sameValue,
  type Subject,
  Unknown,
  type UpdateRequest,
  unwrapSecrets,
} from "../rpc";
import { checkInputs } from "./check";
import { createClient } from "./client/client";
import { isNotFound } from "./client/error";
import type { Context } from "./kind";
import { kinds } from "./kinds";
import { foreseenOutputs, outputsOf } from "./outputs";
import { changesOf, difference, planOf } from "./plan";
import { type ResourceType, resourceTypes } from "./resource-type";
import { readSettings } from "./settings";

/** Manages a GitLab's groups, projects and what belongs to them: the lab's double of the official provider. */
export class GitLabProvider implements Provider {
  readonly #types = resourceTypes(kinds);
  #gitlab: Context["gitlab"] | undefined;

  constructor(
    readonly version: string,
    readonly now: () => Date = () => new Date(),
  ) {}

  async configure({ inputs }: ConfigureRequest): Promise<void> {
    const settings = readSettings(inputs);
    const gitlab = createClient(settings);
    // A job's token may not ask who it is.
    if (settings.earlyAuthCheck && settings.authorization["authorization"] !== undefined) {
      await gitlab.Users.showCurrentUser().catch((error: Error) => {
        const fix = "check baseUrl, and that the token is not expired and has the scope api";
        throw new Error(`GitLab does not accept the provider's configuration (${fix}): ${error.message}`);
      });
    }
    this.#gitlab = gitlab;
  }

  check(request: CheckRequest): Promise<CheckResult> {
    return Promise.resolve(checkInputs(this.#type(request), request, this.now()));
  }

  diff(request: DiffRequest): Promise<DiffResult> {
    const type = this.#type(request);
    return Promise.resolve(difference(type, request.newInputs, this.#change(type, request)));
  }

  async create({ inputs, preview, ...subject }: CreateRequest): Promise<CreateResult> {
    const type = this.#type(subject);
    const plan = planOf(type, inputs, undefined, this.now());
    if (preview) return { id: "", outputs: foreseenOutputs(type, plan, inputs) };
    const { id, told } = await type.kind.create(this.#context(), plan);
    return { id, outputs: outputsOf(type, id, told, plan, {}, inputs) };
  }

  async read({ oldInputs, oldOutputs, ...subject }: ReadRequest, call: Call): Promise<ReadResult> {
    const type = this.#type(subject);
    const id = idOf(subject.id, oldOutputs);
    const state = unwrapSecrets(oldOutputs);
    const told = await type.kind.read(this.#context(), partsOf(type, id), state).catch((error: unknown) => {
      if (isNotFound(error)) return undefined;
      throw error;
    });
    if (told === undefined) {
      call.log("debug", `${type.name} ${id} is gone`);
      return { id: "", inputs: {}, outputs: {} };
    }
    // What GitLab does not tell was so before.
    const outputs = outputsOf(type, id, told, state, state, copySecrecy(oldInputs, oldOutputs));
    // Who imports by a path is told the number.
    return { id: idOf(id, outputs), outputs, inputs: inputsOf(type, oldInputs, oldOutputs, outputs) };
  }

  async update(request: UpdateRequest): Promise<{ outputs: PropertyMap }> {
    const type = this.#type(request);
    const change = this.#change(type, request);
    const id = idOf(request.id, request.oldOutputs);
    if (request.preview) {
      const renewed = type.kind.renewed;
      const anew = renewed?.by.some((name) => change.changed[name] !== undefined) === true ? renewed.outputs : [];
      const told = Object.fromEntries(anew.map((name) => [name, new Unknown()]));
      return { outputs: outputsOf(type, id, told, change.plan, change.state, request.newInputs) };
    }
    if (type.kind.update === undefined) throw new Error(`a ${type.name} cannot be changed in place`);
    const told = await type.kind.update(this.#context(), partsOf(type, id), change);
    return { outputs: outputsOf(type, id, told, change.plan, change.state, request.newInputs) };
  }

  async delete({ oldOutputs, ...subject }: DeleteRequest): Promise<void> {
    const type = this.#type(subject);
    const id = partsOf(type, idOf(subject.id, oldOutputs));
    await type.kind.remove(this.#context(), id, unwrapSecrets(oldOutputs)).catch((error: unknown) => {
      if (!isNotFound(error)) throw error;
    });
  }

  #change(type: ResourceType, { oldOutputs, newInputs }: Pick<DiffRequest, "oldOutputs" | "newInputs">) {
    const state = unwrapSecrets(oldOutputs);
    return changesOf(type, state, planOf(type, newInputs, state, this.now()));
  }

  #type({ type }: Pick<Subject, "type">): ResourceType {
    const found = this.#types.get(type);
    if (found !== undefined) return found;
    const known = [...this.#types.values()].map(({ name }) => name).join(", ");
    throw new Error(`the lab's double of the gitlab provider has no ${type}; it has ${known}`);
  }

  #context(): Context {
    if (this.#gitlab === undefined) throw new Error("the gitlab provider was used before it was configured");
    return { gitlab: this.#gitlab, now: this.now() };
  }
}

/** A rotated token has another id than the engine knows; the outputs have it. */
function idOf(id: string, outputs: PropertyMap): string {
  return typeof outputs["id"] === "string" ? outputs["id"] : id;
}

function partsOf({ kind }: ResourceType, id: string): string[] {
  const parts = id.split(":");
  return [...parts.slice(0, kind.idParts - 1), parts.slice(kind.idParts - 1).join(":")];
}

/** The inputs after a look at GitLab: as they were, but for what has changed there. An imported resource has them all. */
function inputsOf(
  type: ResourceType,
  oldInputs: PropertyMap,
  oldOutputs: PropertyMap,
  outputs: PropertyMap,
): PropertyMap {
  const imported = Object.keys(oldOutputs).length === 0;
  const names = imported ? type.inputs : Object.keys(oldInputs).filter((name) => type.input(name) !== undefined);
  const read = names.flatMap((name) => {
    const value = outputs[name];
    const [given, before] = [oldInputs[name], oldOutputs[name]];
    if (given !== undefined && value !== undefined && sameValue(before, value)) return [[name, given] as const];
    if (value === undefined || (imported && sameValue(value, type.zero(name)))) return [];
    return [[name, value] as const];
  });
  const defaults = oldInputs["__defaults"];
  return { ...Object.fromEntries(read), ...(defaults === undefined ? {} : { __defaults: defaults }) };
}
