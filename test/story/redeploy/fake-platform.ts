import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A pipeline of the fake: each question moves it one status on. */
export interface FakePipeline {
  readonly id: number;
  readonly project: string;
  readonly sha: string;
  statuses: string[];
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** What a test reads and scripts. */
export interface PlatformScript {
  /** Heads of branches `main` by project path; the platform's side. */
  readonly heads: Map<string, string>;
  readonly pipelines: FakePipeline[];
  /** Every request: `GET /api/v4/projects/…`. */
  readonly asked: string[];
  /** Bodies of trigger requests. */
  readonly triggers: URLSearchParams[];
  /** What a mirror pipeline does; by default it is to bring the branch. */
  mirror: (repository: string) => void;
  /** The statuses of the next mirror pipelines. */
  mirrorStatuses: string[];
  jobLog: string;
  /** The Application that Argo CD answers with. */
  application: () => unknown;
  resourceTree: unknown;
  /** Answers first, when it gives something. */
  intercept: (method: string, path: string) => Answer | undefined;
}

/**
 * A few answers of GitLab and Argo CD at one address, from a script: for what the double of GitLab is too slow for, or
 * does not do on request. It is no model of either.
 */
export async function startFakePlatform(): Promise<{ url: string; script: PlatformScript; close(): Promise<void> }> {
  const script: PlatformScript = {
    heads: new Map(),
    pipelines: [],
    asked: [],
    triggers: [],
    mirror: () => undefined,
    mirrorStatuses: ["running", "success"],
    jobLog: "",
    application: () => ({}),
    resourceTree: { nodes: [] },
    intercept: () => undefined,
  };
  const server: Server = createServer((request, response) => void answer(script, request, response));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    script,
    close: () =>
      new Promise((done) => {
        server.close(() => {
          done();
        });
      }),
  };
}

async function answer(script: PlatformScript, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { method = "", url = "" } = request;
  script.asked.push(`${method} ${url}`);
  const { status, body } =
    script.intercept(method, url) ??
    route(script, method, new URL(url, "http://fake"), Buffer.concat(chunks).toString());
  const isText = typeof body === "string";
  response.writeHead(status, { "content-type": isText ? "text/plain" : "application/json" });
  response.end(isText ? body : JSON.stringify(body));
}

const missing: Answer = { status: 404, body: { message: "404 Project Not Found" } };
const ok = (body: unknown): Answer => ({ status: 200, body });

function route(script: PlatformScript, method: string, url: URL, text: string): Answer {
  const [, api, ...rest] = url.pathname.split("/");
  if (api !== "api") return missing;
  if (rest[0] === "v1") return rest.at(-1) === "resource-tree" ? ok(script.resourceTree) : ok(script.application());
  const [, , id = "", ...what] = rest;
  const path = pathOf(script, decodeURIComponent(id));
  if (path === undefined) return missing;
  const head = script.heads.get(path);
  if (method === "POST") return trigger(script, path, new URLSearchParams(text));
  switch (what.slice(0, 2).join("/")) {
    case "":
      return ok({ id: idOf(script, path), path_with_namespace: path, web_url: `https://gitlab.example/${path}` });
    case "repository/branches":
      return head === undefined
        ? { status: 404, body: { message: "404 Branch Not Found" } }
        : ok({ commit: { id: head } });
    case "repository/commits":
      return what[2] === head ? ok({ id: head }) : { status: 404, body: { message: "404 Commit Not Found" } };
    case "pipelines":
      return ok(
        script.pipelines
          .filter(({ project, sha }) => project === path && sha === url.searchParams.get("sha"))
          .map(body),
      );
    case "jobs/7":
      return ok(script.jobLog);
    default:
      return pipelineRoute(script, what);
  }
}

function pipelineRoute(script: PlatformScript, [, id, jobs]: readonly string[]): Answer {
  const pipeline = script.pipelines.find((one) => one.id === Number(id));
  if (pipeline === undefined) return missing;
  if (jobs === "jobs") {
    const job = {
      id: 7,
      name: "build-image",
      status: "failed",
      allow_failure: false,
      web_url: "https://gitlab.example/-/jobs/7",
    };
    return ok([{ ...job, failure_reason: "script_failure" }]);
  }
  if (pipeline.statuses.length > 1) pipeline.statuses = pipeline.statuses.slice(1);
  return ok(body(pipeline));
}

function trigger(script: PlatformScript, path: string, form: URLSearchParams): Answer {
  script.triggers.push(form);
  if (form.get("token") !== "glptt-right") return { status: 404, body: { message: "404 Not Found" } };
  script.mirror(form.get("variables[PROJECT_NAME]") ?? "");
  const pipeline = {
    id: 100 + script.pipelines.length,
    project: path,
    sha: "0",
    statuses: ["created", ...script.mirrorStatuses],
  };
  script.pipelines.push(pipeline);
  return { status: 201, body: body(pipeline) };
}

function body({ id, project, sha, statuses }: FakePipeline) {
  return {
    id,
    status: statuses[0],
    source: "push",
    ref: "main",
    sha,
    web_url: `https://gitlab.example/${project}/-/pipelines/${String(id)}`,
  };
}

const PROJECTS = ["acme/shop/mirror", "acme/shop/api", "acme/shop/deploy"];

function pathOf({ heads }: PlatformScript, id: string): string | undefined {
  const known = [...new Set([...PROJECTS, ...heads.keys()])];
  return /^\d+$/.test(id) ? known[Number(id) - 1] : known.find((path) => path === id);
}

function idOf({ heads }: PlatformScript, path: string): number {
  return [...new Set([...PROJECTS, ...heads.keys()])].indexOf(path) + 1;
}
