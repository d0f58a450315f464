import type { Told } from "./told";

/** The two ways in which the engine says that a step is not planned; source: pkg/resource/deploy/step_generator.go. */
const VIOLATION =
  /^(?:resource (?<urn>\S+) violates plan: |resource violates plan: )(?<reason>.*)|^(?<step>\S+ is not allowed by the plan: .*)|^(?:no plan for resource|Expected a new resource plan for) (?<unplanned>\S+)/s;

/** The first of the properties, which stands before any value: `properties changed: =~data[{…`. */
const FIRST_PROPERTY = /^properties changed: [=+~-]{2}(?<key>[\w$.-]+)/;

/**
 * What the engine says of a step that its plan does not allow; absent where it says something else. The engine prints
 * the values that differ, and of a secret too: here they are left out.
 *
 * @param urn of the event
 */
export function violationOf(message: string, urn = ""): Extract<Told, { kind: "violation" }> | undefined {
  const found = VIOLATION.exec(message.trim())?.groups;
  if (found === undefined) return undefined;
  const resource = found["urn"] ?? found["unplanned"] ?? urn;
  if (found["unplanned"] !== undefined) return { kind: "violation", resource, text: "the plan does not know it" };
  const reason = found["reason"] ?? found["step"] ?? "";
  const key = FIRST_PROPERTY.exec(reason)?.groups?.["key"];
  if (key !== undefined) return { kind: "violation", resource, text: `its ${key} would differ from the plan` };
  const isOther = reason.startsWith("properties changed");
  return { kind: "violation", resource, text: isOther ? "properties would differ from the plan" : firstLine(reason) };
}

function firstLine(text: string): string {
  return text.split("\n")[0] ?? "";
}
