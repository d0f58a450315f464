import type { IncomingMessage, RequestOptions } from "node:http";
import { Agent as HttpAgent, request as httpRequest } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { apiError, Unreachable } from "./errors";
import type { ClusterAccess } from "./kubeconfig";

/** One HTTP request to the API server. */
export interface ApiRequest {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Path and query. */
  readonly path: string;
  readonly body?: string;
  readonly contentType?: string;
  readonly accept?: string;
  readonly signal?: AbortSignal;
}

/** Limits on how the API server is used; absent ones do not limit. */
export interface TransportLimits {
  readonly requestTimeoutSeconds?: number;
  readonly queriesPerSecond?: number;
  readonly burst?: number;
}

/** Speaks HTTP to one API server over kept-alive connections. */
export class Transport {
  readonly #base: URL;
  readonly #agent: HttpAgent | HttpsAgent;
  readonly #watchAgent: HttpAgent | HttpsAgent;
  readonly #headers: Record<string, string>;
  readonly #bucket: TokenBucket | undefined;
  readonly #timeout: number | undefined;

  constructor(access: ClusterAccess, limits: TransportLimits = {}) {
    this.#base = new URL(access.server);
    this.#agent = agent(access, this.#base, 16);
    // Watches stay open: they must not take the connections that requests wait for.
    this.#watchAgent = agent(access, this.#base, Number.POSITIVE_INFINITY);
    this.#headers = { "user-agent": "pulumi-kubernetes", ...authorization(access) };
    this.#timeout = limits.requestTimeoutSeconds === undefined ? undefined : limits.requestTimeoutSeconds * 1000;
    const { queriesPerSecond, burst } = limits;
    this.#bucket = queriesPerSecond === undefined ? undefined : new TokenBucket(queriesPerSecond, burst ?? 1);
  }

  get server(): string {
    return this.#base.origin;
  }

  /** The answer's JSON. Throws ApiError on a refusal and Unreachable when there is no answer. */
  async send<T>(request: ApiRequest): Promise<T> {
    await this.#bucket?.take(request.signal);
    const answer = await this.#open(request, this.#agent);
    const body = await text(answer).catch((error: unknown) => this.#fail(error, request.signal));
    const status = answer.statusCode ?? 0;
    if (status < 200 || status >= 300) throw apiError(status, body);
    return JSON.parse(body) as T;
  }

  /** The answer's lines as they come, until the server ends it or the signal aborts (which ends it quietly). */
  async *lines(request: ApiRequest): AsyncGenerator<string> {
    const answer = await this.#open(request, this.#watchAgent);
    const status = answer.statusCode ?? 0;
    if (status !== 200) throw apiError(status, await text(answer));
    let rest = "";
    answer.setEncoding("utf8");
    try {
      for await (const chunk of answer) {
        const pieces = (rest + String(chunk)).split("\n");
        rest = pieces.pop() ?? "";
        yield* pieces.filter((line) => line !== "");
      }
    } catch (error) {
      if (request.signal?.aborted !== true) this.#fail(error, undefined);
    } finally {
      answer.destroy();
    }
  }

  #open(request: ApiRequest, agent: HttpAgent | HttpsAgent): Promise<IncomingMessage> {
    const { method, path, body, signal } = request;
    const options: RequestOptions = {
      agent,
      method,
      path: joined(this.#base.pathname, path),
      hostname: this.#base.hostname.replace(/^\[|\]$/g, ""),
      port: this.#base.port === "" ? undefined : this.#base.port,
      headers: {
        ...this.#headers,
        accept: request.accept ?? "application/json",
        ...(body === undefined
          ? {}
          : { "content-type": request.contentType ?? "application/json", "content-length": Buffer.byteLength(body) }),
      },
      ...(signal === undefined ? {} : { signal }),
    };
    const start = this.#base.protocol === "http:" ? httpRequest : httpsRequest;
    return new Promise<IncomingMessage>((resolve, reject) => {
      const sent = start(options, resolve).on("error", reject);
      if (this.#timeout !== undefined && agent === this.#agent) {
        sent.setTimeout(this.#timeout, () => sent.destroy(new Error("no answer in time")));
      }
      sent.end(body);
    }).catch((error: unknown) => this.#fail(error, signal));
  }

  #fail(error: unknown, signal: AbortSignal | undefined): never {
    if (signal?.aborted === true) throw signal.reason;
    throw new Unreachable(this.server, error);
  }
}

/** Lets `rate` callers a second pass, and `size` at once after a pause. */
class TokenBucket {
  #tokens: number;
  #since = Date.now();

  constructor(
    readonly rate: number,
    readonly size: number,
  ) {
    this.#tokens = size;
  }

  async take(signal: AbortSignal | undefined): Promise<void> {
    const now = Date.now();
    this.#tokens = Math.min(this.size, this.#tokens + ((now - this.#since) / 1000) * this.rate) - 1;
    this.#since = now;
    if (this.#tokens >= 0) return;
    const wait = (-this.#tokens / this.rate) * 1000;
    await new Promise((resolve) => setTimeout(resolve, wait));
    signal?.throwIfAborted();
  }
}

function agent(access: ClusterAccess, base: URL, maxSockets: number): HttpAgent | HttpsAgent {
  const common = { keepAlive: true, maxSockets };
  if (base.protocol === "http:") return new HttpAgent(common);
  return new HttpsAgent({
    ...common,
    rejectUnauthorized: !access.insecure,
    ...(access.ca === undefined ? {} : { ca: access.ca }),
    ...(access.certificate === undefined ? {} : { cert: access.certificate }),
    ...(access.key === undefined ? {} : { key: access.key }),
    ...(access.serverName === undefined ? {} : { servername: access.serverName }),
  });
}

function authorization(access: ClusterAccess): Record<string, string> {
  if (access.token !== undefined) return { authorization: `Bearer ${access.token}` };
  if (access.username === undefined) return {};
  const pair = Buffer.from(`${access.username}:${access.password ?? ""}`).toString("base64");
  return { authorization: `Basic ${pair}` };
}

async function text(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

function joined(prefix: string, path: string): string {
  return prefix === "/" ? path : prefix.replace(/\/$/, "") + path;
}
