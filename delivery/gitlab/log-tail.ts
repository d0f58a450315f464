import { withoutCredentials } from "../bump/git";

/** GitLab's own tokens, by the prefixes that https://docs.gitlab.com/security/tokens/ lists, and JSON Web Tokens. */
const TOKENS = /\b(?:gl(?:pat|dt|ptt|cbt|rt|ft|soat|agent|imt|ffct|oas)-[\w.-]{8,}|eyJ[\w-]{8,}\.[\w-]+\.[\w-]+)/g;

/** What a terminal obeys: colours, cursor movements, titles. Written with names, as the characters cannot be seen. */
const [ESCAPE, BELL] = ["\\u001b", "\\u0007"];
const CONTROL = new RegExp(
  `${ESCAPE}\\[[0-9;?]*[A-Za-z]|${ESCAPE}\\][^${BELL}]*${BELL}|[\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f]`,
  "g",
);

/** GitLab's marks of a log's foldable sections, and the time that runners write before each line. */
const SECTION = /section_(?:start|end):\d+:[^\r\n]*\r/g;
const STAMP = /^\d{4}-\d\d-\d\dT[\d:.]+Z \d\d[OE][+ ]?/;

/** Text without secrets: those that are known, and what looks like one. */
export function masked(text: string, secrets: readonly string[]): string {
  const known = secrets.filter((secret) => secret.length >= 4).sort((one, other) => other.length - one.length);
  const hidden = known.reduce((rest, secret) => rest.replaceAll(secret, "[masked]"), text);
  return withoutCredentials(hidden.replace(TOKENS, "[masked]"));
}

/** The last lines of a job's log as people read them. */
export function logTail(log: string, lines: number, secrets: readonly string[]): readonly string[] {
  const plain = log
    .replace(SECTION, "")
    .split(/\r?\n/)
    .map((line) => {
      // What a progress bar has overwritten is not read.
      const last =
        line
          .replace(CONTROL, "")
          .split("\r")
          .filter((part) => part !== "")
          .at(-1) ?? "";
      return last.replace(STAMP, "").trimEnd();
    });
  return masked(
    plain
      .filter((line) => line !== "")
      .slice(-lines)
      .join("\n"),
    secrets,
  )
    .split("\n")
    .filter((line) => line !== "");
}
