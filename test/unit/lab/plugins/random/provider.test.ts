import { compareSync } from "bcryptjs";
import { describe, expect, it, vi } from "vitest";
import { RandomProvider } from "../../../../../lab/plugins/random/provider";
import {
  type Call,
  hasUnknown,
  isSecretAt,
  type PropertyMap,
  Secret,
  Unknown,
  unwrapSecrets,
} from "../../../../../lab/plugins/rpc";

const provider = new RandomProvider("4.21.2");
const silent: Call = { signal: new AbortController().signal, log: () => {}, status: () => {} };

const subject = (kind: string) => ({
  urn: "urn",
  name: "value",
  type: `random:index/${kind.charAt(0).toLowerCase()}${kind.slice(1)}:${kind}`,
});

const create = async (kind: string, inputs: PropertyMap, preview = false): Promise<PropertyMap> => {
  const { outputs } = await provider.create({ ...subject(kind), inputs, preview, timeoutSeconds: undefined });
  return outputs;
};

const text = async (inputs: PropertyMap): Promise<string> => String((await create("RandomString", inputs))["result"]);

describe("a generated text", () => {
  it("has all the characters that the minima ask for, also of a set that is switched off", async () => {
    const minima = { length: 8, minUpper: 2, minLower: 2, minNumeric: 2, minSpecial: 2, upper: false };
    for (let round = 0; round < 50; round++) {
      const result = await text(minima);
      expect(result).toHaveLength(8);
      for (const set of [/[A-Z]/g, /[a-z]/g, /\d/g, /[^A-Za-z\d]/g]) expect(result.match(set)).toHaveLength(2);
    }
  });

  it("holds nothing of a set that is switched off", async () => {
    const result = await text({ length: 500, special: false, number: false });
    expect(result).toMatch(/^[A-Za-z]{500}$/);
  });

  it("takes its special characters from the list that is given", async () => {
    const result = await text({ length: 200, upper: false, lower: false, numeric: false, overrideSpecial: "_é" });
    expect(result).toMatch(/^[_é]{200}$/);
  });

  it("uses each character of the alphabet about equally, at every place", async () => {
    const rounds = await Promise.all(Array.from({ length: 40 }, () => text({ length: 500, special: false })));
    const counts = new Map<string, number>();
    for (const character of rounds.join("")) counts.set(character, (counts.get(character) ?? 0) + 1);
    expect(counts.size).toBe(62);
    // 20,000 draws of 62: about 323 each, with a standard deviation of 18.
    for (const count of counts.values()) expect(Math.abs(count - 20_000 / 62)).toBeLessThan(130);
    const minimumFirst = await Promise.all(
      Array.from({ length: 40 }, () => text({ length: 4, minNumeric: 1, numeric: false, special: false })),
    );
    expect(new Set(minimumFirst.map((result) => result.search(/\d/))).size).toBeGreaterThan(2);
  });
});

describe("a generated password", () => {
  it("is secret, and so is its hash of cost 10, which fits it", async () => {
    const outputs = await create("RandomPassword", { length: 30 });
    expect(["result", "bcryptHash", "length"].map((name) => isSecretAt(outputs, [name]))).toEqual([true, true, false]);
    const { result, bcryptHash } = unwrapSecrets(outputs);
    expect(bcryptHash).toMatch(/^\$2a\$10\$/);
    expect(compareSync(String(result), String(bcryptHash))).toBe(true);
  });

  it("longer than bcrypt's 72 bytes is hashed by its first 72", async () => {
    const { result, bcryptHash } = unwrapSecrets(await create("RandomPassword", { length: 100 }));
    expect(result).toHaveLength(100);
    expect(compareSync(String(result).slice(0, 72), String(bcryptHash))).toBe(true);
  });
});

describe("a preview", () => {
  it.each([
    ["RandomPassword", { length: 3 }, ["result", "bcryptHash", "id"]],
    ["RandomId", { byteLength: 3 }, ["b64Url", "b64Std", "hex", "dec", "id"]],
    ["RandomBytes", { length: 3 }, ["base64", "hex"]],
    ["RandomPet", {}, ["id"]],
  ])("of %s knows all but what is generated", async (kind, inputs, unknown) => {
    const outputs = await create(kind, inputs, true);
    const names = Object.keys(outputs).filter((name) => hasUnknown(outputs[name] ?? null));
    expect(names.sort()).toEqual([...unknown].sort());
    expect(outputs).toMatchObject(inputs);
  });
});

