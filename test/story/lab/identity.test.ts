import { createHash, createPublicKey, type JsonWebKey, randomBytes, verify } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { argocdCliClient, argocdClient } from "../../../lab/identity/clients";
import { createLab, type Lab } from "../../../lab/lab";
import { layoutOf } from "../../../lab/layout";
import { addressOf } from "../../../lab/network/lab-network";
import { privateCaFile } from "../../../lab/network/private-ca";
import { startParts } from "../../../lab/parts/start-parts";
import { readSettings } from "../../../lab/settings";
import { Browser, type Page } from "../support/browser";

const folder = mkdtempSync(join(tmpdir(), "gitops-factory-identity-"));
const stateDir = join(folder, "lab");
let lab: Lab;
let issuer: string;
let ca: string;
/** Where Argo CD's web server would be asked to take the code. */
let callback: string;

beforeAll(async () => {
  lab = await createLab({ stateDir });
  await startParts({ stateDir, parts: ["identity"] });
  const block = readSettings(layoutOf(stateDir))?.block ?? "";
  issuer = `https://${addressOf({ block }, "identity")}`;
  callback = `https://${addressOf({ block }, "argocdServer")}/auth/callback`;
  ca = readFileSync(privateCaFile(layoutOf(stateDir)), "utf8");
});

afterAll(async () => {
  await lab.destroy();
  rmSync(folder, { recursive: true, force: true });
});

interface Discovery {
  readonly issuer: string;
  readonly authorization_endpoint: string;
  readonly token_endpoint: string;
  readonly userinfo_endpoint: string;
  readonly jwks_uri: string;
  readonly scopes_supported: readonly string[];
}

async function json<T>(url: string): Promise<T> {
  return JSON.parse((await new Browser({ ca }).open(url)).body) as T;
}

function discover(): Promise<Discovery> {
  return json(`${issuer}/.well-known/openid-configuration`);
}

async function begin(
  browser: Browser,
  params: Readonly<Record<string, string>> & { readonly redirect_uri: string },
): Promise<Page> {
  const { authorization_endpoint } = await discover();
  const query = new URLSearchParams({ response_type: "code", scope: "openid profile email groups", ...params });
  return browser.open(`${authorization_endpoint}?${query.toString()}`, undefined, params.redirect_uri);
}

/** The web client's login up to the code. */
async function codeFor(login: string, browser = new Browser({ ca })): Promise<string> {
  const form = await begin(browser, { client_id: argocdClient.id, redirect_uri: callback, state: "s" });
  const end = await browser.submit(form, { login, password: login }, callback);
  return new URL(end.url).searchParams.get("code") ?? "";
}

async function tokensFor(fields: Readonly<Record<string, string>>): Promise<Record<string, string>> {
  const { token_endpoint } = await discover();
  const page = await new Browser({ ca }).open(token_endpoint, { grant_type: "authorization_code", ...fields });
  return JSON.parse(page.body) as Record<string, string>;
}

/** The claims of a token, with its signature checked. */
async function claimsOf(token = ""): Promise<Record<string, unknown>> {
  const { keys } = await json<{ keys: JsonWebKey[] }>((await discover()).jwks_uri);
  const [head = "", body = "", signature = ""] = token.split(".");
  const key = createPublicKey({ key: keys[0] ?? {}, format: "jwk" });
  expect(verify("sha256", Buffer.from(`${head}.${body}`), key, Buffer.from(signature, "base64url"))).toBe(true);
  return JSON.parse(Buffer.from(body, "base64url").toString()) as Record<string, unknown>;
}

const secret = { client_id: argocdClient.id, client_secret: argocdClient.secret };

