import type { Problem } from "../model/problem";
import { CorefileSyntaxError, type Corefile, type ServerBlock, type Word } from "./corefile";
import type { ParseOptions } from "./imports";
import type { Token } from "./lexer";
import { findLoops, forwardTargets } from "./loops";
import { findOverlaps } from "./overlaps";
import { parseCorefile } from "./parse";
import { checkOf, PLUGINS } from "./plugins";
import { Refusal, Unjudged, type BlockContext } from "./plugins/check";
import { parseUpstream } from "./plugins/forward";
import { place } from "./place";
import { TokenCursor } from "./token-cursor";
import { parseKey } from "./zone";

export interface VerifyOptions extends ParseOptions {
  /** How problems name the Corefile. @default "Corefile" */
  readonly file?: string;
  /** Plugins of a CoreDNS that was built with more than the default ones. */
  readonly plugins?: readonly string[];
  /**
   * A Corefile that CoreDNS runs. Of what cannot be judged here (other files, scripts and plugins that are not read)
   * what stands in it is believed, and anything else is refused.
   */
  readonly live?: string;
}

/**
 * Lists the reasons for which CoreDNS 1.14.2 would refuse a Corefile, or for which it would start and answer no longer.
 * An empty list means that it starts: what cannot be judged from the text alone is refused unless `live` holds it.
 * Not judged is what no Corefile can tell: whether addresses exist on the machine, whether files, certificates and the
 * API server are there.
 */
export function verifyCorefile(text: string, options: VerifyOptions = {}): readonly Problem[] {
  const file = options.file ?? "Corefile";
  let corefile: Corefile;
  try {
    corefile = parseCorefile(text, options);
  } catch (error) {
    if (error instanceof CorefileSyntaxError) return [syntaxProblem(error, text, file)];
    throw error;
  }
  const report = new Report(file, text);
  if (corefile.blocks.length === 0 && corefile.unseenImports.length === 0) {
    report.add(undefined, "the Corefile has no server block", "add one for the zone .", ".:53 { … }");
  }
  const believed = believe(options);
  for (const block of corefile.blocks) {
    judgeKeys(block, report, believed);
    judgePlugins(block, report, new Set(options.plugins), believed);
    judgeUpstreams(block, report);
  }
  judgeOverlaps(corefile.blocks, report);
  for (const loop of findLoops(corefile.blocks)) {
    const fix = "forward to a server outside this Corefile";
    report.add(loop.address, `queries for ${loop.zone} come back to the server block that forwards them`, fix);
  }
  return report.problems;
}

/** The problem that a syntax error is. */
export function syntaxProblem(error: CorefileSyntaxError, text: string, file: string): Problem {
  return new Report(file, text).add(error.token, error.reason, error.fix, error.allowed);
}

class Report {
  readonly problems: Problem[] = [];

  constructor(
    private readonly file: string,
    private readonly text: string,
  ) {}

  add(at: Token | undefined, message: string, fix: string, allowed?: string): Problem {
    const imported = at !== undefined && at.file !== "";
    const problem: Problem = {
      severity: "error",
      file: imported ? `${this.file} (imports ${at.file})` : this.file,
      path: at === undefined ? "" : imported ? String(at.line) : place(this.text, at.start),
      message,
      ...(at === undefined ? {} : { value: at.text }),
      ...(allowed === undefined ? {} : { allowed }),
      fix,
    };
    this.problems.push(problem);
    return problem;
  }

  doubt(at: Token | undefined, reason: string): void {
    const fix = "try it with CoreDNS itself, and let it stand in the live Corefile first";
    this.add(at, `whether CoreDNS accepts "${at?.text ?? ""}" cannot be said: ${reason}`, fix);
  }
}

function judgeKeys(block: ServerBlock, report: Report, believed: Believed): void {
  for (const key of block.keys) {
    if (key.opaque) {
      if (!believed.keys.has(key.text)) report.doubt(key.token, "it holds an environment variable");
      continue;
    }
    const served = parseKey(key.text);
    if ("reason" in served) {
      report.add(key.token, served.reason, "correct the key of the server block", served.allowed);
    } else if (served.transport === "unix") {
      report.add(key.token, "a server block cannot listen on unix://", "take the scheme out", "dns://, tls:// …");
    } else if (!isPort(served.port)) {
      report.add(key.token, "the port is not right", "correct the port", "1 to 65535");
    }
  }
}

