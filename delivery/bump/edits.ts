import { isAlias, isScalar } from "yaml";
import type { Document, Pair } from "yaml";
import { isDigest, parseReference } from "./image-name";
import type { BarePlace, KustomizationPlace, Place, ReferencePlace, TagPlace, Version } from "./place";
import { insertPair, removePair, replacePair, setScalar, Unwritable, writtenRange, type Edit } from "./slot";
import { lookUp, ownPair } from "./walk";
import { versionOf, type Wanted } from "./wanted";

/** What a place says now, and what makes it say what is wanted. */
export interface Plan {
  readonly now: Version;
  /** Empty when the place says it already. */
  readonly edits: readonly Edit[];
}

/**
 * Plans the change of one place. What would win over the wanted version goes: a digest beside a new tag.
 *
 * @throws Unwritable where the place's own characters do not decide
 */
export function plan(text: string, document: Document, place: Place, wanted: Wanted): Plan {
  switch (place.form) {
    case "reference":
      return planReference(text, place, wanted);
    case "kustomization":
      return planKustomization(text, document, place, wanted);
    case "tag":
      return planTag(text, document, place, wanted);
    case "bare":
      return planBare(text, place, wanted);
  }
}

function unlessThere(now: Version, wanted: Wanted, edits: () => Edit[]): Plan {
  const isThere =
    "digest" in wanted ? now.digest === wanted.digest : now.tag === wanted.tag && now.digest === undefined;
  return { now, edits: isThere ? [] : edits() };
}

function planReference(text: string, { value }: ReferencePlace, wanted: Wanted): Plan {
  const [start, end] = writtenRange(text, value);
  const reference = parseReference(isScalar(value) ? String(value.value) : "");
  if (reference === undefined) throw new Unwritable("this is no image", "write NAME:TAG there first", value);
  const { name, ...now } = reference;
  return unlessThere(now, wanted, () => {
    const quotes = /^["']/.test(text.slice(start, end)) ? 1 : 0;
    const inner = text.slice(start + quotes, end - quotes);
    const separator = "tag" in wanted ? ":" : "@";
    // A name that is written with escapes is written anew, since its characters cannot be counted.
    const kept = inner.startsWith(name) ? name.length : 0;
    const rest = `${separator}${versionOf(wanted)}`;
    return [{ start: start + quotes + kept, end: end - quotes, text: kept === 0 ? name + rest : rest }];
  });
}

/** A value as a chart or Kustomize reads it; what YAML takes for a number is not what is written. */
function read(text: string, pair: Pair | undefined): string | undefined {
  const node = pair?.value;
  if (isAlias(node)) {
    throw new Unwritable(
      `the value is the alias *${node.source}`,
      `choose the place of its anchor &${node.source} by --path to change all of its places, or write the value out`,
      node,
    );
  }
  if (!isScalar(node) || node.value === null || node.value === "") return undefined;
  const [start, end] = writtenRange(text, node);
  if (typeof node.value === "string") return node.value;
  const source = text.slice(start, end);
  // Helm prints numbers of seven digits and more with an exponent.
  return String(node.value) === source && Math.abs(Number(node.value)) < 1_000_000 ? source : `${source} as a number`;
}

function versionFrom(text: string, tag: Pair | undefined, digest: Pair | undefined): Version {
  const [ownTag, ownDigest] = [read(text, tag), read(text, digest)];
  return { ...(ownTag !== undefined && { tag: ownTag }), ...(ownDigest !== undefined && { digest: ownDigest }) };
}

/** Whether a key is set by a merge only: an own entry would hide it, which may not be meant. */
function refuseMerged(document: Document, { map, keys }: Pick<TagPlace, "map" | "keys">): void {
  for (const key of [keys.tag, keys.digest]) {
    if (ownPair(map, key) === undefined && lookUp(document, map, key) !== undefined) {
      throw new Unwritable(
        `${key} comes from an anchor by a merge (<<)`,
        `choose the anchor's place by --path, or write ${key} out here first`,
        map,
      );
    }
  }
}

function planKustomization(text: string, document: Document, { map }: KustomizationPlace, wanted: Wanted): Plan {
  refuseMerged(document, { map, keys: { tag: "newTag", digest: "digest" } });
  const [tag, digest] = [ownPair(map, "newTag"), ownPair(map, "digest")];
  return unlessThere(versionFrom(text, tag, digest), wanted, () => {
    const value = versionOf(wanted);
    const [key, own, other] = "tag" in wanted ? ["newTag", tag, digest] : ["digest", digest, tag];
    if (own !== undefined) {
      return [setScalar(text, own, value), ...(other === undefined ? [] : [removePair(text, map, other)])];
    }
    if (other !== undefined) return replacePair(text, other, key ?? "", value);
    const after = ownPair(map, "newName") ?? ownPair(map, "name");
    if (after === undefined) throw new Unwritable("the entry has no name", "write one", map);
    return [insertPair(text, map, after, key ?? "", value)];
  });
}

function planTag(text: string, document: Document, place: TagPlace, wanted: Wanted): Plan {
  refuseMerged(document, place);
  const { map, keys, after } = place;
  const [tag, digest] = [ownPair(map, keys.tag), ownPair(map, keys.digest)];
  const whole = read(text, tag);
  const [, inTag = whole, digestInTag] = /^([^@]*)@(.+)$/.exec(whole ?? "") ?? [];
  const own = versionFrom(text, undefined, digest);
  const now = {
    ...(inTag !== undefined && inTag !== "" && { tag: inTag }),
    ...(digestInTag !== undefined && { digest: digestInTag }),
    ...own,
  };
  return unlessThere(now, wanted, () => {
    if ("digest" in wanted) {
      if (digest !== undefined) return [setScalar(text, digest, wanted.digest)];
      if (tag !== undefined && digestInTag !== undefined) {
        return [setScalar(text, tag, `${inTag ?? ""}@${wanted.digest}`)];
      }
      throw new Unwritable(
        `there is no ${keys.digest} beside the tag, and the chart may not read one`,
        `write ${keys.digest}: "" there first if the chart reads it, or use --tag`,
        map,
      );
    }
    // The key stays, since the chart reads it: an empty digest is none.
    const emptied = own.digest === undefined || digest === undefined ? [] : [emptyScalar(text, digest)];
    if (tag !== undefined) return [setScalar(text, tag, wanted.tag), ...emptied];
    if (after === undefined) throw new Unwritable("there is no tag", `write ${keys.tag}: "" there first`, map);
    return [insertPair(text, map, after, keys.tag, wanted.tag), ...emptied];
  });
}

function emptyScalar(text: string, pair: Pair): Edit {
  const [start, end] = writtenRange(text, isScalar(pair.value) ? pair.value : undefined);
  return { start, end, text: '""' };
}

function planBare(text: string, { pair }: BarePlace, wanted: Wanted): Plan {
  const value = read(text, pair);
  const now = value === undefined ? {} : isDigest(value) ? { digest: value } : { tag: value };
  return unlessThere(now, wanted, () => [setScalar(text, pair, versionOf(wanted))]);
}
