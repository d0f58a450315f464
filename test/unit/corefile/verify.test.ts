import { describe, expect, it } from "vitest";
import { verifyCorefile } from "../../../corefile";
import { examples } from "./examples";

const block = (...lines: string[]): string => `.:53 {\n${lines.map((line) => `    ${line}\n`).join("")}}\n`;

describe("a Corefile that CoreDNS starts with", () => {
  it.each(examples)("is accepted, when it is the live one: %s", (_, text) => {
    expect(verifyCorefile(text, { live: text })).toEqual([]);
  });

  it("may forward to another of its own server blocks", () => {
    expect(verifyCorefile(`a:53 {\n  forward . 127.0.0.1:1053\n}\n.:1053 {\n  forward . 9.9.9.9\n}\n`)).toEqual([]);
  });

  it("may have the same zone at two addresses, over two transports and at two ports", () => {
    const text = ["bind 127.0.0.1", "bind 127.0.0.2"].map((bind) => `a:53 {\n  ${bind}\n}\n`).join("");
    expect(verifyCorefile(`${text}tls://a {\n}\na:1053 {\n}\n`)).toEqual([]);
  });

  it("may have plugins that we are told of", () => {
    expect(verifyCorefile(block("netbox x"), { plugins: ["netbox"], live: block("netbox x") })).toEqual([]);
  });
});

describe("a Corefile that CoreDNS refuses is refused with place, value and what is allowed", () => {
  it.each([
    ["an unknown plugin", block("forwards . 1.1.1.1"), "2:5", "forwards", /no plugin "forwards"/],
    ["a zone served twice", `${block()}.:53 {\n}\n`, "3:1", ".:53", /served twice on port 53: line 1/],
    [
      "a zone served twice, with and without the default port",
      `${block()}dns://. {\n}\n`,
      "3:1",
      "dns://.",
      /served twice/,
    ],
    ["a zone served twice, with and without a closing dot", "a {\n}\na. {\n}\n", "3:1", "a.", /served twice/],
    ["a zone served twice, but for the case", "a {\n}\nA {\n}\n", "3:1", "A", /served twice/],
    ["a zone served twice within one block", "a A {\n}\n", "1:3", "A", /served twice/],
    ["a zone bound and not bound", "a {\n  bind 10.0.0.1\n}\na {\n}\n", "4:1", "a", /served twice/],
    [
      "a reverse zone within a network",
      "10.0.0.0/23 {\n}\n0.0.10.in-addr.arpa {\n}\n",
      "3:1",
      "0.0.10.in-addr.arpa",
      /served twice/,
    ],
    ["a bad zone", "a..b {\n}\n", "1:1", "a..b", /not a valid domain name/],
    ["a port out of range", ".:70000 {\n}\n", "1:1", ".:70000", /port/],
    ["port zero, which means any", ".:0 {\n}\n", "1:1", ".:0", /port/],
    ["a host name as an upstream", block("forward . git.protobox"), "2:15", "git.protobox", /neither an IP address/],
    ["a broken IPv4 address", block("forward . 10.0.0.256"), "2:15", "10.0.0.256", /neither an IP address/],
    ["a broken IPv6 address", block("forward . [fd00::1::2]:53"), "2:15", "[fd00::1::2]:53", /neither an IP address/],
    ["an upstream without a usable port", block("forward . 10.0.0.1:0"), "2:15", "10.0.0.1:0", /port/],
    [
      "an upstream over a foreign protocol",
      block("forward . https://1.1.1.1"),
      "2:15",
      "https://1.1.1.1",
      /cannot speak https/,
    ],
    ["a forward without an address", block("forward ."), "2:13", ".", /no address/],
    [
      "sixteen upstreams",
      block(`forward . ${Array.from({ length: 16 }, (_, n) => `10.0.0.${String(n)}`).join(" ")}`),
      undefined,
      "10.0.0.15",
      /16 addresses/,
    ],
    ["an unknown policy", block("forward . 1.1.1.1 {", "policy best", "}"), "3:12", "best", /value is unknown/],
    ["a negative expiry", block("forward . 1.1.1.1 {", "expire -1s", "}"), "3:12", "-1s", /duration/],
    ["two caches", block("cache", "cache"), "3:5", "cache", /once/],
    ["a cache of zero seconds", block("cache 0"), "2:11", "0", /positive/],
    ["an unknown option of a plugin", block("cache {", "keep", "}"), "3:5", "keep", /option "keep" is unknown/],
    ["errors to a file", block("errors /var/log/x"), "2:12", "/var/log/x", /value is unknown/],
    ["an argument too many", block("loop x"), "2:10", "x", /no argument/],
    ["a bad reload interval", block("reload 1s"), "2:12", "1s", /duration/],
    ["a bad health address", block("health 8080"), "2:12", "8080", /cannot listen/],
    ["a bad bind address", block("bind 10.0.0.300"), "2:10", "10.0.0.300", /neither an IP address/],
    ["a bad rewrite", block("rewrite nam a b"), "2:13", "nam", /field is unknown/],
    ["a bad access rule", block("acl {", "permit net *", "}"), "3:5", "permit", /value is unknown/],
    [
      "a host entry behind fallthrough",
      block("hosts {", "fallthrough", "10.0.0.1 a", "}"),
      "4:5",
      "10.0.0.1",
      /behind fallthrough/,
    ],
    [
      "a pod mode that does not exist",
      block("kubernetes cluster.local {", "pods all", "}"),
      "3:10",
      "all",
      /value is unknown/,
    ],
    ["an unknown snippet", block("import nope"), "2:12", "nope", /neither a snippet/],
    ["an unclosed block", ".:53 {\n  errors\n", "1:6", "{", /not closed/],
    ["no server block at all", "# empty\n", "", undefined, /no server block/],
  ])("%s", (_, text, path, value, message) => {
    const [problem, ...more] = verifyCorefile(text, { file: "the Corefile" });
    expect(more).toEqual([]);
    expect(problem).toMatchObject({ severity: "error", file: "the Corefile", ...(path !== undefined && { path }) });
    expect(problem?.value).toBe(value);
    expect(problem?.message).toMatch(message);
    expect(problem?.fix).not.toBe("");
  });

  it("with all its problems at once", () => {
    expect(verifyCorefile(block("cache 0", "loop x", "nope")).map(({ path }) => path)).toEqual(["2:11", "3:10", "4:5"]);
  });
});

