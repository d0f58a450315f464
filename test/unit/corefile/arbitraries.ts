import fc from "fast-check";

/**
 * Corefiles of all kinds: well-formed ones made of the plugins' own vocabulary, with right and wrong arguments, and
 * what becomes of these when words and characters are lost, doubled and mixed up.
 */

/** Ports that the generated keys use; a test that starts CoreDNS puts free ones in their place. */
export const PORTS = ["53", "1053"] as const;

const words = (text: string): fc.Arbitrary<string> => fc.constantFrom(...text.split(" "));

const address = fc.oneof(
  { weight: 6, arbitrary: words("1.1.1.1 10.0.0.2:53 [fd00::2]:8600 fd00::3 9.9.9.9:853 tls://9.9.9.9 10.0.0.300") },
  {
    weight: 1,
    arbitrary: words("git.protobox 10.0.0 [fd00::2] ::1::2 1.2.3.4:x dns://1.1.1.1 unix:///x https://1.1.1.1 {"),
  },
);

const duration = words("5s 1m30s 0 10 -1s 500ms 1h 1.5h .5s s 5x 0.5ns");
const number = words("0 1 30 512 -1 +5 3600 65536 x 1.5 99999999999999999999");
const zone = words("example.org protobox . cluster.local 10.0.0.0/24 10.0.0.0/23 in-addr.arpa a..b");
const junk = words('{ } x "a b" "" # \\ a#b , (s) import "x\ny"');

const line = (...parts: (string | fc.Arbitrary<string>)[]): fc.Arbitrary<string> =>
  fc
    .tuple(...parts.map((part) => (typeof part === "string" ? fc.constant(part) : part)))
    .map((found) => found.filter((text) => text !== "").join(" "));

const maybe = (part: fc.Arbitrary<string>): fc.Arbitrary<string> => fc.oneof(fc.constant(""), part);
const many = (part: fc.Arbitrary<string>, most = 3): fc.Arbitrary<string> =>
  fc.array(part, { maxLength: most }).map((parts) => parts.join(" "));

const block = (head: fc.Arbitrary<string>, ...options: fc.Arbitrary<string>[]): fc.Arbitrary<string> =>
  fc.oneof(
    head,
    fc
      .tuple(head, fc.array(fc.oneof(...options), { maxLength: 3 }))
      .map(([text, lines]) => `${text} {\n${lines.map((option) => `        ${option}\n`).join("")}    }`),
  );

const plugins: fc.Arbitrary<string>[] = [
  block(
    line("errors", maybe(words("stdout stderr"))),
    line("consolidate", duration, words("^a.*b$ .* (x) ["), maybe(words("error show_first bad"))),
    line("stacktrace"),
  ),
  block(
    line("log", many(zone, 2), maybe(words("{common} x"))),
    line("class", many(words("all denial error success nope"))),
  ),
  block(
    line("cache", maybe(number), maybe(zone)),
    line(words("success denial"), many(number)),
    line("prefetch", number, maybe(duration), maybe(words("10% 95% x"))),
    line("serve_stale", maybe(duration), maybe(words("immediate VERIFY x"))),
    line("servfail", duration),
    line("disable", words("success denial x"), maybe(zone)),
    line("keepttl"),
  ),
  block(
    line("forward", zone, many(address)),
    line("max_fails", number),
    line("expire", duration),
    line("policy", words("random round_robin sequential x")),
    line("health_check", duration, maybe(words("no_rec domain"))),
    line("except", many(zone)),
    line("force_tcp", maybe(words("x"))),
    line("tls_servername", maybe(words("a.b"))),
    line("max_concurrent", number),
    line("next", many(words("NXDOMAIN servfail nope"))),
    line("failover", many(words("NXDOMAIN noerror"))),
    line("tls"),
    line("nothing"),
  ),
  block(
    line("hosts", maybe(words("/no/such/file")), many(zone, 1)),
    line("10.0.0.1 a.example.org"),
    line("ttl", number),
    line("reload", duration),
    line("fallthrough", many(zone, 1)),
    line("no_reverse"),
  ),
  block(
    line("template", words("IN ANY in"), words("A AAAA ANY a"), many(zone, 1)),
    line("match", words("^a$ .* (")),
    line("answer", fc.constantFrom('"{{ .Name }} 60 IN A 1.2.3.4"', "x", '"{{ nope }}"', '"{{"')),
    line("rcode", words("NXDOMAIN nxdomain")),
    line("fallthrough"),
  ),
  block(
    line("acl", many(zone, 1)),
    line(words("allow block deny"), maybe(words("type net")), many(words("A AAAA * 10.0.0.0/8 ::1 x type net"))),
  ),
  block(line("health", maybe(words(":0 localhost:0 127.0.0.1:0 8080 :x :99999"))), line("lameduck", duration)),
  block(line("ready", maybe(words(":0 x [::1]:0"))), line("monitor", words("continuously until-ready x"))),
  block(
    line("bind", many(words("127.0.0.1 ::1 127.0.0.2 lo 1.2 no.such"), 2)),
    line("except", many(words("127.0.0.1 x"))),
  ),
  line(
    "rewrite",
    maybe(words("stop continue")),
    words("name class type ttl rcode cname answer"),
    many(words("exact regex suffix a.b c.d (.*)\\.a {1}.b IN CH A AAAA 30 5-10 answer auto NXDOMAIN 3"), 5),
  ),
  line("prometheus", maybe(words("localhost:0 :0 x"))),
  line("loop", maybe(words("x"))),
  line("reload", maybe(duration), maybe(duration)),
  block(
    line("loadbalance", maybe(words("round_robin random")), maybe(words("x"))),
    line("prefer", many(words("10.0.0.0/8 x"))),
  ),
  block(
    line("dns64", maybe(words("64:ff9b::/96 10.0.0.0/8 64:ff9b::/95"))),
    line("prefix", words("64:ff9b::/96 x")),
    line("translate_all"),
  ),
  block(line("erratic"), line("drop", maybe(number)), line("delay", maybe(number), maybe(duration)), line("large")),
  block(line("file", maybe(words("/no/such/db")), many(zone, 2)), line("reload", duration), line("fallthrough")),
  block(line("timeouts"), line(words("read write idle x"), duration)),
  block(
    line("kubernetes", many(zone, 2)),
    line("endpoint http://127.0.0.1:1"),
    line("pods", words("insecure verified x")),
    line("ttl", number),
    line("startup_timeout 1ms"),
    line("fallthrough", many(zone, 1)),
    line("labels", words("a=b a=b,c=d a!")),
    line("namespaces", many(words("a b"))),
  ).map((text) =>
    // Without an endpoint it looks for the cluster that it runs in.
    text.includes("endpoint")
      ? text
      : text.endsWith("}")
        ? text.replace("{\n", "{\n        endpoint http://127.0.0.1:1\n        startup_timeout 1ms\n")
        : `${text} {\n        endpoint http://127.0.0.1:1\n        startup_timeout 1ms\n    }`,
  ),
  block(line("transfer", many(zone, 1)), line("to", many(words("* 10.0.0.2 10.0.0.2:53 x")))),
  line("autopath", many(zone, 1), words("@kubernetes @file /no/such")),
  line(
    words("whoami any debug chaos local nsid bufsize cancel metadata minimal root multisocket"),
    maybe(words("1 5s x 1232")),
  ),
  line("import", words("common other nothing no*")),
  line("unknown_plugin", many(number, 1)),
  line("# comment with { and }"),
  line(junk, many(junk, 2)),
];

