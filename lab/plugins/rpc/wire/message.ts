import type { PropertyMap } from "../property";
import { readFields, writeFields } from "./properties";
import { Reader, WireType } from "./reader";
import { Writer } from "./writer";

/** One field of a message: how its value is read from all its occurrences, none included, and written. */
export interface Field<T> {
  readonly number: number;
  read(occurrences: readonly Reader[]): T;
  /** Writes the value with its tag; nothing when it is the one that absence stands for. */
  write(writer: Writer, value: T): void;
}

/** A kind of message with fields of the types in T. Fields that it does not name are passed over. */
export interface Message<T> {
  /** Finds the fields; each is decoded when it is first looked at, since a step needs only some of the large ones. */
  decode(bytes: Buffer): T;
  /** Fields that are left out are absent on the wire. */
  encode(value: Partial<T>): Buffer;
}

/** A kind of message; its fields are written in the order in which they are named here. */
export function message<T extends object>(fields: { readonly [Name in keyof T]: Field<T[Name]> }): Message<T> {
  const names = Object.keys(fields) as (keyof T & string)[];
  const backwards = [...names].reverse();
  return {
    decode(bytes) {
      const found = occurrences(new Reader(bytes));
      const content = {};
      for (const name of names) {
        const field = fields[name];
        defineLazily(content, name, () => field.read(found.get(field.number) ?? []));
      }
      return content as T;
    },
    encode(value) {
      const writer = new Writer();
      for (const name of backwards) {
        const present = value[name];
        if (present !== undefined) fields[name].write(writer, present);
      }
      return writer.finish();
    },
  };
}

/** A string; "" when absent. */
export function text(number: number): Field<string> {
  return {
    number,
    read: (found) => found.at(-1)?.text() ?? "",
    write: (writer, value) => (value === "" ? undefined : writer.delimited(number, () => writer.text(value))),
  };
}

/** A bool; false when absent. */
export function flag(number: number): Field<boolean> {
  const { read, write } = whole(number);
  return { number, read: (found) => read(found) !== 0, write: (writer, value) => write(writer, value ? 1 : 0) };
}

/** A number from 0 on, or a value of an enumeration; 0 when absent. */
export function whole(number: number): Field<number> {
  return {
    number,
    read: (found) => found.at(-1)?.varint() ?? 0,
    write(writer, value) {
      if (value === 0) return;
      writer.varint(value);
      writer.tag(number, WireType.varint);
    },
  };
}

/** A double that is a number of seconds; `undefined` unless it is more than 0. */
export function seconds(number: number): Field<number | undefined> {
  return {
    number,
    read: (found) => {
      const value = found.at(-1)?.double() ?? 0;
      return value > 0 ? value : undefined;
    },
    write(writer, value = 0) {
      if (value === 0) return;
      writer.double(value);
      writer.tag(number, WireType.double);
    },
  };
}

/** Bytes; none when absent. */
export function bytes(number: number): Field<Uint8Array> {
  return {
    number,
    read: (found) => found.at(-1)?.rest() ?? new Uint8Array(),
    write: (writer, value) => (value.length === 0 ? undefined : writer.delimited(number, () => writer.raw(value))),
  };
}

/** Properties, a google.protobuf.Struct; none when absent. Without properties it is nevertheless written. */
export function properties(number: number): Field<PropertyMap> {
  return {
    number,
    read: (found) => readFields(new Reader(joined(found))),
    write: (writer, value) => writer.delimited(number, () => writeFields(writer, value)),
  };
}

/** A list of strings; empty when absent. */
export function texts(number: number): Field<readonly string[]> {
  return {
    number,
    read: (found) => found.map((one) => one.text()),
    write: (writer, list) => {
      for (const item of list.toReversed()) writer.delimited(number, () => writer.text(item));
    },
  };
}

/** A list of messages; empty when absent. */
export function messages<T>(number: number, kind: Message<T>): Field<readonly T[]> {
  return {
    number,
    read: (found) => found.map((one) => kind.decode(one.rest())),
    write: (writer, list) => {
      for (const item of list.toReversed()) writer.delimited(number, () => writer.raw(kind.encode(item)));
    },
  };
}

/** A map from strings to messages; empty when absent. On the wire it is a list of pairs. */
export function messageMap<T>(number: number, kind: Message<T>): Field<ReadonlyMap<string, T>> {
  const pairs = messages(
    number,
    message<{ key: string; value: readonly T[] }>({ key: text(1), value: messages(2, kind) }),
  );
  return {
    number,
    read: (found) => new Map(pairs.read(found).map(({ key, value }) => [key, value.at(-1) ?? kind.decode(none)])),
    write: (writer, map) =>
      pairs.write(
        writer,
        [...map].map(([key, value]) => ({ key, value: [value] })),
      ),
  };
}

const none = Buffer.alloc(0);

function occurrences(reader: Reader): ReadonlyMap<number, readonly Reader[]> {
  const found = new Map<number, Reader[]>();
  while (!reader.done) {
    const tag = reader.varint();
    const value = reader.value(tag & 7);
    const earlier = found.get(tag >>> 3);
    if (earlier === undefined) found.set(tag >>> 3, [value]);
    else earlier.push(value);
  }
  return found;
}

/** The occurrences of one message are merged, which is what reading them one after the other amounts to. */
function joined(found: readonly Reader[]): Buffer {
  const parts = found.map((one) => one.rest());
  return parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts);
}

/** A property that is computed when it is first read. */
function defineLazily(target: object, name: string, compute: () => unknown): void {
  Object.defineProperty(target, name, {
    configurable: true,
    enumerable: true,
    get() {
      const value = compute();
      Object.defineProperty(target, name, { value, enumerable: true });
      return value;
    },
  });
}
