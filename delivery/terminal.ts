import { isTerminal, type Screen } from "../lab/toolchain/screen";

/**
 * Whether colours are wanted: not with NO_COLOR (https://no-color.org), which counts first; with FORCE_COLOR, as in Node.js,
 * also where nothing can tell that colours are seen, such as in a pipeline's log; else on a terminal.
 */
export function hasColours(stream: Screen, env: NodeJS.ProcessEnv = process.env): boolean {
  if ((env["NO_COLOR"] ?? "") !== "") return false;
  const forced = env["FORCE_COLOR"];
  if (forced !== undefined) return forced !== "0" && forced !== "false";
  return isTerminal(stream, env);
}

const CODES = { bold: [1, 22], red: [31, 39], green: [32, 39], yellow: [33, 39] } as const;

export type Style = keyof typeof CODES;

/** Text in a style, by the escape codes of ECMA-48. */
export function styled(text: string, style: Style): string {
  const [on, off] = CODES[style];
  return `\u001b[${String(on)}m${text}\u001b[${String(off)}m`;
}

/** What puts text into a style where the stream shows it, and else leaves it alone. */
export function painter(stream: Screen, env: NodeJS.ProcessEnv = process.env): (text: string, style: Style) => string {
  return hasColours(stream, env) ? styled : (text) => text;
}
