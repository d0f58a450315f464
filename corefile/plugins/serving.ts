import { parseIp } from "../ip";
import { normalizeExact } from "../zone";
import type { Word } from "../corefile";
import {
  anything,
  duration,
  eachUse,
  expectCount,
  integer,
  network,
  oneOf,
  option,
  readOptions,
  Refusal,
  shape,
  Unjudged,
  unsigned,
  type PluginCheck,
} from "./check";
import { exactResponseCode, queryClass, recordType } from "./dns-names";
import { goTemplate, regularExpression } from "./languages";

/** Plugins that answer or alter queries. */

/** `hosts [FILE [ZONES...]] { inline entries, options }`, once. */
export const hosts: PluginCheck = (cursor) => {
  let fallsThrough = false;
  eachUse(cursor, {
    once: true,
    args: () => undefined,
    options: {
      fallthrough: (at) => {
        const zones = at.remainingArguments();
        fallsThrough = zones.length === 0 || zones.some((zone) => normalizeExact(zone.text).length > 0);
      },
      no_reverse: () => undefined,
      ttl: option(1, Infinity, ([ttl]) => integer(ttl, 1, 65535)),
      reload: option(1, 1, ([interval]) => duration(interval, 0)),
    },
    otherwise: (at) => {
      if (fallsThrough)
        throw new Refusal("an entry stands behind fallthrough", at.current, "fallthrough as the last line");
      at.remainingArguments();
    },
  });
};

/** `file FILE [ZONES...] { options }`. CoreDNS reads the file when it starts, so that its content counts as well. */
export const file: PluginCheck = (cursor) => {
  eachUse(cursor, {
    args: (args, plugin) => {
      expectCount(args, 1, Infinity, plugin);
    },
    options: {
      fallthrough: anything,
      reload: option(1, Infinity, ([interval]) => duration(interval, 0)),
      upstream: anything,
    },
  });
  throw new Unjudged("it names a zone file");
};

/** `template CLASS TYPE [ZONES...] { options }`. */
export const template: PluginCheck = (cursor) => {
  const templates = option(1, Infinity, (args) => {
    args.forEach(goTemplate);
  });
  eachUse(cursor, {
    args: (args, plugin) => {
      expectCount(args, 2, Infinity, plugin);
      queryClass(args[0]);
      recordType(args[1]);
    },
    options: {
      match: option(1, Infinity, (args) => {
        args.forEach(regularExpression);
      }),
      answer: templates,
      additional: templates,
      authority: templates,
      rcode: option(1, 1, ([code]) => {
        exactResponseCode(code);
      }),
      ederror: option(1, 2, ([code]) => unsigned(code, 16)),
      fallthrough: anything,
      upstream: anything,
    },
  });
};

/** `autopath [ZONES...] @PLUGIN|RESOLV-CONF`. */
export const autopath: PluginCheck = (cursor, block) => {
  eachUse(cursor, {
    args: (args, plugin) => {
      expectCount(args, 1, Infinity, plugin);
      const source = args.at(-1)?.text ?? "";
      if (source === "/etc/resolv.conf") return;
      if (!source.startsWith("@")) throw new Unjudged("it names a file");
      const provider = source.slice(1);
      if (block.plugins.has(provider) && provider !== "kubernetes") throw new Unjudged("it names another plugin");
    },
  });
};

/** `dns64 [PREFIX] { options }`. */
export const dns64: PluginCheck = (cursor) => {
  while (cursor.next()) {
    const args = cursor.remainingArguments();
    expectCount(args, 0, 1, cursor.current);
    if (args[0] !== undefined) {
      prefix(args[0]);
      continue;
    }
    readOptions(cursor, {
      prefix: (at) => {
        const name = at.current;
        if (!at.nextArgument() || at.current === undefined)
          throw new Refusal("prefix has no argument", name, "1 argument");
        prefix(at.current);
      },
      translate_all: () => undefined,
      allow_ipv4: () => undefined,
    });
  }
};

function prefix(word: Word): void {
  network(word);
  const length = Number(word.text.split("/")[1]);
  if (!word.text.includes(":") || length % 8 !== 0 || length < 32 || length > 96) {
    throw new Refusal("the prefix is not right", word, "an IPv6 network of 32, 40, 48, 56, 64, 72, 80, 88 or 96 bits");
  }
}

/** `acl [ZONES...] { ACTION [type TYPES...] [net NETWORKS...] }`. */
export const acl: PluginCheck = (cursor) => {
  eachUse(cursor, {
    args: () => undefined,
    options: {},
    otherwise: (at) => {
      const action = at.text.toLowerCase();
      if (!["allow", "block", "filter", "drop"].includes(action)) oneOf(at.current, "allow", "block", "filter", "drop");
      aclSections(at.remainingArguments());
    },
  });
};

function aclSections(words: readonly Word[]): void {
  let section: "type" | "net" | undefined;
  let sectionWord: Word | undefined;
  let empty = false;
  let wildcard = false;
  for (const word of words) {
    const keyword = word.text.toLowerCase();
    if (keyword === "type" || keyword === "net") {
      if (empty) throw new Refusal("the section is empty", sectionWord);
      section = keyword;
      sectionWord = word;
      empty = true;
      wildcard = false;
      continue;
    }
    if (section === undefined) throw new Refusal("a section is missing before this word", word, "type, net");
    empty = false;
    // CoreDNS overlooks what stands behind a * in its section.
    if (wildcard) continue;
    wildcard = word.text === "*";
    if (wildcard) continue;
    if (section === "type") recordType(word);
    else sourceNetwork(word);
  }
  if (empty) throw new Refusal("the section is empty", sectionWord);
}

function sourceNetwork(word: Word): void {
  if (word.text.includes("/")) network(word);
  else if (parseIp(word.text) === undefined) throw new Refusal("this is no network", word, "10.0.0.0/8 or an address");
}

/** `erratic { options }`: for tests. */
export const erratic: PluginCheck = (cursor) => {
  while (cursor.next()) {
    readOptions(cursor, {
      drop: option(0, 1, ([amount]) => amount && integer(amount, 0, 2 ** 31 - 1)),
      delay: option(0, 2, ([amount, time]) => {
        if (amount !== undefined) integer(amount, 0, 2 ** 31 - 1);
        if (time !== undefined) duration(time);
      }),
      truncate: option(0, 1, ([amount]) => amount && integer(amount, 0, 2 ** 31 - 1)),
      large: () => undefined,
    });
  }
};

/** `view NAME { expr EXPRESSION }`, once. */
export const view: PluginCheck = shape({
  once: true,
  args: (args, plugin) => {
    expectCount(args, 1, 1, plugin);
  },
  options: {
    expr: () => {
      throw new Unjudged("it holds an expression");
    },
  },
});
