import { isListenAddress } from "../go-values";
import type { Word } from "../corefile";
import { accept, duration, expectCount, integer, oneOf, option, Refusal, shape, Unjudged } from "./check";
import { regularExpression } from "./languages";

/** Plugins that let the server be watched. */

/** `errors [stdout] { stacktrace, consolidate }`, once. */
export const errors = shape({
  once: true,
  args: (args, plugin) => {
    expectCount(args, 0, 1, plugin);
    if (args[0] !== undefined) oneOf(args[0], "stdout");
  },
  options: {
    stacktrace: () => undefined,
    consolidate: option(2, 4, ([period, pattern, ...rest]) => {
      duration(period);
      if (pattern !== undefined) regularExpression(pattern);
      consolidation(rest);
    }),
  },
});

/** A log level, then `show_first`; both may be left out. */
function consolidation(words: readonly Word[]): void {
  const levels = ["warning", "error", "info", "debug"];
  let level = false;
  let showFirst = false;
  for (const word of words) {
    if (levels.includes(word.text)) {
      if (level || showFirst) throw new Refusal("the log level is out of place", word, "one level, before show_first");
      level = true;
    } else {
      oneOf(word, ...levels, "show_first");
      showFirst = true;
    }
  }
}

/** `log [ZONES... [FORMAT]] { class }`. */
export const log = shape({
  args: accept,
  options: {
    class: option(1, Infinity, (args) => {
      for (const word of args) oneOf(word, "all", "success", "denial", "error");
    }),
  },
});

/** `health [ADDRESS] { lameduck }`. */
export const health = shape({
  args: listenAddress,
  options: { lameduck: option(1, 1, ([time]) => duration(time)) },
});

/** `ready [ADDRESS] { monitor }`, once; unknown options are overlooked. */
export const ready = shape({
  once: true,
  args: listenAddress,
  options: {
    monitor: option(1, 1, ([mode]) => {
      oneOf(mode, "until-ready", "continuously");
    }),
  },
  otherwise: () => undefined,
});

/** `prometheus [ADDRESS]`, once. */
export const prometheus = shape({ once: true, args: listenAddress });

/** `pprof [ADDRESS] { block }`, once. */
export const pprof = shape({
  once: true,
  args: listenAddress,
  options: { block: option(0, 1, ([rate]) => rate && integer(rate)) },
});

function listenAddress(args: readonly Word[], plugin: Word): void {
  expectCount(args, 0, 1, plugin);
  const [address] = args;
  if (address === undefined) return;
  const verdict = isListenAddress(address.text);
  if (verdict === false)
    throw new Refusal("a server cannot listen there", address, "an address and a port such as :8080");
  if (verdict === undefined) throw new Unjudged("it names a host or a service");
}