describe("the lab's identity provider", () => {
  it("says who it is, by TLS that only the private authority vouches for", async () => {
    expect(await discover()).toMatchObject({ issuer, scopes_supported: ["openid", "profile", "email", "groups"] });
    await expect(new Browser().open(`${issuer}/.well-known/openid-configuration`)).rejects.toThrow(/certificate/);
  });

  it("gives Argo CD's web server a token with the user's groups, without asking for consent", async () => {
    const code = await codeFor("carol");
    const { id_token, access_token = "" } = await tokensFor({ ...secret, code, redirect_uri: callback });
    expect(await claimsOf(id_token)).toMatchObject({
      iss: issuer,
      aud: argocdClient.id,
      sub: "carol",
      name: "Carol",
      email: "carol@lab.example",
      groups: ["/demarches/console/RO"],
    });
    const { userinfo_endpoint } = await discover();
    const userinfo = await new Browser({ ca }).open(userinfo_endpoint, { access_token });
    expect(JSON.parse(userinfo.body)).toMatchObject({ sub: "carol", groups: ["/demarches/console/RO"] });
  });

  it("remembers who has logged in", async () => {
    const browser = new Browser({ ca });
    await codeFor("alice", browser);
    const again = await begin(browser, { client_id: argocdClient.id, redirect_uri: callback });
    expect(again.url).toContain(`${callback}?code=`);
  });

  it("gives the command line a token by PKCE alone, and none without the verifier", async () => {
    const redirect = "http://localhost:8085/auth/callback";
    const verifier = randomBytes(32).toString("base64url");
    const code_challenge = createHash("sha256").update(verifier).digest("base64url");
    const client = { client_id: argocdCliClient.id, redirect_uri: redirect };
    const login = async (): Promise<string> => {
      const browser = new Browser({ ca });
      const form = await begin(browser, { ...client, code_challenge, code_challenge_method: "S256" });
      const end = await browser.submit(form, { login: "bob", password: "bob" }, redirect);
      return new URL(end.url).searchParams.get("code") ?? "";
    };
    const { id_token } = await tokensFor({ ...client, code: await login(), code_verifier: verifier });
    expect(await claimsOf(id_token)).toMatchObject({ sub: "bob", groups: ["/demarches/console/RW"] });
    expect(await tokensFor({ ...client, code: await login() })).toMatchObject({ error: "invalid_grant" });
    const without = await begin(new Browser({ ca }), client);
    expect(without.url).toContain(`${redirect}?error=invalid_request`);
  });

  it("refuses a wrong password and an unknown user, in the form itself", async () => {
    const browser = new Browser({ ca });
    const form = await begin(browser, { client_id: argocdClient.id, redirect_uri: callback });
    for (const [login, password] of [
      ["carol", "wrong"],
      ["nobody<", "nobody"],
      ["constructor", "constructor"],
    ] as const) {
      const page = await browser.submit(form, { login, password }, callback);
      expect(page.status).toBe(401);
      expect(page.body).toContain("The user name or the password is wrong.");
      expect(page.body).not.toContain("nobody<");
    }
    const end = await browser.submit(form, { login: "carol", password: "carol" }, callback);
    expect(end.url).toContain(`${callback}?code=`);
  });

  it("refuses an address to go back to that it does not know, an unknown client and a wrong client secret", async () => {
    const elsewhere = await begin(new Browser({ ca }), {
      client_id: argocdClient.id,
      redirect_uri: "https://evil.example",
    });
    expect(elsewhere.status).toBe(400);
    expect(elsewhere.body).toContain("redirect_uri");
    const unknown = await begin(new Browser({ ca }), { client_id: "unknown", redirect_uri: callback });
    expect(unknown.status).toBe(400);
    const code = await codeFor("carol");
    const refused = await tokensFor({ ...secret, client_secret: "wrong", code, redirect_uri: callback });
    expect(refused).toMatchObject({ error: "invalid_client" });
  });

  it("does not go on with a login that was begun elsewhere", async () => {
    const form = await begin(new Browser({ ca }), { client_id: argocdClient.id, redirect_uri: callback });
    const thief = await new Browser({ ca }).submit(form, { login: "carol", password: "carol" });
    expect(thief.status).toBe(400);
    expect(thief.body).toContain("begun in another browser");
  });
});
