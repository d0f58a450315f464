import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { layoutOf } from "../../layout";
import { gitFiles } from "../files";
import { accessGate } from "./access-gate";
import { handleGitRequest } from "./handler";
import { readinessPath } from "./readiness";

/** Arguments: the lab's state folder, the address to listen on, git's path, the files of certificate and key. */
const [stateDir = "", address = "", git = "", cert = "", key = ""] = process.argv.slice(2);
const files = gitFiles(layoutOf(stateDir));
const gate = accessGate(files);

function handle(request: IncomingMessage, response: ServerResponse): void {
  response.on("finish", () => {
    const { method = "", url = "" } = request;
    process.stdout.write(`${new Date().toISOString()} ${method} ${url} ${String(response.statusCode)}\n`);
  });
  try {
    if (request.url === readinessPath) response.writeHead(200, { "content-type": "text/plain" }).end("ok\n");
    else if (!handleGitRequest(request, response, { files, git, gate })) response.writeHead(404).end("404 Not Found\n");
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? "") : String(error)}\n`);
    response.writeHead(500).end("500 Internal Server Error\n");
  }
}

createTlsServer({ cert: readFileSync(cert), key: readFileSync(key) }, handle).listen(443, address);
createServer(handle).listen(80, address);
