import { stringify } from "yaml";
import { CONFIG_NAMESPACE } from "../../model/schema/stack";
import type { Level } from "../../policies/rule";
import { alignColumns } from "../table";
import type { PolicyFacts, SettingSchema } from "./facts";

/** One rule in whole: what it demands, why, and how a stack sets it. */
export function explain(policy: PolicyFacts, stack: string | undefined): string {
  const { name, description, reason, source, settings } = policy;
  return [
    `${name}: ${levels(policy, stack)}`,
    "",
    description,
    "",
    `Why:     ${reason}`,
    `Source:  ${source}`,
    ...(settings === undefined ? [] : ["", "Settings:", ...settingLines(settings)]),
    "",
    `To set it, in ${stack === undefined ? "the stack's file" : `Pulumi.${stack}.yaml`}:`,
    ...stringify({ config: { [`${CONFIG_NAMESPACE}:policies`]: { [name]: example(policy) } } })
      .trimEnd()
      .split("\n")
      .map((line) => `  ${line}`),
    "",
  ].join("\n");
}

function levels({ level, defaultLevel }: PolicyFacts, stack: string | undefined): string {
  if (stack === undefined) return `${level}, which ${MEANING[level]}`;
  const own = level === defaultLevel ? "" : `; ${defaultLevel} where a stack says nothing`;
  return `${level} on the stack ${stack}, which ${MEANING[level]}${own}`;
}

const MEANING: Readonly<Record<Level, string>> = {
  mandatory: "stops the preview and the update",
  advisory: "is shown, and stops nothing",
  disabled: "is not looked for",
};

function settingLines(settings: Readonly<Record<string, SettingSchema>>): string[] {
  const rows = Object.entries(settings).map(([key, schema]) => [
    `  ${key}`,
    typeName(schema),
    schema.description ?? "",
  ]);
  return alignColumns(rows);
}

function typeName({ type, items, enum: values, default: standard }: SettingSchema): string {
  const one = values === undefined ? (type ?? "") : values.join(", ");
  const name = type === "array" ? `list of ${typeName(items ?? {})}` : one;
  return standard === undefined ? name : `${name}, by default ${JSON.stringify(standard)}`;
}

/** The other level, with the settings as they are. */
function example({ level, settings, set }: PolicyFacts): unknown {
  const other = level === "mandatory" ? "advisory" : "mandatory";
  if (settings === undefined) return other;
  const standard = Object.entries(settings).map(([key, schema]) => [key, set?.[key] ?? schema.default]);
  return { level: other, ...Object.fromEntries(standard.filter(([, value]) => value !== undefined)) };
}
