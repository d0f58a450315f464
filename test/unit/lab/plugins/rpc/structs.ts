import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { decodeProperties, encodeProperties, type PropertyMap } from "../../../../../lab/plugins/rpc";

/** Properties as google-protobuf has them, for the messages that the tests send as the engine. */
export function toStruct(properties: PropertyMap): Struct {
  return Struct.deserializeBinary(encodeProperties(properties));
}

/** What google-protobuf received, as properties; none when nothing was received. */
export function fromStruct(struct: Struct | undefined): PropertyMap {
  return struct === undefined ? {} : decodeProperties(Buffer.from(struct.serializeBinary()));
}