describe("an identifier", () => {
  it("spells the same bytes in four ways", async () => {
    const { hex, dec, b64Std, b64Url, id } = await create("RandomId", { byteLength: 5, prefix: "p:" });
    const bytes = Buffer.from(String(id), "base64url");
    expect(bytes).toHaveLength(5);
    expect([hex, b64Url, b64Std]).toEqual([
      `p:${bytes.toString("hex")}`,
      `p:${String(id)}`,
      `p:${bytes.toString("base64")}`,
    ]);
    expect(dec).toBe(`p:${BigInt(`0x${bytes.toString("hex")}`)}`);
  });

  it("as UUID has the version that was asked for", async () => {
    expect((await create("RandomUuid", {}))["result"]).toMatch(/^.{14}4.{4}[89ab]/);
    expect((await create("RandomUuid4", {}))["result"]).toMatch(/^.{14}4.{4}[89ab]/);
    expect((await create("RandomUuid7", {}))["result"]).toMatch(
      /^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/,
    );
  });

  it("as UUID 7 begins with the time", async () => {
    vi.useFakeTimers({ now: 0x0123456789ab });
    const { result } = await create("RandomUuid7", {});
    vi.useRealTimers();
    expect(String(result).startsWith("01234567-89ab-7")).toBe(true);
  });
});

describe("a choice", () => {
  it("stays inside its range, ends included", async () => {
    const results = new Set<unknown>();
    for (let round = 0; round < 100; round++)
      results.add((await create("RandomInteger", { min: -1, max: 1 }))["result"]);
    expect([...results].sort()).toEqual([-1, 0, 1]);
  });

  it("refuses a range whose ends are swapped", async () => {
    await expect(create("RandomInteger", { min: 2, max: 1 })).rejects.toThrow("needs to be smaller than or equal");
  });

  it("with a seed is always the same, and with another seed another", async () => {
    const draw = (seed: string) => create("RandomInteger", { min: 0, max: 1_000_000, seed });
    expect(await draw("a")).toEqual(await draw("a"));
    expect((await draw("a"))["result"]).not.toBe((await draw("b"))["result"]);
  });

  it("of a list takes each item as often as any other before it repeats one", async () => {
    const { results } = await create("RandomShuffle", { inputs: ["a", "b", "c"], resultCount: 5 });
    const list = results as string[];
    expect(list).toHaveLength(5);
    expect(list.slice(0, 3).sort()).toEqual(["a", "b", "c"]);
    expect((await create("RandomShuffle", { inputs: [], resultCount: 2 }))["results"]).toEqual([]);
  });
});

describe("secrets in the inputs", () => {
  it("are secret in the outputs, key by key", async () => {
    const outputs = await create("RandomUuid", { keepers: { open: "o", hidden: new Secret("h") } });
    expect(isSecretAt(outputs, ["keepers", "hidden"])).toBe(true);
    expect(isSecretAt(outputs, ["keepers", "open"])).toBe(false);
    expect(unwrapSecrets(outputs)["keepers"]).toEqual({ open: "o", hidden: "h" });
  });
});

describe("a check", () => {
  const check = (kind: string, newInputs: PropertyMap, call = silent) =>
    provider.check({ ...subject(kind), oldInputs: {}, newInputs, randomSeed: new Uint8Array() }, call);

  it.each<[string, PropertyMap, string]>([
    ["RandomPassword", {}, "Missing required property 'length'"],
    ["RandomPassword", { length: "8" }, "Attribute length must be a integer"],
    ["RandomBytes", { length: 0 }, "Attribute length value must be at least 1, got: 0"],
    ["RandomUuid", { keepers: "a" }, "Attribute keepers must be a map"],
    ["RandomShuffle", { inputs: "a" }, "Attribute inputs must be a list"],
    ["RandomString", { length: 1, minLower: 1, minUpper: 1 }, "must be at least sum of min_upper + min_lower"],
  ])("of %s with %j says that %s", async (kind, inputs, reason) => {
    const { failures } = await check(kind, inputs);
    expect(failures?.map((failure) => failure.reason).join()).toContain(reason);
  });

  it("gives an unknown value the benefit of the doubt", async () => {
    const inputs = { length: new Unknown("number"), minUpper: 5 };
    expect((await check("RandomPassword", inputs)).failures).toEqual([]);
  });

  it("warns of `number`, which is deprecated", async () => {
    const log = vi.fn();
    await check("RandomPassword", { length: 3, number: true }, { ...silent, log });
    expect(log).toHaveBeenCalledExactlyOnceWith("warning", expect.stringContaining('property "number" is deprecated'));
  });

  it("of a type that the package does not have names it", () => {
    expect(() => check("RandomHorse", {})).toThrow("random:index/randomHorse:RandomHorse");
  });
});
