import { existsSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { isPassword, judgeAccess, readAccess } from "../access";
import type { GitFiles } from "../files";
import { gitEnvironment, repositoryFolder, repositoryPath } from "../repositories";
import { runBackend } from "./backend";

export interface GitHttpOptions {
  readonly files: GitFiles;
  /** git's path. */
  readonly git: string;
}

/** Answers that people read in the messages of their git, as GitLab gives them. */
const answers = {
  denied: "HTTP Basic: Access denied. The user or the password is wrong, or none was given.",
  notFound: "The project you were looking for could not be found or you don't have permission to view it.",
  readOnly: "You are not allowed to push code to this project.",
  dumb: "This server speaks the smart protocol of Git only.",
};

/**
 * Serves repositories by smart HTTP and answers as GitLab does where something is not allowed.
 * @returns false when the request is not Git's: it is then left to others
 */
export function handleGitRequest(
  request: IncomingMessage,
  response: ServerResponse,
  { files, git }: GitHttpOptions,
): boolean {
  const url = new URL(request.url ?? "/", "http://git");
  const match = /^\/(.+)\/(info\/refs|git-upload-pack|git-receive-pack)$/.exec(url.pathname);
  const [, asked = "", operation = ""] = match ?? [];
  if (match === null) return false;
  const path = repositoryPath(asked);
  const service = operation === "info/refs" ? url.searchParams.get("service") : operation;
  const access = readAccess(files.access);
  const login = basicLogin(request);
  if (service !== "git-upload-pack" && service !== "git-receive-pack") return answer(response, 403, answers.dumb);
  if (login !== undefined && !isPassword(access, login.user, login.password)) return demandLogin(response);
  const need = service === "git-upload-pack" ? "read" : "write";
  const isThere = path !== undefined && existsSync(repositoryFolder(files, path));
  // Whoever has not logged in does not learn what is there.
  const verdict = isThere ? judgeAccess(access, path, login?.user, need) : login === undefined ? "log in" : "not found";
  if (verdict === "log in") return demandLogin(response);
  if (verdict === "not found" || path === undefined) return answer(response, 404, answers.notFound);
  if (verdict === "read only") return answer(response, 403, answers.readOnly);
  if (!asked.endsWith(".git")) {
    response.writeHead(301, { location: `/${path}.git/${operation}${url.search}` }).end();
    return true;
  }
  runBackend(request, response, {
    root: files.repositories,
    pathInfo: `/${path}.git/${operation}`,
    query: url.search.slice(1),
    ...(login !== undefined && { user: login.user }),
    git,
    env: gitEnvironment(files),
  });
  return true;
}

function demandLogin(response: ServerResponse): true {
  response.setHeader("www-authenticate", 'Basic realm="GitLab"');
  return answer(response, 401, answers.denied);
}

function answer(response: ServerResponse, status: number, text: string): true {
  response.writeHead(status, { "content-type": "text/plain" }).end(`${text}\n`);
  return true;
}

function basicLogin({ headers }: IncomingMessage): { user: string; password: string } | undefined {
  const [scheme = "", value = ""] = (headers.authorization ?? "").split(" ");
  if (scheme.toLowerCase() !== "basic") return undefined;
  const text = Buffer.from(value, "base64").toString("utf8");
  const colon = text.indexOf(":");
  return colon < 0 ? undefined : { user: text.slice(0, colon), password: text.slice(colon + 1) };
}
