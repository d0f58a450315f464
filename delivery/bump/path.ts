import type { Path } from "../../model/report";

/** A place as `--path` writes it. */
export interface ChosenPath {
  /** As the user wrote it. */
  readonly text: string;
  /** Counted from 0; absent when any document will do. */
  readonly document?: number;
  readonly path: Path;
}

const STEP = /^(?:\.?([^.[\]"'\s]+)|\[(\d+)\]|\[(?:"([^"]*)"|'([^']*)')\])/;

/**
 * Reads `spec.template.spec.containers[0].image`, `images.0.newTag`, `["a.b"].tag`; `2:image.tag` means the second
 * document of a file. Absent when it is no path.
 */
export function parsePath(text: string): ChosenPath | undefined {
  const [, number, written = ""] = /^(?:(\d+):)?(.*)$/s.exec(text) ?? [];
  const path: (string | number)[] = [];
  for (let rest = written.replace(/^\$?\.(?=.)/, ""); rest !== "";) {
    const match = STEP.exec(rest);
    if (match === null) return undefined;
    const [all, word, index, double, single] = match;
    path.push(index === undefined ? (word ?? double ?? single ?? "") : Number(index));
    rest = rest.slice(all.length);
  }
  if (path.length === 0 || number === "0") return undefined;
  return { text, path, ...(number !== undefined && { document: Number(number) - 1 }) };
}

/** Whether two paths mean the same: an index may be written as a word, `images.0`. */
export function isSamePath(one: Path, other: Path): boolean {
  return one.length === other.length && one.every((step, index) => String(step) === String(other[index]));
}
