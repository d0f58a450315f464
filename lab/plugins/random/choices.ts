import type { PropertyValue } from "../rpc";
import { dice, shuffled } from "./entropy";
import { integerOf, type Kind, keepers, type Plan, stringOf } from "./kind";

/** RandomInteger: a number of a range, both ends included. */
export const randomInteger: Kind = {
  attributes: {
    keepers,
    min: { type: "integer", required: true },
    max: { type: "integer", required: true },
    seed: { type: "string" },
  },
  computed: ["result", "id"],
  secrets: [],
  generate: (plan) => {
    const [min, max] = [integerOf(plan, "min"), integerOf(plan, "max")];
    if (max < min) {
      const fact = "The minimum (min) value needs to be smaller than or equal to maximum (max) value.";
      throw new Error(`Create Random Integer Error: ${fact}`);
    }
    return integer(plan, min + dice(stringOf(plan, "seed"))(max - min + 1));
  },
  adopt: (id) => {
    const parts = /^(-?\d+),(-?\d+),(-?\d+)(?:,(.*))?$/.exec(id);
    if (parts === null) {
      const usage = "expecting {result},{min},{max} or {result},{min},{max},{seed}";
      throw new Error(`Import Random Integer Error: Invalid import usage: ${usage}`);
    }
    const [, result, min, max, seed] = parts;
    return integer({ min: Number(min), max: Number(max), ...(seed === undefined ? {} : { seed }) }, Number(result));
  },
};

function integer(plan: Plan, result: number) {
  return { id: String(result), outputs: { ...plan, id: String(result), result } };
}

/** RandomShuffle: a list in random order, cut or repeated to the wished length. */
export const randomShuffle: Kind = {
  attributes: {
    keepers,
    inputs: { type: "list", required: true },
    resultCount: { type: "integer" },
    seed: { type: "string" },
  },
  computed: ["results", "id"],
  secrets: [],
  generate: (plan) => {
    const inputs = Array.isArray(plan["inputs"]) ? plan["inputs"] : [];
    const roll = dice(stringOf(plan, "seed"));
    const count = integerOf(plan, "resultCount") || inputs.length;
    const results: PropertyValue[] = [];
    while (inputs.length > 0 && results.length < count) results.push(...shuffled(inputs, roll));
    return { id: "-", outputs: { ...plan, id: "-", results: results.slice(0, count) } };
  },
};