function isPort(text: string): boolean {
  return /^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= 65535;
}

function judgePlugins(block: ServerBlock, report: Report, extra: ReadonlySet<string>, believed: Believed): void {
  const uses = usesByPlugin(block);
  const zones = block.keys.flatMap((key) => {
    const served = parseKey(key.text);
    return "reason" in served ? [] : served.zones.map((zone) => zone.toLowerCase());
  });
  for (const [plugin, words] of uses) {
    if (!PLUGINS.has(plugin) && !extra.has(plugin) && words[0]?.opaque !== true) {
      const fix = "correct the name, or say that this CoreDNS was built with that plugin";
      report.add(words[0], `CoreDNS has no plugin "${plugin}"`, fix);
      continue;
    }
    const verdict = judgeUses(plugin, words, { zones, plugins: new Set(uses.keys()) });
    if (verdict instanceof Refusal) {
      const fix = `correct the arguments of ${plugin}`;
      report.add(verdict.word ?? words[0], `${plugin}: ${verdict.reason}`, fix, verdict.allowed);
    } else if (verdict !== undefined && !believed.plugins.has(signature(words))) {
      report.doubt(words[0], verdict.reason);
    }
  }
}

/** What is wrong, or cannot be known, about all uses of a plugin in a server block. */
function judgeUses(plugin: string, words: readonly Word[], block: BlockContext): Refusal | Unjudged | undefined {
  if (words.some((word) => word.opaque)) return new Unjudged("it holds an environment variable");
  const check = checkOf(plugin);
  if (check === undefined) return new Unjudged("its arguments are not read");
  try {
    check(new TokenCursor(words), block);
    return undefined;
  } catch (error) {
    if (error instanceof Refusal || error instanceof Unjudged) return error;
    throw error;
  }
}

/** The words of all uses of each plugin, strung together as CoreDNS does. */
function usesByPlugin(block: ServerBlock): Map<string, readonly Word[]> {
  const uses = new Map<string, readonly Word[]>();
  for (const { name, words } of block.directives) uses.set(name, [...(uses.get(name) ?? []), ...words]);
  return uses;
}

/** What stands in the live Corefile, and is taken to be right because CoreDNS runs with it. */
interface Believed {
  readonly plugins: ReadonlySet<string>;
  readonly keys: ReadonlySet<string>;
}

function believe(options: VerifyOptions): Believed {
  try {
    const { blocks } = parseCorefile(options.live ?? "", options);
    return {
      plugins: new Set(blocks.flatMap((block) => [...usesByPlugin(block).values()].map(signature))),
      keys: new Set(blocks.flatMap((block) => block.keys.map((key) => key.text))),
    };
  } catch (error) {
    // Nothing can be believed of a Corefile that CoreDNS would not read.
    if (error instanceof CorefileSyntaxError) return { plugins: new Set(), keys: new Set() };
    throw error;
  }
}

/** Tells uses of a plugin apart by their words and by which of these share a line. */
function signature(words: readonly Word[]): string {
  const first = words[0]?.line ?? 0;
  return JSON.stringify(words.map((word) => [word.line - first, word.text]));
}

function judgeUpstreams(block: ServerBlock, report: Report): void {
  for (const { name, words } of block.directives) {
    if (name !== "forward") continue;
    for (const word of forwardTargets(words)) {
      const upstream = word.opaque ? undefined : parseUpstream(word.text);
      if (upstream === undefined || isPort(upstream.port)) continue;
      report.add(word, "the address has no usable port", "correct the port", "1 to 65535");
    }
  }
}

function judgeOverlaps(blocks: readonly ServerBlock[], report: Report): void {
  for (const { first, second } of findOverlaps(blocks)) {
    const where = second.host === "any" ? "" : ` on ${second.host.word.text}`;
    const message = `${second.zone} is served twice on port ${second.port}${where}: line ${String(first.key.token.line)} has it too`;
    report.add(second.key.token, message, "merge the two server blocks, or take the zone out of one");
  }
}
