import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rootCertificates } from "node:tls";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { httpClient, type HttpAnswer, type SendHttp } from "../../../../delivery/http/http-client";
import { Refusal, Service } from "../../../../delivery/http/service";
import { trustedAuthorities } from "../../../../delivery/http/trust";
import { Authority } from "../../../../lab/control-plane/certificate";

function service(send: SendHttp, { url = "https://gitlab.example", told = [] as string[] } = {}): Service {
  let now = 0;
  const clock = {
    now: () => now,
    sleep: (milliseconds: number) => {
      now += milliseconds;
      return Promise.resolve();
    },
  };
  const patience = { clock, outageMs: 30_000, tell: (line: string) => void told.push(line) };
  const { signal } = new AbortController();
  return new Service({
    name: "GitLab",
    url,
    place: "redeploy.yaml: gitlab.url",
    send,
    headers: { "private-token": "t" },
    patience,
    signal,
  });
}

const answering = (status: number, text = "{}", headers: HttpAnswer["headers"] = {}): SendHttp => {
  return () => Promise.resolve({ status, text, headers });
};

const failing = (code: string): SendHttp => {
  return () => Promise.reject(Object.assign(new Error(code), { code }));
};

const get = { method: "GET", path: "/api/v4/version?private=1" };

describe("A server with a REST API", () => {
  it("is asked again while it is away, and told of once", async () => {
    const told: string[] = [];
    const answers = [failing("ECONNREFUSED"), answering(502), answering(200, '{"version":"18"}')];
    const send: SendHttp = (request) => (answers.shift() ?? failing("none"))(request);
    expect((await service(send, { told }).request(get)).body).toEqual({ version: "18" });
    expect(told).toEqual(["GitLab is away (the connection is refused): asking again for 30 s", "GitLab answers again"]);
  });

  it("is given up after the time that it may be away", async () => {
    await expect(service(failing("ECONNREFUSED")).request(get)).rejects.toThrow(
      /redeploy\.yaml: gitlab\.url: GitLab stays away: the connection is refused, for 30 s\n {2}found: {3}https:\/\/gitlab\.example\n/,
    );
  });

  it.each([
    ["a name that does not resolve", "ENOTFOUND", /the name of GitLab does not resolve/],
    [
      "a certificate of an unknown authority",
      "SELF_SIGNED_CERT_IN_CHAIN",
      /is not trusted \(SELF_SIGNED_CERT_IN_CHAIN\)[^]*--ca-file/,
    ],
  ])("is not asked again at %s", async (_, code, message) => {
    let asked = 0;
    const send: SendHttp = (request) => ((asked += 1), failing(code)(request));
    await expect(service(send).request(get)).rejects.toThrow(message);
    expect(asked).toBe(1);
  });

  it.each([
    ["message", '{"message":"401 Unauthorized"}', {}, "401 Unauthorized"],
    ["error", '{"error":"insufficient_scope","error_description":"needs api"}', {}, "needs api"],
    ["a message that is a map", '{"message":{"base":["Reference not found"]}}', {}, '{"base":["Reference not found"]}'],
    ["a page", "<html>log in</html>", {}, "a page of HTML"],
    ["a redirect", "", { location: "https://sso.example/login?state=secret" }, "go to https://sso.example/login"],
  ])("says no in its own words: %s", async (_, text, headers, words) => {
    const refused = await service(answering(400, text, headers))
      .request(get)
      .catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(Refusal);
    expect(refused).toMatchObject({ status: 400, words, path: "/api/v4/version" });
  });
});

describe("A private authority", () => {
  let folder: string;
  let server: Server;
  let url: string;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "redeploy-ca-"));
    const authority = new Authority("acme");
    const { cert, key } = authority.issue({ commonName: "gitlab", hosts: { names: ["localhost"], addresses: [] } });
    writeFileSync(join(folder, "ca.pem"), authority.pair.cert);
    server = createServer({ cert, key }, (_, response) => response.end('{"ok":true}'));
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    url = `https://localhost:${String((server.address() as AddressInfo).port)}`;
  });

  afterEach(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });

  it("is not trusted without its file, and is with it", async () => {
    await expect(service(httpClient(undefined), { url }).request(get)).rejects.toThrow(
      /the certificate of GitLab is not trusted/,
    );
    const trusted = trustedAuthorities(join(folder, "ca.pem"), "--ca-file", {});
    expect((await service(httpClient(trusted), { url }).request(get)).body).toEqual({ ok: true });
  });

  it("comes beside the public ones and those of NODE_EXTRA_CA_CERTS", () => {
    const file = join(folder, "ca.pem");
    expect(trustedAuthorities(file, "--ca-file", { NODE_EXTRA_CA_CERTS: file })).toHaveLength(
      rootCertificates.length + 2,
    );
    expect(trustedAuthorities(undefined, "--ca-file", {})).toBeUndefined();
  });

  it.each([
    ["a file that is not there", undefined, /cannot be read \(ENOENT\)/],
    ["a file without a certificate", "hello", /the file holds no certificate/],
    ["a certificate that is none", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", /cannot be read/],
  ])("is refused: %s", (_, text, message) => {
    const file = join(folder, "wrong.pem");
    if (text !== undefined) writeFileSync(file, text);
    expect(() => trustedAuthorities(file, "--ca-file", {})).toThrow(message);
  });
});
