/** A block of lines of which the last may be left out. */
export interface Lines {
  readonly head: readonly string[];
  readonly lines: readonly string[];
  readonly foot?: readonly string[];
  /** The line that stands for those left out: `… 12 more`. */
  readonly more: (count: number) => string;
}

/** Markdown that grows block by block and never beyond its limit. */
export class Sheet {
  readonly #blocks: string[] = [];
  #left: number;

  /** @param limit characters. @default unlimited */
  constructor(limit = Infinity) {
    this.#left = limit;
  }

  /** Adds a block where there is room; tells whether there was. */
  add(block: string): boolean {
    const size = block.length + 2;
    if (size > this.#left) return false;
    this.#left -= size;
    this.#blocks.push(block);
    return true;
  }

  /**
   * Adds a block of as many lines as a share of the room holds, between its head and its foot, and the number of the
   * others. Where there is room for none, there is no block.
   *
   * @param share of what is left: 0 to 1
   * @returns how many lines are not there
   */
  addLines({ head, lines, foot = [], more }: Lines, share: number): number {
    const frame = [...head, ...foot, more(lines.length)].join("\n").length;
    let room = this.#left * share - frame - 4;
    let count = 0;
    for (; count < lines.length; count += 1) {
      room -= (lines[count] ?? "").length + 1;
      if (room < 0) break;
    }
    const dropped = lines.length - count;
    if (count === 0) return dropped;
    const rest = dropped === 0 ? [] : [more(dropped)];
    this.add([...head, ...lines.slice(0, count), ...rest, ...foot].join("\n"));
    return dropped;
  }

  toString(): string {
    return `${this.#blocks.join("\n\n")}\n`;
  }
}
