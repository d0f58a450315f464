import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createClient } from "../../../../../lab/plugins/gitlab/client/client";
import { readSettings } from "../../../../../lab/plugins/gitlab/settings";
import type { PropertyMap } from "../../../../../lab/plugins/rpc";

const opened: { close(): void }[] = [];
afterEach(() => {
  for (const server of opened.splice(0)) server.close();
});

interface Heard {
  readonly line: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** A server that answers as it is told, and what it has heard. */
async function serve(answers: RequestListener, tls?: { key: string; cert: string }) {
  const heard: Heard[] = [];
  const listener: RequestListener = (request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks).toString();
      heard.push({ line: `${request.method ?? ""} ${request.url ?? ""}`, headers: request.headers, body });
      answers(request, response);
    });
  };
  const server: Server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  opened.push({ close: () => (server.closeAllConnections(), server.close()) });
  const { port } = server.address() as AddressInfo;
  return { heard, url: `${tls === undefined ? "http" : "https"}://127.0.0.1:${port}` };
}

/** Answers the statuses one after the other, the last one for ever. */
function statuses(
  ...list: readonly [status: number, body: string, headers?: Record<string, string>][]
): RequestListener {
  const left = [...list];
  return (_, response) => {
    const [status, body, headers] = (left.length > 1 ? left.shift() : left[0]) as (typeof list)[number];
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(body);
  };
}

const client = (url: string, more: PropertyMap = {}) =>
  createClient(readSettings({ baseUrl: `${url}/api/v4/`, token: "glpat-x", ...more }, {}));

describe("the provider's client", () => {
  it("speaks GitLab's names, with the token as a bearer and further headers", async () => {
    const { heard, url } = await serve(statuses([201, '{"id":5,"full_path":"acme"}']));
    const gitlab = client(url, { headers: '{"x-proxy":"yes"}' });
    const made = await gitlab.Groups.create("ACME", "acme", { projectCreationLevel: "maintainer" });
    expect(made).toMatchObject({ id: 5, fullPath: "acme" });
    expect(heard[0]?.line).toBe("POST /api/v4/groups");
    expect(JSON.parse(heard[0]?.body ?? "")).toEqual({
      name: "ACME",
      path: "acme",
      project_creation_level: "maintainer",
    });
    expect(heard[0]?.headers).toMatchObject({ authorization: "Bearer glpat-x", "x-proxy": "yes" });
  });

  it("asks for what has several parts by a nested query", async () => {
    const { heard, url } = await serve(statuses([200, '{"key":"A"}']));
    await client(url).ProjectVariables.show("acme/shop", "A", { filter: { environment_scope: "prod/*" } });
    expect(decodeURIComponent(heard[0]?.line ?? "")).toBe(
      "GET /api/v4/projects/acme/shop/variables/A?filter[environment_scope]=prod/*",
    );
  });

  it.each([
    ['{"message":{"path":["has already been taken"]}}', "{message: {path: [has already been taken]}}"],
    ['{"error":"name is missing"}', "{error: name is missing}"],
    ["<html>\n  Bad Request</html>", "<html> Bad Request</html>"],
    ["", ""],
  ])("tells GitLab's refusal %s with method and URL", async (body, told) => {
    const { url } = await serve(statuses([400, body]));
    const asked = client(url).Groups.show("acme/shop");
    await expect(asked).rejects.toThrow(`GET ${url}/api/v4/groups/acme/shop: 400${told === "" ? "" : ` ${told}`}`);
  });

  it("asks again where GitLab is too busy or broken, and not where it refuses", async () => {
    const busy = await serve(statuses([429, "{}"], [502, ""], [200, '{"id":1}']));
    await expect(client(busy.url).Groups.show(1)).resolves.toMatchObject({ id: 1 });
    expect(busy.heard).toHaveLength(3);
    const refusing = await serve(statuses([403, '{"message":"403 Forbidden"}']));
    await expect(client(refusing.url).Groups.show(1)).rejects.toThrow("403 {message: 403 Forbidden}");
    expect(refusing.heard).toHaveLength(1);
  });

  it("gives up after as many retries as are configured", async () => {
    const { heard, url } = await serve(statuses([503, '{"message":"down"}']));
    await expect(client(url, { retries: "1" }).Groups.show(1)).rejects.toThrow("503 {message: down}");
    expect(heard).toHaveLength(2);
  });

  it("says where nobody answers", async () => {
    const { url } = await serve(statuses([200, "{}"]));
    for (const server of opened.splice(0)) server.close();
    await expect(client(url).Groups.show(1)).rejects.toThrow(`GET ${url}/api/v4/groups/1: connect ECONNREFUSED`);
  });
});

describe("the provider's client over TLS", () => {
  let dir: string;
  let cert: string;
  let tls: { key: string; cert: string };

  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), "gitops-factory-ca-"));
    const key = join(dir, "key.pem");
    cert = join(dir, "cert.pem");
    const kind = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"];
    const subject = ["-subj", "/CN=gitlab", "-addext", "subjectAltName=IP:127.0.0.1"];
    execFileSync("openssl", [...kind, ...subject, "-keyout", key, "-out", cert], { stdio: "ignore" });
    tls = { key: readFileSync(key, "utf8"), cert: readFileSync(cert, "utf8") };
  });
  afterAll(() => rmSync(dir, { recursive: true }));

  it("trusts the authority of cacertFile, and no other", async () => {
    const { url } = await serve(statuses([200, '{"id":1}']), tls);
    await expect(client(url, { cacertFile: cert }).Groups.show(1)).resolves.toMatchObject({ id: 1 });
    await expect(client(url).Groups.show(1)).rejects.toThrow(/GET https:.*self-signed certificate/);
  });

  it("trusts anybody where it is told to", async () => {
    const { url } = await serve(statuses([200, '{"id":1}']), tls);
    await expect(client(url, { insecure: "true" }).Groups.show(1)).resolves.toMatchObject({ id: 1 });
  });
});
