import { yamlTree } from "./read";

/** Keys whose text is a credential: `auth.rootPassword`, `bindPW`, `client_secret`, `API_TOKEN`; never `passwordSecretName`. */
const TELLING_KEY =
  /(?:^|[._-]|(?<=[a-z]))(?:password|passwd|pwd|passphrase|bind-?pw|token|client[-_]?secret|secret[-_]?access[-_]?key|api[-_]?key|private[-_]?key)$/i;

/** What can only be a credential, whatever it is called: what each is, and how it looks. */
const TELLING_TEXTS: readonly (readonly [what: string, pattern: RegExp])[] = [
  ["a private key", /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/],
  ["a token of GitLab", /\bgl(?:pat|dt|oas|rt|ptt)-[\w-]{20,}/],
  ["a token of GitHub", /\bgh[pousr]_\w{36,}/],
  ["an access key of AWS", /\bAKIA[0-9A-Z]{16}\b/],
  ["a JSON web token", /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/],
  ["a password in a URL", /\b[a-z][a-z0-9+.-]*:\/\/[^/\s:@]*:[^/\s@$<{][^/\s@]*@/i],
];

/** What names a secret that is elsewhere, or says that there is none: `$oidc.clientSecret`, `<path:…>`, `{{ … }}`, `true`. */
const REFERENCE = /^(?:\$[({]?[\w.:-]+[)}]?$|<.+>$|\{\{|ref\+|vault:|true$|false$|null$|\d{1,2}$)/i;

/** What a text is by its key or by itself, when that is a credential: `a password`. The text is never repeated. */
export function credentialIn(key: string, text: string): string | undefined {
  const telling = TELLING_TEXTS.find(([, pattern]) => pattern.test(text));
  if (telling !== undefined) return telling[0];
  const word = TELLING_KEY.exec(key)?.[0]
    .replace(/^[._-]/, "")
    .toLowerCase();
  return word === undefined || text.trim() === "" || REFERENCE.test(text.trim()) ? undefined : `a ${nameOf(word)}`;
}

/** The credentials in a text that may be YAML, each by what it is. */
export function credentialsInText(text: string): readonly string[] {
  return credentialsInTree(yamlTree(text), "");
}

/** The credentials in a value of any shape, each by what it is. */
export function credentialsInTree(value: unknown, key: string): readonly string[] {
  if (typeof value === "string") {
    const found = credentialIn(key, value);
    return found === undefined ? [] : [found];
  }
  if (Array.isArray(value)) return value.flatMap((item) => credentialsInTree(item, key));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([inner, item]) => credentialsInTree(item, inner));
}

function nameOf(word: string): string {
  if (/^client/.test(word)) return "client secret";
  if (/^api/.test(word)) return "key of an API";
  if (/^private/.test(word)) return "private key";
  if (/^secret/.test(word)) return "secret key";
  return word === "token" ? word : "password";
}
