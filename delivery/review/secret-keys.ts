const SECRET = new RegExp(
  [
    "pass(?:word|wd|phrase)|secret|token|credential|kubeconfig|bearer|signature$|authorization",
    "(?:^|[^a-z])(?:auth|pass)$",
    "(?:private|api|access|account|encryption|signing|hmac|master|shared|client|ssh|tls)[-_.]?key",
    "connection[-_.]?string",
    // kubectl keeps the whole object in this annotation, a Secret's data too.
    "last-applied-configuration",
  ].join("|"),
  "i",
);

/** The last word of a key that tells about a secret, but holds none: `secretName`, `tokenExpiresAt`, `secret-type`. */
const ABOUT =
  /^(?:name|ref|kind|type|id|at|from|until|day|policy|policie|path|file|length|url|uri|endpoint|enabled|required|scope|duration|seconds|namespace|store|format|version)s?$/i;

/** The same few keys come again with every object. */
const known = new Map<string, boolean>();

/** Whether a key's value may be a secret by the key's name: `password`, `db.password`, `clientSecret`, `API_TOKEN`. */
export function isSecretKey(key: string): boolean {
  let answer = known.get(key);
  if (answer === undefined) known.set(key, (answer = SECRET.test(key) && !ABOUT.test(lastWord(key))));
  return answer;
}

/** `Name` of `secretName` and `secret-Name`. */
function lastWord(key: string): string {
  return /(?:[A-Z]?[a-z0-9]+|[A-Z0-9]+)$/.exec(key)?.[0] ?? "";
}

/** Keys that hold what another text names. */
const VALUES = new Set(["value", "values", "data", "text", "content", "plaintext"]);

/**
 * Whether the value at a key of an object may be a secret, by the key, by what the object calls it
 * (`{ name: DB_PASSWORD, value: … }`), by the key that the object itself stands at (`password: { value: … }`), or because
 * GitLab shall mask it.
 */
export function isSecretIn(object: Readonly<Record<string, unknown>>, key: string, at: string): boolean {
  if (isSecretKey(key)) return true;
  if (!VALUES.has(key)) return false;
  const { name, key: called, masked } = object;
  return masked === true || [name, called, at].some((text) => typeof text === "string" && isSecretKey(text));
}
