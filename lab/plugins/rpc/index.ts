export * from "./engine";
export * from "./errors";
export * from "./property";
export * from "./property-walk";
export * from "./provider";
export * from "./serve";
export * from "./service";
export { Calls } from "./calls";
export { decodeProperties, encodeProperties } from "./wire/properties";
