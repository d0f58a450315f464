import { expect } from "vitest";

/** A resource of the random package in a program. */
export interface Declaration {
  readonly name: string;
  readonly kind: string;
  readonly args: object;
  readonly options?: object;
}

/** A program that declares the resources, and gives out all their outputs by name. */
export function program(declarations: readonly Declaration[]): string {
  return [
    `const random = require("@pulumi/random");`,
    `const shown = ({ urn, ...rest }) =>`,
    `  Object.fromEntries(Object.entries(rest).filter(([key]) => !key.startsWith("_")));`,
    ...declarations.map(({ name, kind, args, options = {} }) => {
      const texts = [name, args, options].map((value) => JSON.stringify(value));
      return `exports[${JSON.stringify(name)}] = shown(new random.${kind}(${texts.join(", ")}));`;
    }),
  ].join("\n");
}

/** What a resource is given in one run, and what the engine does to it. */
export interface Round {
  readonly args: object;
  readonly steps: readonly string[];
}

/** A resource through its life, one set of arguments after the other. */
export interface Scenario {
  readonly title: string;
  readonly kind: string;
  readonly args: object;
  /** The outputs of the first run; what is missing here must be missing there. */
  readonly outputs: Record<string, unknown>;
  readonly then: readonly Round[];
}

const replaced = ["create-replacement", "replace", "delete-replaced"];
const text = (pattern: RegExp): unknown => expect.stringMatching(pattern) as unknown;

export const scenarios: readonly Scenario[] = [
  {
    title: "a password is kept until its length, a keeper or a character set changes",
    kind: "RandomPassword",
    args: { length: 20 },
    outputs: {
      id: "none",
      length: 20,
      upper: true,
      lower: true,
      special: true,
      number: true,
      numeric: true,
      minUpper: 0,
      minLower: 0,
      minNumeric: 0,
      minSpecial: 0,
      result: text(/^[\w!@#$%&*()\-=+[\]{}<>:?]{20}$/),
      bcryptHash: text(/^\$2a\$10\$.{53}$/),
    },
    then: [
      { args: { length: 20 }, steps: [] },
      { args: { length: 20, special: true, minUpper: 0 }, steps: [] },
      { args: { length: 21 }, steps: replaced },
      { args: { length: 21, keepers: { generation: "1" } }, steps: replaced },
      { args: { length: 21, keepers: { generation: "2" } }, steps: replaced },
      { args: { length: 21 }, steps: replaced },
      { args: { length: 21, numeric: false }, steps: replaced },
      { args: { length: 21, number: false }, steps: [] },
      { args: { length: 21, number: false, overrideSpecial: "_" }, steps: replaced },
    ],
  },
  {
    title: "an empty list of special characters can be taken out without a new password",
    kind: "RandomPassword",
    args: { length: 8, overrideSpecial: "" },
    outputs: expect.objectContaining({ overrideSpecial: "" }) as Record<string, unknown>,
    then: [{ args: { length: 8 }, steps: ["update"] }],
  },
  {
    title: "a string is its own id",
    kind: "RandomString",
    args: { length: 6, upper: false, special: false, minNumeric: 2 },
    outputs: expect.objectContaining({
      id: text(/^[a-z0-9]{6}$/),
      result: text(/^(?=(?:.*\d){2})[a-z0-9]{6}$/),
    }) as Record<string, unknown>,
    then: [
      { args: { length: 6, upper: false, special: false, minNumeric: 2 }, steps: [] },
      { args: { length: 6, upper: false, special: false, minNumeric: 3 }, steps: replaced },
    ],
  },
  {
    title: "an id has four spellings behind its prefix",
    kind: "RandomId",
    args: { byteLength: 8, prefix: "web-" },
    outputs: {
      id: text(/^[\w-]{11}$/),
      byteLength: 8,
      prefix: "web-",
      b64Url: text(/^web-[\w-]{11}$/),
      b64Std: text(/^web-[A-Za-z0-9+/]{11}=$/),
      hex: text(/^web-[0-9a-f]{16}$/),
      dec: text(/^web-\d+$/),
    },
    then: [
      { args: { byteLength: 8, prefix: "web-" }, steps: [] },
      { args: { byteLength: 8, prefix: "api-" }, steps: replaced },
    ],
  },
  {
    title: "bytes are secret, in base64 and hexadecimal",
    kind: "RandomBytes",
    args: { length: 16 },
    outputs: { id: text(/^.{24}$/), length: 16, base64: text(/^[A-Za-z0-9+/]{22}==$/), hex: text(/^[0-9a-f]{32}$/) },
    then: [
      { args: { length: 16 }, steps: [] },
      { args: { length: 17 }, steps: replaced },
    ],
  },
  {
    title: "a UUID changes with its keepers only",
    kind: "RandomUuid",
    args: { keepers: { host: "a" } },
    outputs: {
      id: text(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      result: text(/^[0-9a-f-]{36}$/),
      keepers: { host: "a" },
    },
    then: [
      { args: { keepers: { host: "a" } }, steps: [] },
      { args: { keepers: { host: "a", zone: "b" } }, steps: replaced },
    ],
  },
  {
    title: "a pet's name has as many words as asked for",
    kind: "RandomPet",
    args: { length: 3, separator: ".", prefix: "my" },
    outputs: { id: text(/^my\.[a-z]+\.[a-z]+\.[a-z]+$/), length: 3, separator: ".", prefix: "my" },
    then: [
      { args: { length: 3, separator: ".", prefix: "my" }, steps: [] },
      { args: { separator: ".", prefix: "my" }, steps: replaced },
    ],
  },
  {
    title: "a list is shuffled once",
    kind: "RandomShuffle",
    args: { inputs: ["a", "b"], resultCount: 3 },
    outputs: {
      id: "-",
      inputs: ["a", "b"],
      resultCount: 3,
      results: [text(/^[ab]$/), text(/^[ab]$/), text(/^[ab]$/)],
    },
    then: [
      { args: { inputs: ["a", "b"], resultCount: 3 }, steps: [] },
      { args: { inputs: ["a", "b", "c"], resultCount: 3 }, steps: replaced },
    ],
  },
];
