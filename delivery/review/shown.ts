import { masked } from "../gitlab/log-tail";
import { SECRET } from "../engine/hidden-secrets";

/** Private keys, and the tokens of clouds and forges other than GitLab, by their prefixes. */
const PRIVATE_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g;
const TOKENS =
  /\b(?:gh[pousr]_\w{16,}|github_pat_\w{16,}|(?:AKIA|ASIA)[A-Z0-9]{16}|xox[abposr]-[\w-]{8,}|pul-[0-9a-f]{16,}|hvs\.[\w-]{16,}|AGE-SECRET-KEY-\w+)/g;

/** `password=…` in a text: a command line, a connection string. */
const ASSIGNED =
  /\b(pass(?:word|wd|phrase)|secret|token|api[-_]?key)(["']?\s*[=:]\s*["']?)(?!\[secret\])[^\s"'&;,]{4,}/gi;

/** Whether a text is worth the search: most are names and numbers. */
const SUSPICIOUS =
  /-----BEGIN|:\/\/[^/]*@|gl[a-z]{1,5}-|eyJ|authorization|gh[pousr]_|github_pat_|A[KS]IA|xox|pul-|hvs\.|AGE-|(?:pass|secret|token|api).*[=:]/i;

/** What a terminal obeys, and what turns the direction of text so that it reads otherwise than it is. */
const [ESCAPE] = ["\\u001b"];
const CONTROL = new RegExp(
  `${ESCAPE}\\[[0-9;?]*[A-Za-z]|[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2069\\ufeff]`,
  "g",
);

/**
 * Texts from outside as they may be shown: without what is known to be a secret, without what looks like one, without
 * characters that are not seen.
 */
export function showable(secrets: readonly string[]): (text: string) => string {
  const known = [...secrets].sort((one, other) => other.length - one.length);
  // Most texts are kinds, paths and words that come again.
  const answers = new Map<string, string>();
  return (text) => {
    let answer = answers.get(text);
    if (answer === undefined) answers.set(text, (answer = withoutSecrets(text.replace(CONTROL, ""), known)));
    return answer;
  };
}

function withoutSecrets(text: string, known: readonly string[]): string {
  let shown = text;
  for (const secret of known) if (shown.includes(secret)) shown = shown.replaceAll(secret, SECRET);
  if (!SUSPICIOUS.test(shown)) return shown;
  shown = shown.replace(PRIVATE_KEY, SECRET).replace(TOKENS, SECRET).replace(ASSIGNED, `$1$2${SECRET}`);
  return masked(shown, []).replaceAll("[masked]", SECRET);
}

/** A copy of plain data with every text in it made showable. */
export function showAll<T>(value: T, show: (text: string) => string): T {
  if (typeof value === "string") return show(value) as T;
  if (Array.isArray(value)) return value.map((item: unknown) => showAll(item, show)) as T;
  if (value === null || typeof value !== "object") return value;
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value)) copy[key] = showAll((value as Record<string, unknown>)[key], show);
  return copy as T;
}
