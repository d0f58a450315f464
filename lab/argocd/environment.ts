import type { Container, KeyReference, Values, Variable, VariableSource } from "./objects";
import { missingReference } from "./problems";

/** What the variables of a container refer to. */
export interface EnvironmentContext {
  readonly configMaps: Values;
  readonly secrets: Values;
  /** The fields of the pod by their paths: `metadata.namespace`. */
  readonly fields: Readonly<Record<string, string>>;
  /** Names the pod in problems. */
  readonly pod: string;
}

/**
 * The environment that a kubelet gives to a container: `envFrom`, over it `env` in its order, with `$(NAME)` standing
 * for variables before it. What is optional and not there is left out.
 * https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/
 */
export function environmentOf(container: Container, context: EnvironmentContext): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const source of container.envFrom ?? []) Object.assign(environment, allOf(source, context));
  for (const variable of container.env ?? []) {
    const value = valueOf(variable, context, environment);
    if (value !== undefined) environment[variable.name] = value;
  }
  return environment;
}

/** A text with each `$(NAME)` as `replace` has it. `$$(NAME)` is an escaped one; a name that is not known stays. */
export function expand(text: string, replace: (name: string) => string | undefined): string {
  return text.replace(/\$\$|\$\(([^)\s]+)\)/g, (whole, name: string | undefined) =>
    name === undefined ? "$" : (replace(name) ?? whole),
  );
}

function valueOf(
  { value, valueFrom }: Variable,
  context: EnvironmentContext,
  before: Readonly<Record<string, string>>,
): string | undefined {
  if (valueFrom === undefined) return expand(value ?? "", (name) => before[name]);
  const { configMapKeyRef, secretKeyRef, fieldRef } = valueFrom;
  if (configMapKeyRef !== undefined) return keyOf("ConfigMap", context.configMaps, configMapKeyRef, context);
  if (secretKeyRef !== undefined) return keyOf("Secret", context.secrets, secretKeyRef, context);
  const field = fieldRef && context.fields[fieldRef.fieldPath];
  if (field === undefined) throw missingReference(context.pod, `the field ${fieldRef?.fieldPath ?? "of another kind"}`);
  return field;
}

function keyOf(
  kind: string,
  objects: Values,
  { name, key, optional = false }: KeyReference,
  { pod }: EnvironmentContext,
): string | undefined {
  const value = objects.get(name)?.[key];
  if (value === undefined && !optional) throw missingReference(pod, `the key ${key} of the ${kind} ${name}`);
  return value;
}

function allOf({ prefix = "", configMapRef, secretRef }: VariableSource, context: EnvironmentContext): object {
  const reference = configMapRef ?? secretRef;
  if (reference === undefined) return {};
  const [kind, objects] = configMapRef ? ["ConfigMap", context.configMaps] : ["Secret", context.secrets];
  const data = (objects as Values).get(reference.name);
  if (data === undefined && reference.optional !== true) {
    throw missingReference(context.pod, `the ${kind as string} ${reference.name}`);
  }
  return Object.fromEntries(Object.entries(data ?? {}).map(([key, value]) => [`${prefix}${key}`, value]));
}
