import type { Variable } from "../store/variables";
import type { Faults } from "./names";

/** Values that a log can hide: one line of eight characters or more. https://docs.gitlab.com/ci/variables/#mask-a-cicd-variable */
const maskable = { raw: /^\S{8,}$/, expanded: /^[a-zA-Z0-9_+=/@:.~-]{8,}$/ };

/**
 * What GitLab finds wrong with a variable, by field.
 * @param others of the same group or project
 */
export function variableFaults(variable: Omit<Variable, "id">, others: readonly Variable[]): Faults {
  const { key, value, masked, raw, environment_scope: scope } = variable;
  const faults: Faults = {};
  const keyFaults = [
    ...(key === "" ? ["can't be blank"] : []),
    ...(key.length > 255 ? ["is too long (maximum is 255 characters)"] : []),
    ...(/^[a-zA-Z0-9_]+$/.test(key) ? [] : ["can contain only letters, digits and '_'."]),
    ...(others.some((one) => one.key === key && one.environment_scope === scope)
      ? [`(${key}) has already been taken`]
      : []),
  ];
  if (keyFaults.length > 0) faults["key"] = keyFaults;
  if (masked && !(raw ? maskable.raw : maskable.expanded).test(value)) faults["value"] = ["is invalid"];
  if (value.length > 10_000) faults["value"] = ["is too long (maximum is 10000 characters)"];
  if (!/^[a-zA-Z0-9_/\\$ {}.()*-]+$/.test(scope) || scope.length > 255) {
    faults["environment_scope"] = [
      "can contain only letters, digits, '-', '_', '/', '$', '{', '}', '.', '(', ')', '*' and spaces",
    ];
  }
  if ((variable.description?.length ?? 0) > 255) faults["description"] = ["is too long (maximum is 255 characters)"];
  return faults;
}
