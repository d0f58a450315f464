import { SecretText } from "../model/secret";

/**
 * A component's arguments as its state and its preview may show them: a copy of plain data in which every secret is
 * left out. The resource that uses a secret shows that it changed.
 */
export function shownInputs(value: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined && !(item instanceof SecretText))
      .map(([key, item]) => [key, shown(item)]),
  );
}

function shown(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((item) => !(item instanceof SecretText)).map(shown);
  if (typeof value === "object" && value !== null) return shownInputs(value as Record<string, unknown>);
  return value;
}
