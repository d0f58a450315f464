import type { Word } from "../corefile";
import { parseInteger } from "../zone";
import { duration, eachUse, integer, oneOf, option, type Option, type PluginCheck, Refusal } from "./check";

/** `cache [TTL] [ZONES...] { options }`, once. */
export const cache: PluginCheck = (cursor) => {
  eachUse(cursor, {
    once: true,
    args: ([first]) => {
      const ttl = first === undefined ? undefined : parseInteger(first.text);
      if (ttl !== undefined && ttl <= 0) throw new Refusal("the time to live must be positive", first, "1 or more");
    },
    options: {
      success: capacity,
      denial: capacity,
      prefetch: option(1, 3, ([amount, period, percentage]) => {
        integer(amount, 0);
        if (period !== undefined) duration(period);
        if (percentage !== undefined) percent(percentage);
      }),
      serve_stale: option(0, 2, ([limit, mode]) => {
        if (limit !== undefined) duration(limit, 0);
        if (mode !== undefined && !["immediate", "verify"].includes(mode.text.toLowerCase())) {
          oneOf(mode, "immediate", "verify");
        }
      }),
      servfail: option(1, 1, ([limit]) => duration(limit, 0, 300)),
      disable: option(1, Infinity, ([kind]) => {
        oneOf(kind, "success", "denial");
      }),
      keepttl: option(0, 0),
    },
  });
};

/** `success CAPACITY [TTL [MINIMUM]]`; further arguments are overlooked, as CoreDNS does. */
function capacity(cursor: Parameters<Option>[0]): void {
  option(1, Infinity, ([amount, ttl, minimum]) => {
    integer(amount);
    if (ttl !== undefined) integer(ttl, 1);
    if (minimum !== undefined) integer(minimum, 0);
  })(cursor);
}

function percent(word: Word): void {
  const number = /^(.*)%$/s.exec(word.text)?.[1];
  const value = number === undefined ? undefined : parseInteger(number);
  if (value === undefined || value < 10 || value > 90) {
    throw new Refusal("the percentage is not right", word, "10% to 90%");
  }
}
