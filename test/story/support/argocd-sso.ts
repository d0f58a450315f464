import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { ensureTools } from "../../../lab/toolchain";
import { Browser, type Page } from "./browser";
import { eventually } from "./eventually";

const callback = "http://localhost:8085/auth/callback";

export interface SsoLogin {
  /** Where argocd-server listens. */
  readonly server: string;
  /** The file with the authority of the identity provider, PEM. */
  readonly ca: string;
  /** A folder for the client's configuration, with the token. */
  readonly home: string;
  readonly login: string;
  readonly password: string;
}

/**
 * Runs `argocd login --sso`, which listens on localhost:8085, and logs in where it says that a browser should.
 * @returns what the client has said when it has ended, and the last page that the browser was shown
 */
export async function logInByClient(args: SsoLogin): Promise<{ readonly said: string; readonly page: Page }> {
  const tools = await ensureTools(["argocd"]);
  const env = { PATH: process.env["PATH"] ?? "", HOME: args.home, SSL_CERT_FILE: args.ca };
  const command = ["login", args.server, "--sso", "--sso-launch-browser=false", "--insecure"];
  const client = spawn(tools.path("argocd"), command, { env, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  let heard: (url: string) => void = () => undefined;
  const asked = new Promise<string>((resolve) => (heard = resolve));
  const listen = (text: string): void => {
    said += text;
    const [, url] = /preferred browser: (\S+)\n/.exec(said) ?? [];
    if (url !== undefined) heard(url);
  };
  client.stdout.setEncoding("utf8").on("data", listen);
  client.stderr.setEncoding("utf8").on("data", listen);
  const ended = new Promise<void>((resolve) => client.on("close", () => void resolve()));
  const early = ended.then(() => Promise.reject(new Error(`argocd login --sso has ended: ${said}`)));
  try {
    const url = await Promise.race([asked, early]);
    const browser = new Browser({ ca: readFileSync(args.ca, "utf8") });
    const form = await browser.open(url);
    const end = await browser.submit(form, { login: args.login, password: args.password }, callback);
    if (!end.url.startsWith(callback)) return { said, page: end };
    // The client says the address before it listens.
    const page = await eventually(
      () => browser.open(end.url).catch(() => undefined),
      () => `nobody answers at ${callback}`,
    );
    await ended;
    return { said, page };
  } finally {
    early.catch(() => undefined);
    client.kill();
  }
}
