import type { Creation } from "../ci/create";
import type { GivenVariable, Pipeline } from "../ci/records";
import { badParameters, invalid } from "../http/errors";
import { parametersOf } from "../http/validate";
import type { FastifyRequest } from "fastify";

type Data = Readonly<Record<string, unknown>>;

/** `[{key, value, variable_type?}]`, as a list or as the object that a form makes of one; 400 for anything else. */
export function variableList(request: FastifyRequest, name: string): GivenVariable[] {
  const given = parametersOf(request)[name];
  if (given === undefined || given === null || given === "") return [];
  const items = Array.isArray(given) ? (given as unknown[]) : Object.values(given as object);
  return items.map((item) => {
    const { key, value, variable_type } = (typeof item === "object" && item !== null ? item : {}) as Data;
    if (typeof key !== "string") throw badParameters(`${name}[key] is missing`);
    if (!/^[A-Za-z0-9_]+$/.test(key)) throw badParameters(`${name}[key] is invalid`);
    return { key, value: plainText(value), variable_type: variable_type === "file" ? "file" : "env_var", raw: false };
  });
}

/** `{NAME: value}`, of a trigger: `variables[NAME]=value`. */
export function variableHash(request: FastifyRequest): GivenVariable[] {
  const given = parametersOf(request)["variables"] ?? {};
  if (typeof given !== "object" || Array.isArray(given)) throw badParameters("variables is invalid");
  return Object.entries(given as Data).map(([key, value]) => {
    if (typeof value === "object") throw invalid("variables needs to be a map of key-valued strings");
    return { key, value: plainText(value), variable_type: "env_var", raw: false };
  });
}

function plainText(value: unknown): string {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}

/** The pipeline that was made; 400 with GitLab's reason where none was. */
export function madePipeline(creation: Creation): Pipeline {
  if (creation.kind === "refused") throw invalid({ base: [creation.reason] });
  return creation.pipeline;
}

/** As GitLab tells the variables of a pipeline or a schedule. */
export function variableBody({ key, value, variable_type, raw }: GivenVariable): Record<string, unknown> {
  return { variable_type, key, value, raw };
}
