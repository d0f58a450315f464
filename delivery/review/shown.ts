import { masked } from "../gitlab/log-tail";
import { SECRET } from "../engine/hidden-secrets";
import { isSecretKey } from "./secret-keys";

/** Private keys, also in Base64 as a kubeconfig has them. */
const PRIVATE_KEYS = [
  /-----BEGIN [A-Z ]*PRIVATE KEY(?: BLOCK)?-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY(?: BLOCK)?-----|$)/g,
  /\bLS0tLS1CRUdJTi(?!BDRVJU)[\w+/=-]*/g,
];

/** The tokens of clouds and forges by their prefixes, those of GitLab that `masked` does not know among them. */
const TOKENS = new RegExp(
  String.raw`\b(?:` +
    [
      String.raw`gh[pousr]_\w{16,}|github_pat_\w{16,}|gl[a-z]{2,6}-[\w.-]{20,}|GR1348941[\w-]{16,}`,
      String.raw`(?:AKIA|ASIA)[A-Z0-9]{16}|AIza[\w-]{30,}|ya29\.[\w-]{16,}|dop_v1_\w{16,}`,
      String.raw`xox[abposr]-[\w-]{8,}|xapp-[\w-]{16,}|hooks\.slack\.com/services/[\w/]+`,
      String.raw`pul-[0-9a-f]{16,}|hv[sb]\.[\w-]{16,}|AGE-SECRET-KEY-\w+|dckr_pat_[\w-]{16,}|npm_\w{30,}|pypi-[\w-]{16,}`,
      String.raw`[sr]k_live_\w{16,}|SG\.[\w-]{16,}\.[\w-]+`,
    ].join("|") +
    ")",
  "g",
);

/**
 * `password=…` in a text: a command line, a connection string, JSON, also JSON within JSON. The key begins where no other
 * letter is before it, so that a long word is not looked at from each of its letters.
 */
const KEY = /(?<![\w.-])([\w.-]+)(?:\\*["'])?\]?\s*[=:]\s*/g;

/** What stands behind a key: in quotes, as a block of YAML, or a word. The API server's errors quote what was given. */
const VALUE =
  /(?:[|>][-+\d]*\s+|((?:Invalid|Unsupported|Duplicate) value: ))?(?:(\\*["'])(?:(?!\2)[\s\S])+\2|\\*["']?(?!\[secret\]|Required value|Forbidden|Not found)[^\s"'&;\\]{4,})/y;

/** `--password …` */
const OPTION = /(?<![\w-])(--[\w-]+)(\s+)(["']?)[^\s"'-][^\s"']{3,}\3/g;

/** What proves who one is. A word without a digit is a word. */
const BEARER = /\b(bearer|basic)(\s+)(?=\S*\d)[\w.~+/-]{16,}=*/gi;

/** Whether a text is worth the search: most are names and numbers. */
const SUSPICIOUS =
  /-----BEGIN|LS0tLS1|:\/\/[^/]*@|gl[a-z]{1,6}-|GR1348941|eyJ|gh[pousr]_|github_pat_|A[KS]IA|AIza|ya29|xox|xapp|hooks\.|pul-|hv[sb]\.|AGE-|_pat_|npm_|pypi-|dop_v1|k_live_|SG\.|bearer|basic|pass|secret|token|key|credential|auth|signature|connection/i;

/** What a terminal obeys, and what is not seen: a text would read otherwise than it is. */
const [ESCAPE] = ["\\u001b"];
const CONTROL = new RegExp(
  `${ESCAPE}\\[[0-9;?]*[A-Za-z]|[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u2028\\u2029]|\\p{Cf}`,
  "gu",
);

/** So many texts are looked for at a time: the pattern is compiled. */
const AT_ONCE = 500;

/**
 * Texts from outside as they may be shown: without what is known to be a secret, without what looks like one, without
 * characters that are not seen.
 */
export function showable(secrets: readonly string[]): (text: string) => string {
  const hide = withoutKnown(secrets);
  // Most texts are kinds, paths and words that come again.
  const answers = new Map<string, string>();
  return (text) => {
    let answer = answers.get(text);
    if (answer === undefined) answers.set(text, (answer = withoutSecretLooking(hide(text.replace(CONTROL, "")))));
    return answer;
  };
}

/** Takes each of these texts out of others, the longest first. */
export function withoutKnown(secrets: readonly string[]): (text: string) => string {
  const sources = [...secrets]
    .sort((one, other) => other.length - one.length)
    .map((secret) => secret.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&"));
  const groups: RegExp[] = [];
  for (let start = 0; start < sources.length; start += AT_ONCE) {
    groups.push(new RegExp(sources.slice(start, start + AT_ONCE).join("|"), "g"));
  }
  return (text) => groups.reduce((rest, pattern) => rest.replace(pattern, SECRET), text);
}

function withoutSecretLooking(text: string): string {
  if (!SUSPICIOUS.test(text)) return text;
  let shown = text;
  for (const pattern of [...PRIVATE_KEYS, TOKENS]) shown = shown.replace(pattern, SECRET);
  shown = withoutAssigned(shown).replace(OPTION, (whole, option: string, space: string) =>
    isSecretKey(option) ? `${option}${space}${SECRET}` : whole,
  );
  shown = shown.replace(BEARER, `$1$2${SECRET}`);
  return masked(shown, []).replaceAll("[masked]", SECRET);
}

/** A value may be a key with a value in its turn: `error: password=…`. */
function withoutAssigned(text: string): string {
  let shown = "";
  let end = 0;
  for (const { 0: whole, 1: key = "", index } of text.matchAll(KEY)) {
    const start = index + whole.length;
    if (index < end || !isSecretKey(key)) continue;
    VALUE.lastIndex = start;
    const value = VALUE.exec(text);
    if (value === null) continue;
    const [, words = "", quote = ""] = value;
    shown += `${text.slice(end, start)}${words}${quote}${SECRET}${quote}`;
    end = VALUE.lastIndex;
  }
  return shown + text.slice(end);
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
