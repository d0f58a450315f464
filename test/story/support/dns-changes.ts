import fc from "fast-check";
import { reconcileCorefile } from "../../../corefile";
import type { DnsForward } from "../../../model/platform";
import { plugin } from "../../unit/corefile/arbitraries";

/** What a change is made to. */
export interface DnsState {
  /** The Corefile in the cluster. */
  readonly corefile: string;
  /** The forwards of the stack config. */
  readonly forwards: readonly DnsForward[];
  /** The Corefile as the cluster was installed with it. */
  readonly installed: string;
}

/** A change of the stack config, or of the Corefile by somebody else, before the program runs again. */
export interface DnsChange {
  readonly title: string;
  /** Whether it must be refused; absent where only the real CoreDNS can tell. */
  readonly bad?: boolean;
  apply(state: DnsState): Pick<DnsState, "corefile" | "forwards">;
}

/** In every state: the name that the loop asks for must never be gone. */
const kept: DnsForward = { zone: "protobox", to: ["10.0.0.53:53"], cacheSeconds: 30 };

const others: readonly DnsForward[] = [
  { zone: "service.consul", to: ["10.0.0.54:8600"], cacheSeconds: 5 },
  { zone: "corp.example", to: ["10.0.0.53:53", "10.0.0.54:8600"], cacheSeconds: 30 },
  { zone: "deep.protobox", to: ["10.0.0.53"], cacheSeconds: 1 },
  { zone: "192.168.0.0/23", to: ["10.0.0.53:53"], cacheSeconds: 60 },
  { zone: "lab_1.Internal.", to: ["[fd00::53]:53"], cacheSeconds: 30 },
];

const badForwards: readonly DnsForward[] = [
  { ...kept, zone: "." },
  { ...kept, zone: "" },
  { ...kept, zone: "cluster.local" },
  { ...kept, zone: "svc.cluster.local" },
  { ...kept, zone: "local" },
  { ...kept, zone: "PROTOBOX." },
  { ...kept, zone: "a..b" },
  { ...kept, zone: "consul {" },
  { ...kept, zone: "x\n}\n.:53 {" },
  { ...kept, zone: "corp.example:53" },
  { ...kept, zone: "none.example", to: [] },
  { ...kept, zone: "loop.example", to: ["10.233.0.3:53"] },
  { ...kept, zone: "self.example", to: ["127.0.0.1:53"] },
  { ...kept, zone: "named.example", to: ["dnsmasq.protobox:53"] },
  { ...kept, zone: "port.example", to: ["10.0.0.53:99999"] },
  { ...kept, zone: "brace.example", to: ["10.0.0.53 }"] },
  { ...kept, zone: "twice.example", to: ["10.0.0.53", "10.0.0.53:53"] },
  { ...kept, zone: "cache.example", cacheSeconds: 0 },
  { ...kept, zone: "cache.example", cacheSeconds: 1.5 },
];

const forwards = fc
  .tuple(fc.shuffledSubarray([...others]), fc.integer({ min: 1, max: 300 }), fc.nat())
  .map(([chosen, cacheSeconds, at]) => insert(chosen, { ...kept, cacheSeconds }, at));

const config: fc.Arbitrary<DnsChange> = forwards.map((wanted) => ({
  title: `forwards ${JSON.stringify(wanted)}`,
  bad: false,
  apply: ({ corefile }) => ({ corefile, forwards: wanted }),
}));

const badConfig: fc.Arbitrary<DnsChange> = fc
  .tuple(forwards, fc.constantFrom(...badForwards), fc.nat())
  .map(([good, bad, at]) => ({
    title: `the forward ${JSON.stringify(bad)} among ${String(good.length)}`,
    bad: true,
    apply: ({ corefile }) => ({ corefile, forwards: insert(good, bad, at) }),
  }));

type Edit = (text: string, state: DnsState) => string;

/** A line more in the root block, which ends with `loop` and others. */
function beforeLoop(text: string, line: string): string {
  return text.replace(/^( *)loop/m, `$1${line}\n$1loop`);
}

