import fc from "fast-check";
import { Resolver } from "node:dns/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { reconcileCorefile, verifyCorefile } from "../../corefile";
import { ensureTools } from "../../lab/toolchain";
import { UserError } from "../../model/problem";
import { corefile, damagedCorefile, PORTS } from "../unit/corefile/arbitraries";
import { CoreDns, freePort, type CoreDnsVerdict } from "./support/coredns";

const GENERATED = 150;
const FIXED_SEED = 20_250;

/** Where we refuse and CoreDNS 1.14.2 would start: it would not answer, or we cannot tell from the text. */
const STRICTER = [
  /is served twice/, // it tells capital letters from small ones, which no query can
  /the port is not right/, // port 0: any free port
  /the address has no usable port/,
  /come back to the server block/,
  /cannot listen on unix/,
  /has no server block/,
  /a server block has no key/,
  /whether CoreDNS accepts .* cannot be said/,
];

let coredns: CoreDns;
let ports: Map<string, number>;

beforeAll(async () => {
  const tools = await ensureTools(["coredns"]);
  coredns = await CoreDns.open(tools.path("coredns"));
  ports = new Map();
  for (const port of PORTS) ports.set(port, await freePort());
});

afterAll(async () => {
  await coredns.close();
});

/** The same Corefile on ports that are free here. */
function onFreePorts(text: string): string {
  return text.replace(/:(\d+)/g, (whole, port: string) => (ports.has(port) ? `:${String(ports.get(port))}` : whole));
}

/** What CoreDNS says when its default port, too, is the free one in the place of 53. */
async function judge(text: string): Promise<CoreDnsVerdict> {
  return coredns.judge(onFreePorts(text), ports.get("53") ?? 0);
}

describe("our verdict on a Corefile, compared with that of the real CoreDNS", () => {
  it.each([FIXED_SEED, Math.floor(Math.random() * 2 ** 31)])(
    "accepts nothing that CoreDNS refuses, and refuses more only where it would not answer (seed %i)",
    async (seed) => {
      const texts = fc.sample(fc.oneof(corefile, damagedCorefile), { numRuns: GENERATED / 2, seed });
      const differences: string[] = [];
      let accepted = 0;
      const queue = [...texts];
      const worker = async (): Promise<void> => {
        for (let text = queue.pop(); text !== undefined; text = queue.pop()) {
          const ours = verifyCorefile(text);
          const theirs = await judge(text);
          if (theirs.starts) accepted += 1;
          if (ours.length === 0 && !theirs.starts) differences.push(`we accept:\n${text}\n${theirs.reason}`);
          const unexplained = ours.filter(({ message }) => !STRICTER.some((reason) => reason.test(message)));
          if (theirs.starts && unexplained.length > 0)
            differences.push(`we refuse:\n${text}\n${unexplained[0]?.message ?? ""}`);
        }
      };
      await Promise.all([worker(), worker()]);
      expect(differences).toEqual([]);
      // Both kinds must be there, or the comparison says nothing.
      expect(accepted).toBeGreaterThan(GENERATED / 20);
      expect(accepted).toBeLessThan(texts.length);
    },
  );

  it.each([
    ["a missing brace at the end of the file", ".:53 {\n    whoami\n    forward . 1.1.1.1 {\n    }\n", true],
    ["a block without braces", ".:53\nwhoami\n", true],
    ["a space behind a comment in a word, which ends the comment", ".:53 {\n    errors stdout#x y\n}\n", false],
    ["keys over several lines", "a:53,\nb:53 {\n    whoami\n}\n", true],
    [
      "a snippet used twice in a row, whose lines then are one",
      "(s) {\n  errors\n}\n.:53 {\n  import s\n  import s\n}\n",
      false,
    ],
    ["snippets that import each other", "(a) {\n  import b\n}\n(b) {\n  import a\n}\n.:53 {\n  import a\n}\n", false],
    ["a wildcard import without files", ".:53 {\n    import no/such/*.conf\n    whoami\n}\n", true],
    ["a byte order mark and Windows' line ends", "\uFEFF.:53 {\r\n    whoami\r\n}\r\n", true],
    ["a quoted argument over lines", '.:53 {\n    log . "{remote}\n{type}"\n    whoami\n}\n', true],
    ["one zone at two addresses", "a:53 {\n  bind 127.0.0.1\n}\na:53 {\n  bind 127.0.0.2\n}\n", true],
    ["one zone at an address and at all", "a:53 {\n  bind 127.0.0.1\n}\na:53 {\n}\n", false],
    ["a reverse zone within another network's", "10.0.0.0/23:53 {\n}\n10.0.1.0/24:53 {\n}\n", false],
    ["a time to live of zero", ".:53 {\n    cache 0\n}\n", false],
  ])("agrees on %s", async (_, text, starts) => {
    expect(await judge(text)).toMatchObject({ starts });
    expect(verifyCorefile(text)).toHaveLength(starts ? 0 : 1);
  });
});

describe("what we make of a Corefile", () => {
  it("starts whenever the Corefile itself did, or is refused", async () => {
    const forwards = [
      { zone: "protobox", to: ["10.0.0.2:53"], cacheSeconds: 30 },
      { zone: "service.consul", to: ["10.0.0.3:8600", "[fd00::3]:8600"], cacheSeconds: 5 },
    ];
    const texts = fc.sample(corefile, { numRuns: 60, seed: FIXED_SEED });
    let made = 0;
    for (const text of texts) {
      let result: string;
      try {
        result = reconcileCorefile(text, forwards).text;
      } catch (error) {
        expect(error).toBeInstanceOf(UserError);
        continue;
      }
      // What cannot be judged is believed of a live Corefile, which this one may not be.
      if (!(await judge(text)).starts) continue;
      expect(await judge(result), result).toMatchObject({ starts: true });
      made += 1;
    }
    expect(made).toBeGreaterThan(5);
  });

  it("is asked where the root block is bound, and would never be without its bind", async () => {
    const [dns, upstream] = [await freePort(), await freePort()];
    await coredns.serve(
      `protobox:${String(upstream)} {\n  bind 127.0.0.1\n  hosts {\n    10.1.2.3 git.protobox\n  }\n}\n`,
    );
    const root = `.:${String(dns)} {\n    bind 127.0.0.1\n    template ANY ANY {\n        rcode NXDOMAIN\n    }\n}\n`;
    const forward = { zone: "protobox", to: [`127.0.0.1:${String(upstream)}`], cacheSeconds: 30 };
    const { text } = reconcileCorefile(root, [forward]);
    const resolver = new Resolver({ timeout: 2_000, tries: 2 });
    resolver.setServers([`127.0.0.1:${String(dns)}`]);

    const server = await coredns.serve(text);
    expect(await resolver.resolve4("git.protobox")).toEqual(["10.1.2.3"]);
    await server.stop();

    const unbound = text.slice(root.length).replace("    bind 127.0.0.1\n", "");
    expect(unbound).not.toContain("bind");
    await coredns.serve(root + unbound);
    await expect(resolver.resolve4("git.protobox")).rejects.toThrow(/ENOTFOUND/);
  });
});
