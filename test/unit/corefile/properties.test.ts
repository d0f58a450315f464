import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseCorefile, reconcileCorefile, verifyCorefile } from "../../../corefile";
import { lex } from "../../../corefile/lexer";
import type { DnsForward } from "../../../model/platform";
import { UserError } from "../../../model/problem";
import { corefile, damagedCorefile } from "./arbitraries";
import { examples } from "./examples";

const someCorefile = fc.oneof(corefile, fc.constantFrom(...examples.map(([, text]) => text)));

const address = fc
  .tuple(fc.nat({ max: 250 }), fc.integer({ min: 1, max: 65535 }), fc.boolean())
  .map(([host, port, bare]) => (bare ? `10.1.2.${String(host)}` : `10.1.3.${String(host)}:${String(port)}`));

/** Zones that none of the generated Corefiles serves. */
const forwards: fc.Arbitrary<DnsForward[]> = fc.uniqueArray(
  fc.record({
    zone: fc.constantFrom("consul", "git.internal", "a_b", "10.9.0.0/16", "xn--bcher-kva", "zz"),
    to: fc.uniqueArray(address, { minLength: 1, maxLength: 4 }),
    cacheSeconds: fc.integer({ min: 1, max: 3600 }),
  }),
  { selector: ({ zone }) => zone, maxLength: 4 },
);

/** The result, or undefined where it is refused, which must be for a reason that a user can read. */
function reconcile(text: string, wanted: readonly DnsForward[]): string | undefined {
  try {
    return reconcileCorefile(text, wanted).text;
  } catch (error) {
    if (error instanceof UserError && error.problems.length > 0) return undefined;
    throw error;
  }
}

describe("for every Corefile", () => {
  it("words stand where they say they do, and nothing between them is more than space and comments", () => {
    fc.assert(
      fc.property(damagedCorefile, (text) => {
        let end = 0;
        for (const token of lex(text)) {
          expect(token.start).toBeGreaterThanOrEqual(end);
          expect(lex(text.slice(token.start, token.end))[0]?.text).toBe(token.text);
          end = token.end;
        }
      }),
    );
  });

  it("reading and judging it ends with an answer, never with a crash", () => {
    fc.assert(
      fc.property(fc.oneof(damagedCorefile, fc.string({ unit: "binary" })), (text) => {
        for (const problem of verifyCorefile(text)) expect(problem.fix).not.toBe("");
        reconcile(text, [{ zone: "protobox", to: ["10.0.0.2:53"], cacheSeconds: 30 }]);
      }),
      { numRuns: 500 },
    );
  });

  it("no forwards and no server blocks of ours leave it as it is", () => {
    fc.assert(
      fc.property(someCorefile, (text) => {
        const result = reconcile(text, []);
        if (result !== undefined) expect(result).toBe(text);
      }),
    );
  });

  it("a second run changes nothing, and the order of the forwards does not matter", () => {
    fc.assert(
      fc.property(someCorefile, forwards, (text, wanted) => {
        const once = reconcile(text, wanted);
        if (once === undefined) return;
        expect(reconcile(once, wanted)).toBe(once);
        expect(reconcile(text, [...wanted].reverse())).toBe(once);
      }),
    );
  });

  it("adding forwards and removing them, one by one or all at once, restores it", () => {
    fc.assert(
      fc.property(someCorefile, forwards, fc.nat(), (text, wanted, pick) => {
        const added = reconcile(text, wanted);
        if (added === undefined) return;
        expect(reconcile(added, [])).toBe(text);
        const without = wanted.filter((_, index) => index !== pick % wanted.length);
        const fewer = reconcile(added, without);
        expect(fewer).toBe(reconcile(text, without));
        expect(reconcile(fewer ?? "", [])).toBe(text);
      }),
    );
  });

  it("adding them one after the other gives the same as all at once", () => {
    fc.assert(
      fc.property(someCorefile, forwards, (text, wanted) => {
        const once = reconcile(text, wanted);
        if (once === undefined) return;
        const steps = wanted.reduce((result, _, index) => reconcile(result, wanted.slice(0, index + 1)) ?? "", text);
        expect(steps).toBe(once);
      }),
    );
  });

  it("each forward is served as it was asked for, and what others serve stays", () => {
    fc.assert(
      fc.property(someCorefile, forwards, (text, wanted) => {
        const result = reconcile(text, wanted);
        if (result === undefined) return;
        const blocks = parseCorefile(result).blocks;
        for (const { zone, to, cacheSeconds } of wanted) {
          const block = blocks.find(({ keys }) => keys[0]?.text.replace(/:\d+$/, "") === zone);
          const plugins = new Map(
            block?.directives.map(({ name, words }) => [name, words.map((word) => word.text).slice(1)]),
          );
          expect(plugins.get("forward")).toEqual([".", ...to]);
          expect(plugins.get("cache")).toEqual([String(cacheSeconds)]);
        }
        const keysOf = (of: string): string[] =>
          parseCorefile(of).blocks.flatMap(({ keys }) => keys.map((key) => key.text));
        expect(keysOf(result)).toEqual(expect.arrayContaining(keysOf(text)));
      }),
    );
  });
});
