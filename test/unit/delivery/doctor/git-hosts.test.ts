import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { endpointOf, gatherGitHosts, gitHostsOf, sourceOf } from "../../../../delivery/doctor/git-hosts";
import { judgeGitHosts } from "../../../../delivery/doctor/git-verdict";
import { load, SHOP, stack } from "../../model/workspace";

/** A DNS server that knows one address for every A question, or nothing at all. */
async function dnsServer(address?: readonly number[]): Promise<string> {
  const socket = createSocket("udp4");
  socket.on("message", (question, { port, address: from }) => {
    // After the name's last, empty label come the type, of which 1 is A, and the class.
    const end = question.indexOf(0, 12) + 5;
    const answers = address !== undefined && question.readUInt16BE(end - 4) === 1 ? 1 : 0;
    const head = Buffer.from(question.subarray(0, end));
    // An authoritative answer; without an address, NXDOMAIN.
    head.writeUInt16BE(address === undefined ? 0x8583 : 0x8580, 2);
    head.writeUInt16BE(answers, 6);
    head.writeUInt32BE(0, 8);
    const record = Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 5, 0, 4, ...(address ?? [])]);
    socket.send(answers === 1 ? Buffer.concat([head, record]) : head, port, from);
  });
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  onTestFinished(() => {
    socket.close();
  });
  return `127.0.0.1:${String(socket.address().port)}`;
}

/** A port on which somebody listens. */
async function listener(): Promise<number> {
  const server = createServer((socket) => socket.destroy());
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** A port on which nobody listens any more. */
async function closedPort(): Promise<number> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

async function judge(url: string, config: string) {
  const files = { ...stack(config), "catalog/acme/shop.yaml": SHOP.replace(/url: .*/, `url: ${url}`) };
  return judgeGitHosts(await gatherGitHosts(load(files).platform));
}

function forward(...servers: string[]): string {
  return `dns:\n  forwards: [{ zone: protobox, to: ${JSON.stringify(servers)} }]`;
}

describe("The Git servers of the catalogue", () => {
  it.each([
    ["https://git.acme.example/a.git", "git.acme.example", 443, true],
    ["http://git.acme.example:8080/a.git", "git.acme.example", 8080, false],
    ["ssh://git@GIT.acme.example/a.git", "git.acme.example", 22, false],
    ["git@git.acme.example:team/a.git", "git.acme.example", 22, false],
    ["https://[fd00::7]:8443/a.git", "fd00::7", 8443, true],
  ])("are read from %s", (url, host, port, tls) => {
    expect(endpointOf(url)).toEqual({ host, port, tls });
  });

  it("are told once each, with the files that name them", () => {
    const admin = SHOP.replace("name: shop", "name: admin");
    const { platform } = load({ "catalog/acme/admin.yaml": admin });
    expect(gitHostsOf(platform)).toEqual([
      { host: "git.acme.example", port: 443, tls: true, files: ["catalog/acme/admin.yaml", "catalog/acme/shop.yaml"] },
    ]);
  });

  it("are looked up as Argo CD's pods will: an alias, then the longest zone, then the DNS of all", () => {
    const config = stack(
      'argocd:\n  hostAliases: [{ ip: 10.0.0.7, hostnames: [git.protobox] }]\ndns:\n  forwards: [{ zone: protobox, to: ["10.0.0.1"] }, { zone: deep.protobox, to: ["10.0.0.2"] }]',
    );
    const { platform } = load(config);
    expect(sourceOf("git.protobox", platform)).toEqual({ kind: "alias", ip: "10.0.0.7" });
    expect(sourceOf("a.deep.protobox", platform)).toMatchObject({ kind: "forward", zone: "deep.protobox" });
    expect(sourceOf("x.protobox", platform)).toMatchObject({ kind: "forward", zone: "protobox" });
    expect(sourceOf("notprotobox", platform)).toEqual({ kind: "machine" });
    expect(sourceOf("10.0.0.9", platform)).toEqual({ kind: "address" });
  });
});

describe("A Git server in a forwarded zone", () => {
  it("is found by the forward's own server, and answers", async () => {
    const port = await listener();
    const findings = await judge(`http://git.protobox:${String(port)}/a.git`, forward(await dnsServer([127, 0, 0, 1])));
    expect(findings).toEqual([
      {
        check: "git",
        severity: "ok",
        message: `git.protobox is found by the forward of protobox and answers at 127.0.0.1:${String(port)} (asked from this machine)`,
      },
    ]);
  });

  it("that its DNS server does not know is an error", async () => {
    const findings = await judge("http://git.protobox/a.git", forward(await dnsServer()));
    expect(findings).toMatchObject([{ severity: "error" }]);
    expect(findings[0]?.message).toBe(
      "git.protobox (catalog/acme/shop.yaml) does not exist, say the DNS servers of the forward of protobox",
    );
  });

  it("is not blamed for a DNS server that is dead", async () => {
    const server = `127.0.0.1:${String(await closedPort())}`;
    const findings = await judge("http://git.protobox/a.git", forward(server));
    expect(findings).toMatchObject([{ severity: "warning" }]);
    expect(findings[0]?.message).toContain(`the DNS server ${server} of the forward of protobox gives no answer`);
  });

  it("is found by the one server that lives, and the dead one is told", async () => {
    const port = await listener();
    const [dead, live] = [`127.0.0.1:${String(await closedPort())}`, await dnsServer([127, 0, 0, 1])];
    const findings = await judge(`http://git.protobox:${String(port)}/a.git`, forward(dead, live));
    expect(findings.map(({ severity }) => severity)).toEqual(["warning", "ok"]);
  });

  it("that does not listen is warned of", async () => {
    const port = await closedPort();
    const findings = await judge(`http://git.protobox:${String(port)}/a.git`, forward(await dnsServer([127, 0, 0, 1])));
    expect(findings).toMatchObject([{ severity: "warning" }]);
    expect(findings[0]?.message).toContain(
      `cannot be connected to at 127.0.0.1:${String(port)}: nothing listens there`,
    );
  });
});

describe("A Git server outside of all forwards", () => {
  it("that does not resolve is an error, or a warning where this machine has no DNS", async () => {
    // RFC 6761 gives the domain "invalid" to nobody.
    const [finding] = await judge("http://git.invalid/a.git", "dns:\n  targets: [coredns]");
    expect(finding?.severity).toMatch(/error|warning/);
    expect(finding?.message).toContain("git.invalid");
    expect(finding?.message).toContain("(asked from this machine)");
  });
});
