import { type PropertyMap, type PropertyValue, Unknown } from "../property";
import { Reader, WireType } from "./reader";
import { fromSignedFields, fromWireText, sentinelOf, signatureKey, signedFields } from "./signatures";
import { Writer } from "./writer";

/*
 * Properties travel as google.protobuf.Struct: a struct is a map from names to values, and a value is one of null,
 * number, string, bool, struct and list. Source: google/protobuf/struct.proto. Most of what a plugin does is to read
 * and write them, so they are turned from bytes into our values and back without a form in between.
 */

/** The field of Value that is present, which tells its kind. */
const Kind = { null: 1, number: 2, string: 3, bool: 4, struct: 5, list: 6 } as const;

/** The properties in a Struct. Throws an Error on what is none, or has a signature that this version does not know. */
export function decodeProperties(bytes: Buffer): PropertyMap {
  return readFields(new Reader(bytes));
}

/** A Struct of the properties. Keys whose value is `undefined` at run time are left out. */
export function encodeProperties(properties: PropertyMap): Buffer {
  const writer = new Writer();
  writeFields(writer, properties);
  return writer.finish();
}

/** The properties in what is left of a reader. */
export function readFields(reader: Reader): PropertyMap {
  const fields: PropertyMap = {};
  while (!reader.done) {
    const tag = reader.varint();
    if (tag >>> 3 === 1) readEntry(reader.delimited(), fields);
    else reader.value(tag & 7);
  }
  return fields;
}

function readEntry(reader: Reader, into: PropertyMap): void {
  let key = "";
  let value: PropertyValue | undefined;
  while (!reader.done) {
    const tag = reader.varint();
    if (tag >>> 3 === 1) key = reader.delimitedText();
    else if (tag >>> 3 === 2) value = readValue(reader.delimited());
    else reader.value(tag & 7);
  }
  if (value === undefined) throw new Error(`the property "${key}" came over the wire without a value`);
  // An assignment would set the prototype.
  if (key === "__proto__") Object.defineProperty(into, key, { value, enumerable: true, writable: true });
  else into[key] = value;
}

function readValue(reader: Reader): PropertyValue {
  let value: PropertyValue | undefined;
  while (!reader.done) {
    const tag = reader.varint();
    switch (tag >>> 3) {
      case Kind.null:
        reader.varint();
        value = null;
        break;
      case Kind.number:
        value = reader.double();
        break;
      case Kind.string:
        value = fromWireText(reader.delimitedText());
        break;
      case Kind.bool:
        value = reader.varint() !== 0;
        break;
      case Kind.struct:
        value = readStruct(reader.delimited());
        break;
      case Kind.list:
        value = readList(reader.delimited());
        break;
      default:
        reader.value(tag & 7);
    }
  }
  if (value === undefined) throw new Error("a value of an unknown kind came over the wire");
  return value;
}

function readStruct(reader: Reader): PropertyValue {
  const fields = readFields(reader);
  return fields[signatureKey] === undefined ? fields : fromSignedFields(fields);
}

function readList(reader: Reader): PropertyValue[] {
  const list: PropertyValue[] = [];
  while (!reader.done) {
    const tag = reader.varint();
    if (tag >>> 3 === 1) list.push(readValue(reader.delimited()));
    else reader.value(tag & 7);
  }
  return list;
}

/** Writes the fields of a Struct. */
export function writeFields(writer: Writer, properties: PropertyMap): void {
  const keys = Object.keys(properties);
  for (let index = keys.length - 1; index >= 0; index--) {
    const key = keys[index] as string;
    const value = properties[key];
    if (value === undefined) continue;
    const end = writer.length;
    writeValue(writer, value);
    writer.lengthSince(end, 2);
    const keyEnd = writer.length;
    writer.text(key);
    writer.lengthSince(keyEnd, 1);
    writer.lengthSince(end, 1);
  }
}

function writeValue(writer: Writer, value: PropertyValue): void {
  if (typeof value === "string") {
    writeText(writer, value);
  } else if (typeof value === "number") {
    writer.double(value);
    writer.tag(Kind.number, WireType.double);
  } else if (typeof value === "boolean") {
    writer.varint(value ? 1 : 0);
    writer.tag(Kind.bool, WireType.varint);
  } else if (value === null) {
    writer.varint(0);
    writer.tag(Kind.null, WireType.varint);
  } else if (value instanceof Unknown) {
    writeText(writer, sentinelOf(value));
  } else if (Array.isArray(value)) {
    const end = writer.length;
    writeList(writer, value);
    writer.lengthSince(end, Kind.list);
  } else {
    const end = writer.length;
    writeFields(writer, signedFields(value));
    writer.lengthSince(end, Kind.struct);
  }
}

function writeText(writer: Writer, text: string): void {
  const end = writer.length;
  writer.text(text);
  writer.lengthSince(end, Kind.string);
}

function writeList(writer: Writer, list: readonly PropertyValue[]): void {
  for (let index = list.length - 1; index >= 0; index--) {
    const end = writer.length;
    writeValue(writer, list[index] ?? null);
    writer.lengthSince(end, 1);
  }
}
