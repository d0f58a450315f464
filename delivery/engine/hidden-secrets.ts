/** Stands wherever a secret would. */
export const SECRET = "[secret]";

/** Pulumi's mark of a special value and that of a secret among them (sdk/go/common/resource). */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET_SIGNATURE = "1b47061264138c4ac30d75fd1eb44270";

/**
 * Parses JSON that Pulumi has printed. In the value its secrets read `[secret]`, the revealed ones among them.
 *
 * @throws SyntaxError when the text is no JSON
 */
export function parseHidingSecrets(text: string): unknown {
  const value = JSON.parse(text) as unknown;
  // Most values have none, and a walk through all of them takes as long as parsing does.
  return text.includes(SIGNATURE) ? withoutSecrets(value) : value;
}

function withoutSecrets(value: unknown): unknown {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if ((value as Readonly<Record<string, unknown>>)[SIGNATURE] === SECRET_SIGNATURE) return SECRET;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutSecrets(item)]));
}
