import { describe, expect, it } from "vitest";
import { parseDuration, splitHostPort } from "../../../corefile/go-values";
import { isLoopback, parseCidr, parseIp, sameIp } from "../../../corefile/ip";
import { normalizeExact, parseKey } from "../../../corefile/zone";

describe("a key of a server block", () => {
  it.each([
    [".", "dns", "53", ["."]],
    ["protobox:53", "dns", "53", ["protobox."]],
    ["Protobox.:+0053", "dns", "53", ["Protobox."]],
    ["tls://example.org", "tls", "853", ["example.org."]],
    ["https://example.org:8443", "https", "8443", ["example.org."]],
    ["grpc://.", "grpc", "443", ["."]],
    ["quic://.", "quic", "853", ["."]],
    ["10.0.0.0/24:1053", "dns", "1053", ["0.0.10.in-addr.arpa."]],
    ["10.1.2.3/8", "dns", "53", ["10.in-addr.arpa."]],
    ["10.0.2.0/23", "dns", "53", ["2.0.10.in-addr.arpa.", "3.0.10.in-addr.arpa."]],
    [
      "192.168.1.128/26",
      "dns",
      "53",
      Array.from({ length: 64 }, (_, n) => `${String(128 + n)}.1.168.192.in-addr.arpa.`),
    ],
    ["0.0.0.0/0", "dns", "53", ["in-addr.arpa."]],
    ["2001:db8::/32", "dns", "53", ["8.b.d.0.1.0.0.2.ip6.arpa."]],
    ["2001:db8::/31", "dns", "53", ["8.b.d.0.1.0.0.2.ip6.arpa.", "9.b.d.0.1.0.0.2.ip6.arpa."]],
    ["10.0.0.1/33", "dns", "53", ["10.0.0.1/33."]],
    ["a\\.b", "dns", "53", ["a\\.b."]],
    ["x:y", "dns", "53", ["x:y."]],
  ])("%s is read as CoreDNS reads it", (key, transport, port, zones) => {
    expect(parseKey(key)).toMatchObject({ transport, port, zones });
  });

  it.each(["", ":53", "x:", "a..b", ".a", "a\\", `${"a".repeat(64)}.b`, "a.".repeat(128), "::/8"])(
    "%s is refused",
    (key) => {
      expect(parseKey(key)).toHaveProperty("reason");
    },
  );
});

describe("the names that an argument stands for", () => {
  it("are qualified and in lower case", () => {
    expect(normalizeExact("dns://Example.ORG:53")).toEqual(["example.org."]);
    expect(normalizeExact("a..b")).toEqual([]);
  });
});

describe("an IP address", () => {
  it.each([
    "1.2.3.4",
    "0.0.0.0",
    "::",
    "::1",
    "fd00::2",
    "1:2:3:4:5:6:7:8",
    "1::8",
    "::ffff:1.2.3.4",
    "1:2:3:4:5:6:7::",
  ])("%s is one", (text) => {
    expect(parseIp(text)).toBeDefined();
  });

  it.each([
    "",
    "1.2.3",
    "01.2.3.4",
    "1.2.3.256",
    "1.2.3.4.5",
    ":",
    "1::2::3",
    "::12345",
    "1:2:3:4:5:6:7",
    "1:2:3:4:5:6:7:8:9",
    "1:2:3:4:5:6:7::8",
    "fe80::1%eth0",
    "::1.2.3",
    "1.2.3.4::",
    "g::",
  ])("%s is none", (text) => {
    expect(parseIp(text)).toBeUndefined();
  });

  it("is the same in two spellings", () => {
    const [one, other] = [parseIp("::ffff:127.0.0.1"), parseIp("127.0.0.1")];
    expect(one !== undefined && other !== undefined && sameIp(one, other) && isLoopback(one)).toBe(true);
  });

  it("makes a network with a prefix within its length", () => {
    expect(parseCidr("10.1.2.3/12")?.bytes).toEqual([10, 0, 0, 0]);
    expect(parseCidr("10.0.0.0/33")).toBeUndefined();
    expect(parseCidr("10.0.0.0")).toBeUndefined();
  });
});

describe("Go's formats", () => {
  it.each([
    ["5s", 5],
    ["1m30s", 90],
    ["1.5h", 5400],
    ["-10ms", -0.01],
    ["0", 0],
    [".5s", 0.5],
    ["0.1ns", 0],
  ])("%s is a duration", (text, seconds) => {
    expect(parseDuration(text)).toBeCloseTo(seconds, 12);
  });

  it.each(["", "5", "s", "5x", "5 s", ".s", "1e3s", "999999999h"])("%s is no duration", (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });

  it("take an address apart only with a port, IPv6 in brackets", () => {
    expect(splitHostPort("[fd00::1]:53")).toEqual({ host: "fd00::1", port: "53" });
    expect(splitHostPort(":53")).toEqual({ host: "", port: "53" });
    for (const text of ["1.1.1.1", "fd00::1", "[fd00::1]", "a:b:c", "[a]b:53"])
      expect(splitHostPort(text)).toBeUndefined();
  });
});
