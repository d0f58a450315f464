import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer } from "node:tls";
import { describe, expect, it, onTestFinished } from "vitest";
import { probeTcp, probeTls, type Endpoint } from "../../../../delivery/http/tls-probe";
import { Authority } from "../../../../lab/control-plane/certificate";

const authority = new Authority("acme");

async function tlsServer(names: readonly string[]): Promise<Endpoint> {
  const { cert, key } = authority.issue({ commonName: "git", hosts: { names, addresses: [] } });
  const server = createServer({ cert, key }, (socket) => socket.end());
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
  });
  return { host: "127.0.0.1", port: (server.address() as AddressInfo).port };
}

describe("A look at a TLS server", () => {
  it("finds nothing wrong when the authority is known and the name fits, and tells its time", async () => {
    const server = await tlsServer(["git.protobox"]);
    const facts = await probeTls(server, { ca: authority.pair.cert, servername: "git.protobox" });
    expect(facts.problem).toBeUndefined();
    expect(facts.validity?.to.getTime()).toBeGreaterThan(Date.now());
  });

  it("tells an authority that is not known, and looks at the certificate all the same", async () => {
    const server = await tlsServer(["git.protobox"]);
    const facts = await probeTls(server, { servername: "git.protobox" });
    expect(facts.problem).toBe("UNABLE_TO_VERIFY_LEAF_SIGNATURE");
    expect(facts.validity).toBeDefined();
  });

  it("tells a certificate for other names", async () => {
    const server = await tlsServer(["git.protobox"]);
    const facts = await probeTls(server, { ca: authority.pair.cert, servername: "other.protobox" });
    expect(facts.problem).toBe("ERR_TLS_CERT_ALTNAME_INVALID");
  });

  it("tells a server that is not there, by TCP and by TLS", async () => {
    const server = createServer();
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const nobody = { host: "127.0.0.1", port: (server.address() as AddressInfo).port };
    expect(await probeTcp(nobody)).toBeUndefined();
    server.close();
    await once(server, "close");
    expect(await probeTcp(nobody)).toBe("ECONNREFUSED");
    expect(await probeTls(nobody)).toEqual({ problem: "ECONNREFUSED" });
  });
});
