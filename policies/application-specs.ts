import { parse } from "yaml";
import { everyGenerator } from "./generators";
import { APPLICATION, APPLICATION_PATCH, APPLICATION_SET, APPLICATION_SET_PATCH } from "./kinds";
import { at, listAt } from "./read";
import type { Subject } from "./rule";

/** Types whose resources are Applications as a whole, or make them: rules about what must be there look at these. */
export const APPLICATIONS: readonly string[] = [APPLICATION, APPLICATION_SET];

/** Those, and what is applied over some of their fields: rules about what must not be there look at these. */
export const APPLICATION_PARTS: readonly string[] = [...APPLICATIONS, APPLICATION_PATCH, APPLICATION_SET_PATCH];

const SETS: readonly string[] = [APPLICATION_SET, APPLICATION_SET_PATCH];

/** An Application, or what an ApplicationSet makes Applications of. */
export interface ApplicationTemplate {
  /** Where it lies in the inputs: empty, or `spec.template.`. */
  readonly path: string;
  /** Its metadata and spec. */
  readonly body: unknown;
  /** Whether what it does not name is not there; otherwise it is laid over another, and leaves that as it is. */
  readonly isWhole: boolean;
}

/** The Application itself, or the ApplicationSet's own template. */
export function applicationOf({ type, inputs }: Subject): ApplicationTemplate {
  const isWhole = APPLICATIONS.includes(type);
  return SETS.includes(type)
    ? { path: "spec.template.", body: at(inputs, "spec", "template"), isWhole }
    : { path: "", body: inputs, isWhole };
}

/** All that says what an Application is like: in an ApplicationSet, the templates of generators and the patch, too. */
export function applicationsOf(subject: Subject): readonly ApplicationTemplate[] {
  return SETS.includes(subject.type)
    ? [applicationOf(subject), ...generatorTemplates(subject), ...patchTemplate(subject)]
    : [applicationOf(subject)];
}

/** The templates that generators lay over the ApplicationSet's own. */
export function generatorTemplates({ inputs }: Subject): readonly ApplicationTemplate[] {
  return everyGenerator(listAt(inputs, "spec", "generators")).flatMap(({ path, generator }) =>
    Object.entries(generator).flatMap(([kind, settings]) => {
      const body = at(settings, "template");
      return body === undefined ? [] : [{ path: `${path}.${kind}.template.`, body, isWhole: false }];
    }),
  );
}

/** What stands for an expression of a patch once it is read. */
const EXPRESSION = "__expression__";

/** An expression in a line of its own: its indentation, and what it is. */
const LINE = /^([ \t]*)\{\{-?((?:(?!\}\}).)*)\}\}[ \t]*$/gm;

/** Conditions, loops, variables and comments, which make no field. */
const CONTROL = /^\s*(?:(?:if|else|end|range|with|define)\b|\$|\/\*)/;

/** What `toYaml .x | nindent 4` is indented by. */
const INDENT = /\|\s*n?indent\s+(\d+)/;

/** The patch of an ApplicationSet, with its expressions left open; none where the rest is no YAML. */
export function patchTemplate({ inputs }: Subject): readonly ApplicationTemplate[] {
  const patch = at(inputs, "spec", "templatePatch");
  if (typeof patch !== "string") return [];
  const plain = patch
    .replaceAll(LINE, (_, blanks: string, inner: string) => {
      if (CONTROL.test(inner)) return "";
      return `${" ".repeat(Number(INDENT.exec(inner)?.[1] ?? blanks.length))}${EXPRESSION}: ${EXPRESSION}`;
    })
    .replaceAll(/\{\{.*?\}\}/g, EXPRESSION);
  try {
    return [
      {
        path: "spec.templatePatch.",
        body: parse(plain, { logLevel: "error", uniqueKeys: false }) as unknown,
        isWhole: false,
      },
    ];
  } catch {
    return [];
  }
}

/** A source of an Application, with its place. */
export interface SourcePlace {
  readonly path: string;
  readonly source: unknown;
}

/** The sources of an Application: `sources` where there are some, as Argo CD then ignores `source`. */
export function sourcesOf(application: ApplicationTemplate): SourcePlace[] {
  const several = sourceList(application);
  return several.length > 0 ? several : singleSource(application);
}

/** The sources that an Application states: beside `sources`, Argo CD passes over `source`, which can be read all the same. */
export function statedSources(application: ApplicationTemplate): SourcePlace[] {
  return [...singleSource(application), ...sourceList(application)];
}

function singleSource({ path, body }: ApplicationTemplate): SourcePlace[] {
  const source = at(body, "spec", "source");
  return source === undefined ? [] : [{ path: `${path}spec.source`, source }];
}

function sourceList({ path, body }: ApplicationTemplate): SourcePlace[] {
  return listAt(body, "spec", "sources").map((source, index) => ({
    path: `${path}spec.sources[${String(index)}]`,
    source,
  }));
}

/** Whether a text is only known once an ApplicationSet's generator fills it in. */
export function isTemplated(text: string): boolean {
  return text.includes("{{") || text.includes(EXPRESSION);
}
