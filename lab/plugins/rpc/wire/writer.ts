import { WireType } from "./reader";

/** Texts up to this length are written faster without a call out of JavaScript. */
const shortText = 48;

/**
 * Writes the protobuf wire format from its end to its beginning: the length of a part stands before it, and is known
 * once the part is written. So the last field of a message is to be written first, and a tag after its value.
 */
export class Writer {
  #bytes = Buffer.allocUnsafe(1024);
  #start = this.#bytes.length;

  /** The number of bytes written so far. */
  get length(): number {
    return this.#bytes.length - this.#start;
  }

  /** What was written: a view that is valid for good once nothing more is written. */
  finish(): Buffer {
    return this.#bytes.subarray(this.#start);
  }

  tag(field: number, wireType: number): void {
    this.varint(field * 8 + wireType);
  }

  /** A whole number from 0 to 2^53. */
  varint(value: number): void {
    if (value < 128) {
      this.#reserve(1);
      this.#bytes[this.#start] = value;
      return;
    }
    let size = 1;
    for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) size++;
    this.#reserve(size);
    let [at, rest] = [this.#start, value];
    for (; rest >= 128; rest = Math.floor(rest / 128)) this.#bytes[at++] = (rest % 128) + 128;
    this.#bytes[at] = rest;
  }

  double(value: number): void {
    this.#reserve(8);
    this.#bytes.writeDoubleLE(value, this.#start);
  }

  raw(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#start);
  }

  text(text: string): void {
    if (text.length <= shortText && this.#ascii(text)) return;
    const size = Buffer.byteLength(text);
    this.#reserve(size);
    this.#bytes.write(text, this.#start, size, "utf8");
  }

  /** A part with its length before it, under a tag. */
  delimited(field: number, write: () => void): void {
    const before = this.length;
    write();
    this.lengthSince(before, field);
  }

  /** Puts the length of what was written since the writer had the length `before`, and a tag, in front of it. */
  lengthSince(before: number, field: number): void {
    this.varint(this.length - before);
    this.tag(field, WireType.delimited);
  }

  /** Writes the text if all of it is ASCII. */
  #ascii(text: string): boolean {
    this.#reserve(text.length);
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index);
      if (code >= 128) {
        this.#start += text.length;
        return false;
      }
      this.#bytes[this.#start + index] = code;
    }
    return true;
  }

  /** Moves the beginning forward, and makes room when there is none. */
  #reserve(size: number): void {
    if (size > this.#start) {
      const written = this.length;
      const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, written + size));
      this.#bytes.copy(larger, larger.length - written, this.#start);
      this.#bytes = larger;
      this.#start = larger.length - written;
    }
    this.#start -= size;
  }
}
