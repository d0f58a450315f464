import { UserError } from "../../model/problem";

/**
 * What `--rewrite from=to` does to URLs: those that begin with the one begin with the other.
 * @throws UserError when a rule has not two parts
 */
export function readRewrites(rules: readonly string[]): (url: string) => string {
  const pairs = rules.map((rule) => {
    const [, from, to] = /^(.+?)=((?:https?|ssh):\/\/.+|[^=]*@.+)$/.exec(rule) ?? [];
    if (from !== undefined && to !== undefined) return { from: from.replace(/\/+$/, ""), to: to.replace(/\/+$/, "") };
    throw new UserError([
      {
        severity: "error",
        file: "factory adopt",
        path: "--rewrite",
        value: rule,
        message: "the rule does not say what becomes of what",
        allowed: "the beginnings of two URLs: http://192.168.1.7/gitlab=http://git.protobox/gitlab",
        fix: "write both, with = between them",
      },
    ]);
  });
  return (url) => {
    const rule = pairs.find(
      ({ from }) => url === from || url.startsWith(`${from}/`) || (/[:@]$/.test(from) && url.startsWith(from)),
    );
    return rule === undefined ? url : rule.to + url.slice(rule.from.length);
  };
}