const edits: Readonly<Record<string, Edit>> = {
  "a comment in front": (text) => `# edited by hand\n${text}`,
  "Windows' line ends": (text) => text.replace(/\r?\n/g, "\r\n"),
  "Unix' line ends": (text) => text.replace(/\r\n/g, "\n"),
  "a log of all queries": (text) => (/^ *log\s*$/m.test(text) ? text : beforeLoop(text, "log")),
  "another cache time of the root block": (text) => text.replace(/^( *)cache 30/m, "$1cache 17"),
  "our blocks gone": (text) => reconcileCorefile(text, []).text,
  "our marks gone": (text) => text.replace(/^# managed by .*\n/gm, ""),
  "as it was installed": (_, { installed }) => installed,
  // In front, since CoreDNS overlooks a missing brace at the end of the file only.
  "a snippet and its import": (text) =>
    text.includes("(shared)") ? text : `(shared) {\n    errors\n}\nsnippet.example:53 {\n    import shared\n}\n${text}`,
  "a zone of somebody else": (text) =>
    text.includes("whoami.example") ? text : `whoami.example:53 {\n\twhoami\n}\n${text}`,
};

const badEdits: Readonly<Record<string, Edit>> = {
  "an unknown plugin": (text) => beforeLoop(text, "loupe"),
  "a plugin that is not closed": (text) => `${text}\nopen.example:53 {\n    forward . 10.0.0.53 {\n`,
  "a quote that is not closed": (text) => `${text}\nquote.example:53 {\n    log . "{remote}\n`,
  "a brace too many": (text) => `}\n${text}`,
  "a second root block": (text) => `${text}\n.:53 {\n    whoami\n}\n`,
  "a zone twice": (text) => `${text}\na.example:53 {\n}\na.example:53 {\n}\n`,
  "a reload too fast": (text) => text.replace(/^( *)reload/m, "$1reload 1s"),
  "a forward to nowhere": (text) => `${text}\nnowhere.example:53 {\n    forward .\n}\n`,
  "a forward to a name": (text) => `${text}\nname.example:53 {\n    forward . dnsmasq.protobox\n}\n`,
  "a zone that is none": (text) => `${text}\na..example:53 {\n}\n`,
  "an import of nothing": (text) => `${text}\nimport nothing\n`,
  "a time to live of zero": (text) => text.replace(/^( *)cache \d+/m, "$1cache 0"),
};

function byHand(known: Readonly<Record<string, Edit>>, bad: boolean): fc.Arbitrary<DnsChange> {
  return fc.constantFrom(...Object.entries(known)).map(([title, edit]) => ({
    title,
    bad,
    apply: (state) => ({ corefile: edit(state.corefile, state), forwards: state.forwards }),
  }));
}

/** A server block behind all others, of plugins with right and wrong arguments, with some characters lost or added. */
const anything: fc.Arbitrary<DnsChange> = fc
  .record({
    lines: fc.array(plugin, { minLength: 1, maxLength: 2 }),
    zone: fc.nat({ max: 99 }),
    at: fc.nat(),
    lost: fc.nat({ max: 2 }),
    added: fc.constantFrom("", "", "", "{", "}", '"', "\n", "#", "\\"),
  })
  .map(({ lines, zone, at, lost, added }) => {
    const whole = `zone-${String(zone)}.example:53 {\n${lines.map((line) => `    ${line}\n`).join("")}}\n`;
    const start = at % whole.length;
    const block = whole.slice(0, start) + added + whole.slice(start + (added === "" ? 0 : lost));
    return {
      title: `this behind the installed Corefile:\n${block}`,
      apply: ({ installed, forwards: wanted }) => ({ corefile: `${installed}\n${block}`, forwards: wanted }),
    };
  });

/** The first state's forwards. */
export const firstForwards: readonly DnsForward[] = [kept];

/** Changes of all kinds; nearly half of them must be refused. */
export const dnsChange: fc.Arbitrary<DnsChange> = fc.oneof(
  { weight: 5, arbitrary: config },
  { weight: 3, arbitrary: badConfig },
  { weight: 5, arbitrary: byHand(edits, false) },
  { weight: 3, arbitrary: byHand(badEdits, true) },
  { weight: 4, arbitrary: anything },
);

function insert<T>(list: readonly T[], item: T, at: number): readonly T[] {
  const index = at % (list.length + 1);
  return [...list.slice(0, index), item, ...list.slice(index)];
}
