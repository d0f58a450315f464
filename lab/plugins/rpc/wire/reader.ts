/** How a field's value is laid out. Source: https://protobuf.dev/programming-guides/encoding/. */
export const WireType = { varint: 0, double: 1, delimited: 2, fixed32: 5 } as const;

/** Reads the protobuf wire format from a part of a buffer. Throws an Error where the bytes are not of that format. */
export class Reader {
  #position: number;
  readonly #end: number;

  constructor(
    readonly bytes: Buffer,
    start = 0,
    end = bytes.length,
  ) {
    this.#position = start;
    this.#end = end;
  }

  get done(): boolean {
    return this.#position >= this.#end;
  }

  /** An unsigned number; exact up to 2^53, beyond which no field of the plugin protocol goes. */
  varint(): number {
    let result = 0;
    for (let scale = 1; this.#position < this.#end; scale *= 128) {
      const byte = this.bytes[this.#position++] as number;
      if (byte < 128) return result + byte * scale;
      result += (byte - 128) * scale;
    }
    throw truncated();
  }

  double(): number {
    return this.bytes.readDoubleLE(this.#advance(8));
  }

  /** All that is left, as text. */
  text(): string {
    return this.bytes.toString("utf8", this.#position, this.#end);
  }

  /** All that is left: a view of the same memory. */
  rest(): Buffer {
    return this.bytes.subarray(this.#position, this.#end);
  }

  /** A text with its length before it. */
  delimitedText(): string {
    const length = this.varint();
    const start = this.#advance(length);
    return this.bytes.toString("utf8", start, start + length);
  }

  /** A value with its length before it. */
  delimited(): Reader {
    const length = this.varint();
    const start = this.#advance(length);
    return new Reader(this.bytes, start, start + length);
  }

  /** The value after a tag of this wire type, to be read later; this reader goes on behind it. */
  value(wireType: number): Reader {
    if (wireType === WireType.delimited) return this.delimited();
    const start = this.#position;
    if (wireType === WireType.varint) this.varint();
    else if (wireType === WireType.double) this.#advance(8);
    else if (wireType === WireType.fixed32) this.#advance(4);
    else throw new Error(`a field with the unknown wire type ${wireType} came over the wire`);
    return new Reader(this.bytes, start, this.#position);
  }

  #advance(length: number): number {
    const start = this.#position;
    if (length > this.#end - start) throw truncated();
    this.#position = start + length;
    return start;
  }
}

function truncated(): Error {
  return new Error("a message that ends too early came over the wire");
}
