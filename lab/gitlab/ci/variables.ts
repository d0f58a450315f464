import { literal } from "./expand";
import type { GivenVariable } from "./records";

/** A variable that was declared for a group or a project. Fields as in GitLab's API. */
export interface DeclaredVariable extends GivenVariable {
  readonly protected: boolean;
  readonly masked: boolean;
  /** `*`, `production`, `review/*` */
  readonly environment_scope: string;
}

/** Variables of one job. */
export interface JobVariables {
  /** By name, not yet expanded; a file variable's value is a path. */
  readonly values: Readonly<Record<string, string>>;
  /** Contents of file variables by name. */
  readonly files: Readonly<Record<string, string>>;
  /** Values that its log shows as `[MASKED]`. */
  readonly masked: readonly string[];
}

export interface VariableSources {
  readonly predefined: Readonly<Record<string, string>>;
  /** From the CI file, the job's own over those of the file. */
  readonly yaml: Readonly<Record<string, string>>;
  readonly dotenv: Readonly<Record<string, string>>;
  /** Those of each group from the top, then the project's: later ones win. */
  readonly declared: readonly (readonly DeclaredVariable[])[];
  /** Of the pipeline, then those given to a manual job. */
  readonly given: readonly GivenVariable[];
  /** Whether the pipeline runs for a protected branch or tag. */
  readonly isProtected: boolean;
  /** Absent where a job has none, and for `rules`. */
  readonly environment?: string | undefined;
  /** The path of a file variable's file. */
  readonly fileOf: (name: string) => string;
}

/**
 * The variables that a job sees, by GitLab's precedence: predefined, CI file, dotenv reports, groups, project,
 * pipeline. https://docs.gitlab.com/ci/variables/#cicd-variable-precedence
 */
export function jobVariables(sources: VariableSources): JobVariables {
  const values: Record<string, string> = {};
  const files: Record<string, string> = {};
  const masked = new Set<string>();
  const put = ({ key, value, variable_type, raw }: GivenVariable): void => {
    Reflect.deleteProperty(files, key);
    if (variable_type === "file") {
      files[key] = value;
      values[key] = literal(sources.fileOf(key));
    } else values[key] = raw ? literal(value) : value;
  };
  for (const [name, value] of Object.entries(sources.predefined)) values[name] = literal(value);
  Object.assign(values, sources.yaml);
  for (const [name, value] of Object.entries(sources.dotenv)) values[name] = literal(value);
  for (const declared of sources.declared) {
    for (const variable of inScope(declared, sources.environment)) {
      if (variable.protected && !sources.isProtected) continue;
      put(variable);
      if (variable.masked && variable.value !== "") masked.add(variable.value);
    }
  }
  for (const variable of sources.given) put(variable);
  return { values, files, masked: [...masked] };
}

/** Those whose scope takes the environment in, the most exact scope last. */
function inScope(declared: readonly DeclaredVariable[], environment: string | undefined): DeclaredVariable[] {
  return declared
    .filter(({ environment_scope }) => scopeCovers(environment_scope, environment))
    .sort((a, b) => exactness(a.environment_scope) - exactness(b.environment_scope));
}

/** Whether a scope covers an environment; what has no environment is covered by `*` alone. */
export function scopeCovers(scope: string, environment: string | undefined): boolean {
  if (scope === "*" || environment === undefined) return scope === "*";
  const pattern = scope.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${pattern.join(".*")}$`).test(environment);
}

function exactness(scope: string): number {
  return scope.includes("*") ? scope.replaceAll("*", "").length : Number.MAX_SAFE_INTEGER;
}
