import type { Corefile, Directive, ServerBlock, Word } from "./corefile";
import { isWithin } from "./domain-name";
import { insertionPoint, lineBefore, removeWords, type Edit } from "./edits";
import type { Token } from "./lexer";
import { forwardTargets } from "./loops";
import { parseUpstream } from "./plugins/forward";
import { readAddress, type ForwardRequest } from "./request";
import { hostIds, type RootBlock } from "./root-block";
import { renderDirective, styleOf, type Style } from "./style";
import { normalizeExact, parseInteger } from "./zone";

/** Why a server block cannot be changed in place. */
export class Unchangeable extends Error {
  constructor(
    readonly reason: string,
    readonly token: Token | undefined,
    readonly fix: string,
  ) {
    super(reason);
    this.name = "Unchangeable";
  }
}

/** Plugins that answer for a zone themselves. Beside them a new `forward` would not be asked. */
const ANSWERING =
  "auto azure clouddns erratic etcd file grpc k8s_external kubernetes nomad route53 secondary sign template whoami";

/**
 * Changes what a server block forwards to and how long it caches, and with `bind` where it listens. Every other byte
 * stays, and so does what already means the same.
 *
 * @throws Unchangeable
 */
export function changeInPlace(
  corefile: Corefile,
  block: ServerBlock,
  request: ForwardRequest,
  root: RootBlock,
): Edit[] {
  const style = styleOf(corefile, block);
  const change = new Change(corefile, block, style);
  return [...change.bind(root), ...change.cache(request), ...change.forward(request)];
}

class Change {
  constructor(
    private readonly corefile: Corefile,
    private readonly block: ServerBlock,
    private readonly style: Style,
  ) {}

  /** Makes the block listen where the root block does. */
  bind(root: RootBlock): Edit[] {
    const own = hostIds([this.block]);
    const missing = [...root.hosts].filter((host) => !own.has(host));
    if (missing.length === 0 && (own.size === root.hosts.size || !root.hosts.has("any"))) return [];
    const binds = this.all("bind");
    for (const directive of binds) this.refuseImported(directive, "bind");
    const removed = binds.flatMap((directive) => removeWords(this.corefile, directive.words) ?? []);
    const lines = root.binds.map(({ words }) => renderDirective(this.corefile, words, this.style));
    return lines.length === 0 ? removed : [...removed, this.insert(lines.join(this.style.lineEnd))];
  }

  cache({ cacheSeconds }: ForwardRequest): Edit[] {
    const directive = this.only("cache");
    const wanted = String(cacheSeconds);
    if (directive === undefined) return [this.insert(`${this.style.indent}cache ${wanted}`)];
    const [name, first] = directive.words;
    const ttl = effectiveTtl(directive.words);
    if (parseInteger(ttl?.text ?? "") === cacheSeconds) return [];
    this.refuseImported(directive, "cache");
    if (ttl !== undefined) return [{ start: ttl.start, end: ttl.end, text: wanted }];
    const at = (name ?? first)?.end ?? 0;
    return [{ start: at, end: at, text: ` ${wanted}` }];
  }

  forward(request: ForwardRequest): Edit[] {
    const directive = this.only("forward");
    if (directive === undefined) {
      const answering = this.block.directives.find(({ name }) => ANSWERING.split(" ").includes(name));
      if (answering !== undefined) {
        const reason = `the zone is answered by the plugin "${answering.name}" of this server block`;
        throw new Unchangeable(reason, answering.words[0], "take that plugin out, or the zone out of the forwards");
      }
      return [this.insert(`${this.style.indent}forward . ${request.to.join(" ")}`)];
    }
    const from = directive.words[1];
    const covered = normalizeExact(from?.text ?? "");
    if (!request.zones.every((zone) => covered.some((name) => isWithin(zone, name)))) {
      const reason = "the server block forwards only a part of the zone";
      throw new Unchangeable(reason, from, "write forward . ADDRESS… there");
    }
    const targets = forwardTargets(directive.words);
    if (sameAddresses(targets, request.to)) return [];
    this.refuseImported(directive, "forward");
    const first = targets[0];
    const last = targets.at(-1);
    if (first === undefined || last === undefined) {
      throw new Unchangeable("the forward has no address", from, "write forward . ADDRESS… there");
    }
    return [{ start: first.start, end: last.end, text: request.to.join(" ") }];
  }

  private insert(line: string): Edit {
    const point = insertionPoint(this.block);
    if (point === undefined) throw new Error("a block that is changed has braces");
    return lineBefore(this.corefile, point, line, this.style);
  }

  private all(plugin: string): readonly Directive[] {
    return this.block.directives.filter(({ name }) => name === plugin);
  }

  private only(plugin: string): Directive | undefined {
    const [first, second] = this.all(plugin);
    if (second === undefined) return first;
    const reason = `the server block has more than one "${plugin}"`;
    throw new Unchangeable(reason, second.words[0], `leave one ${plugin} in it`);
  }

  private refuseImported(directive: Directive, plugin: string): void {
    const word = directive.words.find(({ imported }) => imported);
    if (word === undefined) return;
    const reason = `the "${plugin}" of the server block comes from an import, which others may use too`;
    throw new Unchangeable(reason, word, `write ${plugin} into the server block itself`);
  }
}

/** The word that says how long answers are kept: in `success CAPACITY TTL`, or else behind `cache`. */
function effectiveTtl(words: readonly Word[]): Word | undefined {
  const success = words.findLastIndex((word, index) => word.text === "success" && words[index - 1]?.line !== word.line);
  const ofSuccess = success < 0 ? undefined : words[success + 2];
  if (ofSuccess !== undefined && ofSuccess.line === words[success]?.line) return ofSuccess;
  const first = words[1];
  return first !== undefined && parseInteger(first.text) !== undefined ? first : undefined;
}

/** Whether the words name the same servers in the same order, `10.0.0.2` and `10.0.0.2:53` being one. */
function sameAddresses(words: readonly Word[], wanted: readonly string[]): boolean {
  return words.length === wanted.length && words.every((word, index) => sameAddress(word, wanted[index] ?? ""));
}

function sameAddress(word: Word, wanted: string): boolean {
  const found = word.opaque ? undefined : parseUpstream(word.text);
  const address = readAddress(wanted);
  if (found === undefined || address === undefined || found.transport !== "dns" || found.scope !== "") return false;
  return Number(found.port) === address.port && found.ip.bytes.join() === address.ip.bytes.join();
}
