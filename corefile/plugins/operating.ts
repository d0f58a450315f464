import { parseDuration } from "../go-values";
import { parseIp } from "../ip";
import { parseInteger } from "../zone";
import type { Word } from "../corefile";
import {
  accept,
  duration,
  eachUse,
  expectCount,
  integer,
  network,
  oneOf,
  option,
  Refusal,
  shape,
  Unjudged,
  type PluginCheck,
} from "./check";

/** Plugins that run or shape the server itself. */
/** `loop`, once. */
export const loop: PluginCheck = (cursor) => {
  let uses = 0;
  while (cursor.next()) {
    uses += 1;
    if (uses > 1) throw new Refusal("the plugin may be used once in a server block", cursor.current, "one use");
    noArgument(cursor);
  }
};

/** `reload [INTERVAL [JITTER]]`; a second use is overlooked. */
export const reload: PluginCheck = (cursor) => {
  cursor.next();
  const args = cursor.remainingArguments();
  expectCount(args, 0, 2, cursor.current);
  if (args[0] !== undefined) duration(args[0], 2);
  const jitter = args[1] === undefined ? undefined : duration(args[1]);
  if (jitter !== undefined && jitter !== 0 && jitter < 1) {
    throw new Refusal("the jitter is too short", args[1], "0 or at least 1s");
  }
};

/** `loadbalance [round_robin] { prefer }`; `weighted` names a file. */
export const loadbalance = shape({
  args: (args) => {
    const [policy, more] = args;
    if (policy?.text === "weighted") throw new Unjudged("it names a file of weights");
    if (policy !== undefined) oneOf(policy, "round_robin", "weighted");
    if (more !== undefined) throw new Refusal("round_robin takes no argument", more);
  },
  options: {
    prefer: option(0, Infinity, (args) => {
      args.forEach(network);
    }),
  },
});

/** `bind ADDRESS|INTERFACE... { except }`. */
export const bind = shape({
  args: (args, plugin) => {
    expectCount(args, 1, Infinity, plugin);
    args.forEach(addressOrInterface);
  },
  options: {
    except: option(1, Infinity, (args) => {
      args.forEach(addressOrInterface);
    }),
  },
});

function addressOrInterface(word: Word): void {
  if (parseIp(word.text) !== undefined) return;
  if (/^[A-Za-z][\w.@-]{0,14}$/.test(word.text)) throw new Unjudged("it names a network interface");
  throw new Refusal("this is neither an IP address nor an interface", word, "an IP address");
}

/** `cancel [TIMEOUT]`. */
export const cancel = shape({
  args: (args, plugin) => {
    expectCount(args, 0, 1, plugin);
    if (args[0] !== undefined && duration(args[0]) <= 0) throw new Refusal("the time is not positive", args[0]);
  },
});

/** `debug`. */
export const debug: PluginCheck = (cursor) => {
  while (cursor.next()) noArgument(cursor);
};

/** `whoami`, `minimal`: only the first word is read. */
export const bare: PluginCheck = (cursor) => {
  cursor.next();
  noArgument(cursor);
};

/** `any`, `local`, `chaos [VERSION] [AUTHORS...]`: nothing can be wrong. */
export const unread: PluginCheck = () => undefined;

function noArgument(cursor: Parameters<PluginCheck>[0]): void {
  if (cursor.nextArgument()) throw new Refusal("the plugin takes no argument", cursor.current);
}

/** `nsid [DATA...]`, once. */
export const nsid = shape({ once: true, args: accept });

/** `bufsize [SIZE]`; what follows is not read. */
export const bufsize: PluginCheck = (cursor) => {
  cursor.next();
  const args = cursor.remainingArguments();
  expectCount(args, 0, 1, cursor.current);
  if (args[0] !== undefined) integer(args[0], 512, 4096);
};

/** `root FOLDER`. */
export const root = shape({
  args: (args, plugin) => {
    expectCount(args, 1, 1, plugin);
  },
});

/** `metadata [ZONES...]`, once. */
export const metadata: PluginCheck = (cursor) => {
  cursor.next();
  cursor.remainingArguments();
  if (cursor.nextInBlock() || cursor.next()) {
    throw new Refusal("the plugin may be used once, without options", cursor.current, "one use");
  }
};

/** `timeouts { read, write, idle }`. */
export const timeouts: PluginCheck = (cursor) => {
  let options = 0;
  const limit = option(1, 1, ([time]) => {
    options += 1;
    const seconds = parseInteger(time?.text ?? "") ?? parseDuration(time?.text ?? "");
    if (seconds === undefined || seconds < 1 || seconds > 86_400) {
      throw new Refusal("the time is not right", time, "1s to 24h");
    }
  });
  eachUse(cursor, { options: { read: limit, write: limit, idle: limit } });
  if (options === 0) throw new Refusal("there is no time in it", cursor.current, "read, write or idle in braces");
};

/** `multisocket [SOCKETS]`, once. */
export const multisocket: PluginCheck = (cursor) => {
  cursor.next();
  const args = cursor.remainingArguments();
  expectCount(args, 0, 1, cursor.current);
  if (cursor.next()) throw new Refusal("the plugin may be used once", cursor.current, "one use");
  if (args[0] !== undefined) integer(args[0], 1, 1024);
};

/** `transfer [ZONES...] { to }`. */
export const transfer: PluginCheck = (cursor) => {
  while (cursor.next()) {
    const plugin = cursor.current;
    cursor.remainingArguments();
    let to = 0;
    while (cursor.nextInBlock()) {
      oneOf(cursor.current, "to");
      option(1, Infinity, (args) => {
        to += args.length;
        for (const word of args) hostAddress(word);
      })(cursor);
    }
    if (to === 0) throw new Refusal("transfer has no address", plugin, "to * or to ADDRESS... in braces");
  }
};

function hostAddress(word: Word): void {
  if (word.text === "*" || parseIp(word.text) !== undefined) return;
  const host = /^\[?([^[\]]*)\]?:(\d*)$/.exec(word.text)?.[1];
  if (host === undefined || parseIp(host) === undefined) {
    throw new Refusal("this is no address", word, "* or an IP address, with or without a port");
  }
}
