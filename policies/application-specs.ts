import { APPLICATION, APPLICATION_SET } from "./kinds";
import { at, listAt, textAt } from "./read";
import type { Subject } from "./rule";

/** Types whose resources are Applications, or make them. */
export const APPLICATIONS = [APPLICATION, APPLICATION_SET];

/** An Application, or what an ApplicationSet makes Applications of. */
export interface ApplicationTemplate {
  /** Where it lies in the inputs: empty, or `spec.template.`. */
  readonly path: string;
  /** Its metadata and spec. */
  readonly body: unknown;
}

export function applicationOf({ type, inputs }: Subject): ApplicationTemplate {
  return type === APPLICATION_SET
    ? { path: "spec.template.", body: at(inputs, "spec", "template") }
    : { path: "", body: inputs };
}

/** A source of an Application, with its place. */
export interface SourcePlace {
  readonly path: string;
  readonly source: unknown;
}

/** The sources of an Application: `sources` where there are some, as Argo CD then ignores `source`. */
export function sourcesOf({ path, body }: ApplicationTemplate): SourcePlace[] {
  const several = listAt(body, "spec", "sources");
  if (several.length > 0) {
    return several.map((source, index) => ({ path: `${path}spec.sources[${String(index)}]`, source }));
  }
  const source = at(body, "spec", "source");
  return source === undefined ? [] : [{ path: `${path}spec.source`, source }];
}

/** Whether a text is only known once an ApplicationSet's generator fills it in. */
export function isTemplated(text: string): boolean {
  return text.includes("{{");
}

export function projectOf({ body }: ApplicationTemplate): string | undefined {
  return textAt(body, "spec", "project");
}
