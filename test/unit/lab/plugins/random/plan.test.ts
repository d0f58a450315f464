import { describe, expect, it } from "vitest";
import { kinds } from "../../../../../lab/plugins/random/kinds";
import { difference } from "../../../../../lab/plugins/random/plan";
import { type PropertyMap, Secret, Unknown } from "../../../../../lab/plugins/rpc";

const password = kinds.get("random:index/randomPassword:RandomPassword");
if (password === undefined) throw new Error("no RandomPassword");

const state = {
  length: 8,
  upper: true,
  lower: true,
  special: true,
  number: true,
  numeric: true,
  minUpper: 0,
  minLower: 0,
  minNumeric: 0,
  minSpecial: 0,
  result: new Secret("r"),
};

interface Row {
  readonly title: string;
  readonly state?: PropertyMap;
  readonly inputs: PropertyMap;
  readonly replaces: readonly string[];
  /** Kinds by path. */
  readonly detail: Record<string, string>;
}

const rows: readonly Row[] = [
  { title: "defaults given by hand", inputs: { length: 8, upper: true, minUpper: 0 }, replaces: [], detail: {} },
  { title: "another length", inputs: { length: 9 }, replaces: ["length"], detail: { length: "update-replace" } },
  {
    title: "a new keeper",
    inputs: { length: 8, keepers: { a: "1" } },
    replaces: ["keepers"],
    detail: { keepers: "add-replace" },
  },
  {
    title: "a keeper more, one less and one changed",
    state: { keepers: { a: "1", "b/c": "2" } },
    inputs: { length: 8, keepers: { a: "2", d: "3" } },
    replaces: ["keepers"],
    detail: {
      "keepers.a": "update-replace",
      'keepers["b/c"]': "delete-replace",
      "keepers.d": "add-replace",
    },
  },
  {
    title: "a secret keeper of the same value",
    state: { keepers: { a: new Secret("1") } },
    inputs: { length: 8, keepers: { a: "1" } },
    replaces: [],
    detail: {},
  },
  {
    title: "a keeper that is null, which counts as none",
    inputs: { length: 8, keepers: { a: null } },
    replaces: [],
    detail: { keepers: "add" },
  },
  {
    title: "a keeper that is not known yet",
    state: { keepers: { a: "1" } },
    inputs: { length: 8, keepers: { a: new Unknown() } },
    replaces: ["keepers"],
    detail: { "keepers.a": "update-replace" },
  },
  {
    title: "a list of special characters that is not known yet, which the update will judge",
    inputs: { length: 8, overrideSpecial: new Unknown() },
    replaces: [],
    detail: { overrideSpecial: "add" },
  },
  {
    title: "an empty list of special characters taken out",
    state: { overrideSpecial: "" },
    inputs: { length: 8 },
    replaces: [],
    detail: { overrideSpecial: "delete" },
  },
  {
    title: "one of two names of the same attribute",
    inputs: { length: 8, number: false },
    replaces: ["number", "numeric"],
    detail: { number: "update-replace", numeric: "update-replace" },
  },
];

describe("the difference that inputs make", () => {
  it.each(rows.map((row) => [row.title, row] as const))("with %s", (_, { state: more, inputs, replaces, detail }) => {
    const result = difference(password, { ...state, ...more }, inputs);
    expect(result.replaces).toEqual(replaces);
    const kindsByPath = Object.entries(result.detailedDiff ?? {}).map(([path, { kind }]) => [path, kind]);
    expect(Object.fromEntries(kindsByPath)).toEqual(detail);
    expect(result.changes).toBe(Object.keys(detail).length === 0 ? "none" : "some");
  });
});
