import { readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import { Provider } from "oidc-provider";
import { configuration, loginPath } from "./configuration";
import { loginPage } from "./login-page";
import { userOf } from "./users";

/** Arguments: the address to listen on, the files of certificate, key and signing key, the hosts of Argo CD. */
const [address = "", cert = "", key = "", signingKeyFile = "", ...argocdHosts] = process.argv.slice(2);
const { signingKey, cookieKey } = JSON.parse(readFileSync(signingKeyFile, "utf8")) as {
  signingKey: object;
  cookieKey: string;
};

const provider: Provider = new Provider(
  `https://${address}`,
  configuration({ argocdHosts, signingKey, cookieKey, newGrant: (of) => new provider.Grant(of) }),
);
provider.on("server_error", (_, error) => {
  process.stderr.write(`${error.stack ?? error.message}\n`);
});
const answerByProtocol = provider.callback();

async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.url?.startsWith(loginPath("")) !== true) return answerByProtocol(request, response);
  let uid: string;
  try {
    ({ uid } = await provider.interactionDetails(request, response));
  } catch {
    // The cookie is missing or of another login, or the hour for it is over.
    show(response, 400, "This login has ended or was begun in another browser. Go back to where you came from.");
    return;
  }
  if (request.method !== "POST") {
    show(response, 200, loginPage(loginPath(uid)), "text/html");
    return;
  }
  const form = new URLSearchParams(await bodyOf(request));
  const login = form.get("login") ?? "";
  const user = userOf(login, form.get("password") ?? "");
  if (user === undefined) show(response, 401, loginPage(loginPath(uid), { login }), "text/html");
  else await provider.interactionFinished(request, response, { login: { accountId: login } });
}

function show(response: ServerResponse, status: number, text: string, type = "text/plain"): void {
  response.writeHead(status, { "content-type": `${type}; charset=utf-8`, "cache-control": "no-store" }).end(text);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const part of request) {
    text += String(part);
    if (text.length > 10_000) throw new Error("the form is too long");
  }
  return text;
}

createServer({ cert: readFileSync(cert), key: readFileSync(key) }, (request, response) => {
  handle(request, response).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? "") : String(error)}\n`);
    if (!response.headersSent) show(response, 500, "The login failed: the log of the identity provider says why.");
  });
}).listen(443, address);
