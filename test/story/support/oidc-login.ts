import { readFileSync } from "node:fs";
import { labUsers } from "../../../lab/identity/users";
import { layoutOf } from "../../../lab/layout";
import { privateCaFile } from "../../../lab/network/private-ca";
import { Browser } from "./browser";

export interface ArgoCdLogin {
  /** The state folder of the lab that both servers run in. */
  readonly stateDir: string;
  /** Argo CD's address: `https://127.10.0.20`. */
  readonly argocd: string;
  /** Who logs in: `carol`. */
  readonly login: string;
  /** @default the user's own */
  readonly password?: string;
}

/**
 * Logs in to Argo CD as people do: its login button, the form of the identity provider, and the way back.
 * @returns the token that Argo CD's API, its pages and the client `argocd` take
 */
export async function logInToArgoCd({ stateDir, argocd, login, password }: ArgoCdLogin): Promise<string> {
  const { hostname } = new URL(argocd);
  const ca = readFileSync(privateCaFile(layoutOf(stateDir)), "utf8");
  // Argo CD makes its certificate itself when it has been given none.
  const browser = new Browser({ ca, unverifiedHosts: [hostname] });
  const form = await browser.open(`${argocd}/auth/login`);
  const end = await browser.submit(form, { login, password: password ?? labUsers[login]?.password ?? "" });
  const first = browser.cookie(hostname, "argocd.token");
  if (first === undefined) throw new Error(`no login: ${end.url} answers ${String(end.status)}: ${end.body}`);
  return joinToken(first, (name) => browser.cookie(hostname, name));
}

/** Argo CD cuts a token that is too long for a cookie: the first part begins with the number of parts and a colon. */
function joinToken(first: string, cookie: (name: string) => string | undefined): string {
  const [, count, start] = /^(\d+):(.*)$/.exec(first) ?? [];
  if (count === undefined || start === undefined) return first;
  const others = Array.from(
    { length: Number(count) - 1 },
    (_, index) => cookie(`argocd.token-${String(index + 1)}`) ?? "",
  );
  return [start, ...others].join("");
}
