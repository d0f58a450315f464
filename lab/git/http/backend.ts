import { spawn } from "node:child_process";
import type { IncomingMessage, ServerResponse } from "node:http";

/** One request to a repository by the smart protocol. */
export interface BackendRequest {
  /** The folder above all repositories. */
  readonly root: string;
  /** Below it: `/acme/shop.git/info/refs`. */
  readonly pathInfo: string;
  /** Without the question mark. */
  readonly query: string;
  /** Who asks; hooks find it in REMOTE_USER. Absent when nobody has logged in. */
  readonly user?: string;
  /** git's path. */
  readonly git: string;
  readonly env: Readonly<Record<string, string>>;
  /** Called when git has ended and before the answer ends, so that a client finds done what a push sets off. */
  readonly ended?: () => void | Promise<void>;
}

/** Has the real `git http-backend` answer a request, by the Common Gateway Interface (RFC 3875). */
export function runBackend(request: IncomingMessage, response: ServerResponse, args: BackendRequest): void {
  const { headers } = request;
  const variables: Record<string, string | undefined> = {
    GIT_PROJECT_ROOT: args.root,
    GIT_HTTP_EXPORT_ALL: "1",
    GIT_PROTOCOL: first(headers["git-protocol"]),
    REQUEST_METHOD: request.method,
    PATH_INFO: args.pathInfo,
    QUERY_STRING: args.query,
    CONTENT_TYPE: headers["content-type"],
    CONTENT_LENGTH: headers["content-length"],
    HTTP_CONTENT_ENCODING: headers["content-encoding"],
    REMOTE_USER: args.user,
    REMOTE_ADDR: request.socket.remoteAddress,
  };
  const given = Object.entries(variables).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const child = spawn(args.git, ["http-backend"], {
    env: { ...args.env, ...Object.fromEntries(given) },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const fail = (reason: string): void => {
    if (response.headersSent) return void response.destroy();
    response.writeHead(500, { "content-type": "text/plain" }).end(`git http-backend: ${reason}\n`);
  };
  child.on("error", (error) => {
    fail(error.message);
  });
  // A client that hangs up is no error of the server's, and git notices the end of its input.
  child.stdin.on("error", () => undefined);
  request.pipe(child.stdin);
  response.on("close", () => child.kill());
  let head = Buffer.alloc(0);
  const readHead = (chunk: Buffer): void => {
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf("\r\n\r\n");
    if (end < 0) return;
    child.stdout.off("data", readHead);
    const { status, fields } = parseHead(head.subarray(0, end).toString("latin1"));
    response.writeHead(status, fields);
    response.write(head.subarray(end + 4));
    child.stdout.pipe(response, { end: false });
  };
  child.stdout.on("data", readHead);
  child.on("close", (code) => {
    void Promise.resolve(args.ended?.()).then(() => {
      if (response.headersSent) response.end();
      else fail(`ended with code ${String(code)} and no answer`);
    });
  });
}

function parseHead(text: string): { status: number; fields: Record<string, string> } {
  const fields = Object.fromEntries(
    text.split("\r\n").map((line) => {
      const colon = line.indexOf(":");
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
    }),
  );
  const { status = "200 OK", ...others } = fields;
  return { status: Number.parseInt(status, 10), fields: others };
}

function first(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
