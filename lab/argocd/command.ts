import { shellQuote } from "../process/node-program";
import { expand } from "./environment";
import type { Container } from "./objects";

export interface Command {
  readonly command: string;
  readonly args: readonly string[];
}

/**
 * What a container runs: its command, else the image's, then its arguments and more.
 *
 * `$(NAME)` in them stands for variables of the container. A shell in the pod puts these in, so that a secret among
 * them is in no record and no report of this process's command.
 * @param entrypoint the image's own, where it is no mere wrapper
 */
export function commandOf(
  container: Container,
  environment: Readonly<Record<string, string>>,
  entrypoint: readonly string[],
  more: readonly string[],
): Command {
  const words = [...(container.command ?? entrypoint), ...(container.args ?? []), ...more];
  const known = words.some((word) => expand(word, (name) => environment[name]) !== word);
  if (known)
    return { command: "sh", args: ["-c", `exec ${words.map((word) => shellWord(word, environment)).join(" ")}`] };
  const [command = "", ...args] = words;
  return { command, args };
}

/** A word for a shell, with variables of its environment in the place of `$(NAME)`. */
function shellWord(word: string, environment: Readonly<Record<string, string>>): string {
  return expand(shellQuote(word), (name) => (Object.hasOwn(environment, name) ? `'"$${name}"'` : undefined));
}