/** A line, or several, of one plugin. */
export const plugin: fc.Arbitrary<string> = fc.oneof(
  { weight: 25, arbitrary: words("errors whoami loop reload loadbalance log debug any") },
  ...plugins.map((arbitrary, index) => ({ weight: index < plugins.length - 3 ? 2 : 1, arbitrary })),
);

const port = fc.constantFrom(...PORTS);

/** The address of a server block. */
export const key: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.tuple(words(". protobox example.org Example.org example.org. a.b.c"), port).map((p) => p.join(":")),
  },
  { weight: 2, arbitrary: words(". protobox 10.0.0.0/24 10.0.0.0/22 2001:db8::/31 dns://x tls://x grpc://x") },
  { weight: 1, arbitrary: words("x:y a..b :53 x:0 x: a,b x, 10.0.0.1/33 x:70000") },
);

const serverBlock: fc.Arbitrary<string> = fc
  .tuple(fc.array(key, { minLength: 1, maxLength: 2 }), fc.array(plugin, { maxLength: 2 }))
  .map(([keys, lines]) => `${keys.join(" ")} {\n${lines.map((text) => `    ${text}\n`).join("")}}\n`);

const snippet: fc.Arbitrary<string> = fc
  .tuple(words("common other"), fc.array(plugin, { maxLength: 2 }))
  .map(([name, lines]) => `(${name}) {\n${lines.map((text) => `    ${text}\n`).join("")}}\n`);

/** Written as CoreDNS's manual writes them, with arguments that may be wrong. */
export const corefile: fc.Arbitrary<string> = fc
  .tuple(fc.array(snippet, { maxLength: 1 }), fc.array(serverBlock, { minLength: 1, maxLength: 2 }))
  .map(([snippets, blocks]) => [...snippets, ...blocks].join(""));

const damage = fc.record({
  at: fc.nat(),
  length: fc.nat({ max: 4 }),
  text: fc.constantFrom(
    "",
    "",
    "{",
    "}",
    '"',
    "\n",
    " ",
    ",",
    "#",
    "\r\n",
    "import common\n",
    "\\",
    "\u00a0",
    "(s) {\n}\n",
  ),
});

/** The same with a few characters lost, replaced or added anywhere. */
export const damagedCorefile: fc.Arbitrary<string> = fc
  .tuple(corefile, fc.array(damage, { minLength: 1, maxLength: 2 }))
  .map(([text, damages]) =>
    damages.reduce((result, { at, length, text: inserted }) => {
      const start = at % (result.length + 1);
      return result.slice(0, start) + inserted + result.slice(start + length);
    }, text),
  );
