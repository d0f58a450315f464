import type { IncomingMessage, ServerResponse } from "node:http";
import type { GitFiles } from "../files";
import { gitEnvironment, repositoryPath } from "../repositories";
import { runBackend } from "./backend";
import type { Admission, GitGate, GitKnock } from "./gate";

export interface GitHttpOptions {
  readonly files: Pick<GitFiles, "repositories" | "gitconfig">;
  /** git's path. */
  readonly git: string;
  /** Who may do what. */
  readonly gate: GitGate;
}

/** Answers that people read in the messages of their git, as GitLab gives them. */
const answers = {
  "log in": "HTTP Basic: Access denied. The user or the password is wrong, or none was given.",
  "not found": "The project you were looking for could not be found or you don't have permission to view it.",
  "read only": "You are not allowed to push code to this project.",
  dumb: "This server speaks the smart protocol of Git only.",
};

const statuses = { "log in": 401, "not found": 404, "read only": 403 };

/**
 * Serves repositories by smart HTTP and answers as GitLab does where something is not allowed.
 * @returns false when the request is not Git's: it is then left to others
 */
export function handleGitRequest(
  request: IncomingMessage,
  response: ServerResponse,
  { files, git, gate }: GitHttpOptions,
): boolean {
  const url = new URL(request.url ?? "/", "http://git");
  const match = /^\/(.+)\/(info\/refs|git-upload-pack|git-receive-pack)$/.exec(url.pathname);
  const [, asked = "", operation = ""] = match ?? [];
  if (match === null) return false;
  const service = operation === "info/refs" ? url.searchParams.get("service") : operation;
  if (service !== "git-upload-pack" && service !== "git-receive-pack") return answer(response, 403, answers.dumb);
  const login = basicLogin(request);
  const knock: GitKnock = {
    path: repositoryPath(asked),
    need: service === "git-upload-pack" ? "read" : "write",
    ...(login !== undefined && { login }),
  };
  const admission = gate(knock);
  if (admission.verdict !== "allowed") return refuse(response, admission);
  if (!asked.endsWith(".git")) {
    response.writeHead(301, { location: `/${admission.path}.git/${operation}${url.search}` }).end();
    return true;
  }
  runBackend(request, response, {
    root: files.repositories,
    pathInfo: `/${admission.folder}/${operation}`,
    query: url.search.slice(1),
    ...(admission.user !== undefined && { user: admission.user }),
    git,
    env: { ...gitEnvironment(files), ...admission.env },
    ...(admission.ended !== undefined && { ended: admission.ended }),
  });
  return true;
}

function refuse(response: ServerResponse, { verdict, text }: Exclude<Admission, { verdict: "allowed" }>): true {
  if (verdict === "log in") response.setHeader("www-authenticate", 'Basic realm="GitLab"');
  return answer(response, statuses[verdict], text ?? answers[verdict]);
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