describe("a forward that comes back", () => {
  it.each([
    ["to the wildcard listener by loopback", block("forward . 127.0.0.1")],
    ["to the wildcard listener by IPv6 loopback", block("forward . [::1]:53")],
    ["to the wildcard listener by the unspecified address", block("forward . 0.0.0.0")],
    ["to the address that the block binds", block("bind 10.0.0.1", "forward . 10.0.0.1:53")],
    ["to the same address in another spelling", block("bind 10.0.0.1", "forward . [::ffff:10.0.0.1]:53")],
    ["over another server block", "a:53 {\n  forward . 127.0.0.1:1053\n}\n.:1053 {\n  forward . 127.0.0.1:53\n}\n"],
  ])("%s is refused", (_, text) => {
    expect(verifyCorefile(text)[0]?.message).toMatch(/come back to the server block/);
  });

  it("is none where another port or another zone answers", () => {
    expect(verifyCorefile(block("forward . 127.0.0.1:8600"))).toEqual([]);
    expect(verifyCorefile("a:53 {\n  bind 10.0.0.1\n  forward . 127.0.0.1\n}\n")).toEqual([]);
  });
});

describe("what cannot be judged from the text", () => {
  const unjudged = [
    "template ANY ANY {\n match (?i)x\n}",
    "file /etc/db.example",
    "etcd",
    "forward . /etc/other.conf",
    "forward . {$UPSTREAM}",
    "bind eth0",
    "tls a b",
  ];

  it.each(unjudged)("is refused as something new: %s", (line) => {
    expect(verifyCorefile(block(line))[0]?.message).toMatch(/cannot be said/);
  });

  it.each(unjudged)("is believed of the live Corefile: %s", (line) => {
    expect(verifyCorefile(`${block(line)}a:53 {\n}\n`, { live: block(line) })).toEqual([]);
  });

  it("is not believed when it was changed", () => {
    expect(verifyCorefile(block("etcd a"), { live: block("etcd b") })).toHaveLength(1);
  });

  it("is known where CoreDNS's variables are", () => {
    expect(verifyCorefile(block("forward . {$UP}"), { environment: { UP: "10.0.0.2" } })).toEqual([]);
    expect(verifyCorefile(block("forward . {$UP}"), { environment: {} })).toHaveLength(1);
  });
});
