export * from "./generated";
export { config } from "./generated/config";
export * as types from "./generated/types";
