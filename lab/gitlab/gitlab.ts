import { EventEmitter } from "node:events";
import { mkdirSync, readFileSync } from "node:fs";
import type { RequestListener } from "node:http";
import { createServer as createTlsServer, type Server as TlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { resolve } from "node:path";
import { writeGitConfig } from "../git/repositories";
import type { GitLabContext } from "./context";
import type { GitLabEvents } from "./events";
import { gitLabFiles } from "./files";
import { ensureRoot } from "./first-start";
import { buildServer } from "./server";
import { Store } from "./store/store";

export interface GitLabOptions {
  /** All of its state; made where it is missing. */
  readonly folder: string;
  /** @default "127.0.0.1" */
  readonly host?: string;
  /** @default a free one */
  readonly port?: number;
  /** The address that its answers name. @default `http://<host>:<port>` */
  readonly url?: string;
  /** HTTPS on a port of its own, beside HTTP: PEM. @default none */
  readonly tls?: { readonly cert: string; readonly key: string; readonly port: number };
  /** git's path. @default "git", by the PATH */
  readonly git?: string;
  /** @default the system's */
  readonly clock?: () => Date;
  /** Takes the lines of the log, which hold no secret. @default they are dropped */
  readonly log?: (line: string) => void;
}

export interface GitLab {
  /** Without a slash at its end; the API is below `/api/v4`. */
  readonly url: string;
  /** A personal access token of the administrator `root`, of the scope `api`. */
  readonly rootToken: string;
  readonly folder: string;
  readonly context: GitLabContext;
  close(): Promise<void>;
}

/** Starts the double of GitLab; a folder with the state of an earlier one goes on from there. */
export async function startGitLab(options: GitLabOptions): Promise<GitLab> {
  const folder = resolve(options.folder);
  const paths = gitLabFiles(folder);
  mkdirSync(paths.git.repositories, { recursive: true, mode: 0o700 });
  mkdirSync(paths.git.hooks, { recursive: true, mode: 0o700 });
  writeGitConfig(paths.git);
  const clock = options.clock ?? (() => new Date());
  let url = options.url?.replace(/\/+$/, "") ?? "";
  const context: GitLabContext = {
    folder,
    store: new Store(paths.state),
    get url() {
      return url;
    },
    paths,
    files: paths.git,
    git: options.git ?? "git",
    // Every area listens, some more than once.
    events: new EventEmitter<GitLabEvents>().setMaxListeners(0),
    now: clock,
    log: options.log ?? (() => undefined),
  };
  ensureRoot(context);
  const app = buildServer(context);
  const { host = "127.0.0.1", port = 0, tls } = options;
  await app.listen({ host, port });
  if (url === "") url = `http://${host}:${String((app.server.address() as AddressInfo).port)}`;
  const secure = tls === undefined ? undefined : await listenTls(tls, host, app.routing);
  return {
    url,
    rootToken: readFileSync(paths.rootToken, "utf8").trim(),
    folder,
    context,
    close: async () => {
      secure?.closeAllConnections();
      secure?.close();
      await app.close();
    },
  };
}

function listenTls(
  { cert, key, port }: NonNullable<GitLabOptions["tls"]>,
  host: string,
  handle: RequestListener,
): Promise<TlsServer> {
  const server = createTlsServer({ cert, key }, handle);
  return new Promise((done, fail) => {
    server.once("error", fail);
    server.listen(port, host, () => {
      done(server);
    });
  });
}
