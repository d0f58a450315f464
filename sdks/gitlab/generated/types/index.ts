// Generated from the schema by `npm run sdk`. Change the generator, not this file.
export * as input from "./input";
export * as output from "./output";
