import type { FastifyRequest } from "fastify";
import { parse } from "qs";
import { badParameters } from "./errors";

/** How one parameter is read. `undefined` from `read` means that the value is of the wrong type. */
export interface Parameter<T> {
  readonly read: (value: unknown) => T | undefined;
  readonly required?: boolean;
  /** What grape says of a value that cannot be read. @default "is invalid" */
  readonly complaint?: string;
}

type Shape = Readonly<Record<string, Parameter<unknown>>>;
type Values<S extends Shape> = {
  readonly [K in keyof S]: S[K] extends Parameter<infer T>
    ? S[K] extends { required: true }
      ? T
      : T | undefined
    : never;
};

export const text: Parameter<string> = {
  read: (value) => (typeof value === "string" ? value : typeof value === "number" ? String(value) : undefined),
};

export const integer: Parameter<number> = {
  read: (value) => (/^-?\d+$/.test(String(value)) ? Number(value) : undefined),
};

export const flag: Parameter<boolean> = {
  read: (value) => {
    // python-gitlab writes `True`.
    const word = String(value).toLowerCase();
    if (["true", "1", "t", "yes", "y", "on"].includes(word)) return true;
    return ["false", "0", "f", "no", "n", "off"].includes(word) ? false : undefined;
  },
};

/** A day; a point in time is cut to its day. */
export const date: Parameter<string> = {
  read: (value) =>
    typeof value === "string" && !Number.isNaN(Date.parse(value))
      ? new Date(value).toISOString().slice(0, 10)
      : undefined,
};

/** An object of anything, for what an area looks into itself. */
export const hash: Parameter<Readonly<Record<string, unknown>>> = {
  read: (value) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined,
};

export function oneOf<const T extends string | number>(...allowed: readonly T[]): Parameter<T> {
  return {
    read: (value) => allowed.find((one) => String(one) === String(value)),
    complaint: "does not have a valid value",
  };
}

/** An array, or text with commas. */
export function list<T>(item: Parameter<T>): Parameter<readonly T[]> {
  return {
    read: (value) => {
      const values = Array.isArray(value)
        ? (value as unknown[])
        : typeof value === "string"
          ? value.split(",")
          : [value];
      const read = values.filter((one) => one !== "").map(item.read);
      return read.some((one) => one === undefined) ? undefined : (read as T[]);
    },
    ...(item.complaint !== undefined && { complaint: item.complaint }),
  };
}

/** May be given as null, or as an empty text, which is null. */
export function nullable<T>(parameter: Parameter<T>): Parameter<T | null> {
  return { ...parameter, read: (value) => (value === null || value === "" ? null : parameter.read(value)) };
}

export function required<T>(parameter: Parameter<T>): Parameter<T> & { readonly required: true } {
  return { ...parameter, required: true };
}

/** All parameters that a request gives, from the query and the body: JSON, a form or a multipart form. */
export function parametersOf(request: FastifyRequest): Readonly<Record<string, unknown>> {
  const query = parse(request.url.split("?")[1] ?? "", { depth: 5, arrayLimit: 1000 });
  const body = typeof request.body === "object" && request.body !== null ? request.body : {};
  return { ...query, ...body };
}

/**
 * Reads a request's parameters, those of the path excepted; what is not in the shape is left out, as grape does.
 * Throws the 400 that names every wrong one: `name is missing, visibility does not have a valid value`.
 */
export function validate<S extends Shape>(request: FastifyRequest, shape: S): Values<S> {
  const given = parametersOf(request);
  const problems: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, parameter] of Object.entries(shape)) {
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    const isAbsent = value === undefined || (value === null && parameter.read(null) === undefined);
    if (isAbsent) {
      if (parameter.required === true) problems.push(`${name} is missing`);
      continue;
    }
    values[name] = parameter.read(value);
    if (values[name] === undefined) problems.push(`${name} ${parameter.complaint ?? "is invalid"}`);
  }
  if (problems.length > 0) throw badParameters(problems.join(", "));
  return values as Values<S>;
}
