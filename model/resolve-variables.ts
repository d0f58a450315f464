import type { GitLabVariable } from "./gitlab";
import { maskingFault } from "./masking";
import type { Path, Report } from "./report";
import { resolveValue } from "./resolve-secrets";
import type { Secrets } from "./resolve-secrets";
import type { VariableInput } from "./schema/gitlab-project";

/** The CI/CD variables of a repository, in the catalogue's order, as far as their secrets are there. */
export function resolveVariables(
  inputs: Readonly<Record<string, VariableInput>>,
  secrets: Secrets,
  path: Path,
  report: Report,
): GitLabVariable[] {
  return Object.entries(inputs).flatMap(([key, input]) =>
    resolveVariable(key, typeof input === "string" ? { value: input } : input, secrets, [...path, key], report),
  );
}

function resolveVariable(
  key: string,
  input: Exclude<VariableInput, string>,
  secrets: Secrets,
  path: Path,
  report: Report,
): GitLabVariable[] {
  const isSecret = input.secret !== undefined;
  const value =
    input.secret === undefined ? input.value : resolveValue(input.secret, secrets, [...path, "secret"], report);
  if (value === undefined) return [];
  const file = input.file ?? false;
  const masked = input.masked ?? (isSecret && !file);
  const text = typeof value === "string" ? value : value.isKnown ? value.reveal() : undefined;
  const fault = masked && text !== undefined ? maskingFault(text) : undefined;
  if (fault !== undefined) report.error(isSecret ? [...path, "secret"] : path, fault);
  return [{ key, value, masked, protected: input.protected ?? isSecret, file }];
}
