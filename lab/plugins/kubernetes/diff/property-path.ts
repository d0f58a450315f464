import type { PropertyPath } from "../../rpc";

/** Writes a property path as the engine reads it: `spec.containers[0].image`, `metadata.labels["app.io/x"]`. */
export function formatPath(path: PropertyPath): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === "number") return `${text}[${step}]`;
    if (/[."[\]]/.test(step)) return `${text}["${step.replaceAll('"', '\\"')}"]`;
    return text === "" ? step : `${text}.${step}`;
  }, "");
}

/**
 * Reads a property path; `[*]` and `*` are the step `*`, which stands for any.
 * Throws an Error on a path that is not well-formed.
 */
export function parsePath(text: string): PropertyPath {
  const steps: (string | number)[] = [];
  let rest = text.startsWith(".") ? text.slice(1) : text;
  while (rest !== "") {
    const match =
      /^\["((?:[^"\\]|\\.)*)"\]\.?/.exec(rest) ??
      /^\[(\*|\d+)\]\.?/.exec(rest) ??
      /^([^.[\]"]+)(?:\.(?=.)|(?=\[)|$)/.exec(rest);
    if (match === null) throw new Error(`"${text}" is not a property path`);
    const step = match[1] ?? "";
    steps.push(/^\[\d/.test(match[0]) ? Number(step) : step.replaceAll('\\"', '"'));
    rest = rest.slice(match[0].length);
  }
  return steps;
}

/** Whether the second path is the first or lies inside it. */
export function contains(outer: PropertyPath, inner: PropertyPath): boolean {
  return outer.length <= inner.length && outer.every((step, index) => step === "*" || step === inner[index]);
}
