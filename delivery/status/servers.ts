import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { UserError } from "../../model/problem";
import type { ArgoCdApi } from "../argocd/argocd-api";
import { systemClock } from "../clock";
import { DEFAULT_CONFIG, readConfig } from "../redeploy/config";
import { planOf, type Server } from "../redeploy/plan";
import { Secrets } from "../redeploy/secrets";
import { argoCdApi } from "../redeploy/servers";

/** The flags that say which Argo CD's API is asked. */
export interface ServerFlags {
  readonly server?: string;
  readonly caFile?: string;
  readonly config?: string;
  /** The folder that a `redeploy.yaml` is looked for in. */
  readonly root: string;
}

/**
 * The Argo CDs that are meant; none where the clusters are asked. Throws a UserError for what is no address.
 *
 * @param asker the command, for messages
 */
export function serversOf({ server, config, caFile, root }: ServerFlags, asker: string): readonly Server[] {
  const named = server ?? (config === undefined ? process.env["ARGOCD_SERVER"] : undefined);
  if (named !== undefined && named !== "") {
    const url = (/^https?:\/\//.test(named) ? named : `https://${named}`).replace(/\/+$/, "");
    if (!URL.canParse(url)) throw wrongServer(named, asker);
    return [
      { url, place: server === undefined ? "ARGOCD_SERVER" : "--server", ...(caFile !== undefined && { caFile }) },
    ];
  }
  const file = config ?? resolve(root, DEFAULT_CONFIG);
  if (config === undefined && !existsSync(file)) return [];
  const read = readConfig(file);
  const all = Object.keys(read.file.environments).flatMap((name) => planOf(read, name, caFile).argocd ?? []);
  return [...new Map(all.map((one) => [one.url, one])).values()];
}

function wrongServer(value: string, asker: string): UserError {
  const allowed = "an address such as https://argocd.acme.example";
  return new UserError([
    {
      severity: "error",
      file: asker,
      path: "--server",
      value,
      message: "this is no server",
      allowed,
      fix: "correct it",
    },
  ]);
}

/** Their APIs, asked with ARGOCD_AUTH_TOKEN. Throws a UserError without that. */
export function argoCds(servers: readonly Server[], signal: AbortSignal): readonly ArgoCdApi[] {
  const secrets = Secrets.read(process.env);
  secrets.demand(["ARGOCD_AUTH_TOKEN"]);
  const tell = (line: string): void => void process.stderr.write(`${line}\n`);
  const patience = { clock: systemClock, outageMs: 10_000, tell };
  const around = { secrets, patience, signal, env: process.env };
  return servers.map((server) => argoCdApi(server, around));
}
