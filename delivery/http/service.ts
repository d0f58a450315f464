import { UserError } from "../../model/problem";
import { backoff, type Clock } from "../clock";
import { codeOf } from "./tls-probe";
import type { HttpAnswer, SendHttp } from "./http-client";

/** How long a server may be away before a delivery gives up. */
export interface Patience {
  readonly clock: Clock;
  /** Milliseconds from the first failure on. */
  readonly outageMs: number;
  /** Told once an outage, and once at its end. */
  tell(line: string): void;
}

export interface ServiceOptions {
  /** As messages name it: `GitLab`. */
  readonly name: string;
  /** Without a slash at its end. */
  readonly url: string;
  /** Where the user set the URL: `redeploy.yaml: gitlab.url`. */
  readonly place: string;
  readonly send: SendHttp;
  readonly headers: Readonly<Record<string, string>>;
  readonly patience: Patience;
  readonly signal: AbortSignal;
}

export interface ServiceRequest {
  readonly method: string;
  /** Below the service's URL, with its query. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly form?: Readonly<Record<string, string>>;
}

export interface ServiceAnswer {
  readonly status: number;
  readonly headers: HttpAnswer["headers"];
  /** Parsed JSON; text where it is none. */
  readonly body: unknown;
  /** The body as it came, for what is known by its checksum. */
  readonly text: string;
}

/** A server has answered, and its answer is no. */
export class Refusal extends Error {
  constructor(
    readonly service: string,
    readonly status: number,
    /** Its own words, on one line. */
    readonly words: string,
    /** The path asked for, without its query. */
    readonly path: string,
  ) {
    super(`${service} answers ${String(status)} to ${path}: ${words}`);
  }
}

/** A request may take as long as Argo CD takes to look at a repository anew. */
const REQUEST_TIMEOUT_MS = 60_000;

/** What a proxy or a server that restarts answers; 429 asks to come again later. */
const PASSING = new Set([429, 502, 503, 504]);

/** Codes of a connection that may be there again in a moment. */
const PASSING_CODES = new Set([
  ...["ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH", "EAI_AGAIN", "EPIPE"],
  ...["UND_ERR_SOCKET", "TIMEOUT"],
]);

/** A server with a REST API, which may be away for a while. */
export class Service {
  constructor(private readonly options: ServiceOptions) {}

  get name(): string {
    return this.options.name;
  }

  get url(): string {
    return this.options.url;
  }

  /**
   * Asks, and asks again while the server is away.
   *
   * @throws Refusal when it answers no; UserError when it stays away or must not be trusted
   */
  async request(request: ServiceRequest): Promise<ServiceAnswer> {
    const { clock, outageMs, tell } = this.options.patience;
    const waits = backoff(500, 10_000);
    let since: number | undefined;
    for (;;) {
      const outcome = await this.ask(request);
      if (!("away" in outcome)) {
        if (since !== undefined) tell(`${this.name} answers again`);
        return outcome;
      }
      if (since === undefined) {
        since = clock.now();
        tell(`${this.name} is away (${outcome.away}): asking again for ${seconds(outageMs)}`);
      }
      const wait = waits.next().value;
      if (clock.now() - since + wait > outageMs) throw this.away(outcome.away);
      await clock.sleep(wait, this.options.signal);
    }
  }

  private async ask({ method, path, headers, json, form }: ServiceRequest): Promise<ServiceAnswer | { away: string }> {
    const body = json !== undefined ? JSON.stringify(json) : form && new URLSearchParams({ ...form }).toString();
    const type = json !== undefined ? "application/json" : "application/x-www-form-urlencoded";
    const { send, url, signal } = this.options;
    const timeout = AbortSignal.timeout(REQUEST_TIMEOUT_MS);
    let answer: HttpAnswer;
    try {
      answer = await send({
        method,
        url: new URL(url + path),
        headers: {
          accept: "application/json",
          ...this.options.headers,
          ...headers,
          ...(body !== undefined && { "content-type": type }),
        },
        signal: AbortSignal.any([signal, timeout]),
        ...(body !== undefined && { body }),
      });
    } catch (error) {
      signal.throwIfAborted();
      const code = timeout.aborted ? "TIMEOUT" : codeOf(error);
      if (PASSING_CODES.has(code)) return { away: REASONS[code] ?? code };
      throw this.distrusted(code);
    }
    if (PASSING.has(answer.status)) return { away: `answers ${String(answer.status)}` };
    const parsed = parse(answer.text);
    if (answer.status < 300) return { ...answer, body: parsed };
    throw new Refusal(this.name, answer.status, wordsOf(answer, parsed), path.replace(/\?.*/s, ""));
  }

  private away(reason: string): UserError {
    const { outageMs } = this.options.patience;
    return this.error(
      `${this.name} stays away: ${reason}, for ${seconds(outageMs)}`,
      "run the same command again once it is back",
    );
  }

  /** What no waiting mends: the name, the certificate. */
  private distrusted(code: string): UserError {
    if (code === "ENOTFOUND") {
      return this.error(`the name of ${this.name} does not resolve`, "correct the URL, or see that a VPN is up");
    }
    const isTls = /CERT|SELF_SIGNED|ISSUER|ALTNAME|SIGNATURE/.test(code);
    return this.error(
      isTls ? `the certificate of ${this.name} is not trusted (${code})` : `${this.name} cannot be asked (${code})`,
      isTls
        ? "give the PEM of the authority that signed it by caFile or --ca-file; see that the host is one of its names"
        : "correct the URL",
    );
  }

  private error(message: string, fix: string): UserError {
    return new UserError([{ severity: "error", file: this.options.place, path: "", value: this.url, message, fix }]);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "the connection is refused",
  ECONNRESET: "the connection was cut off",
  EPIPE: "the connection was cut off",
  ETIMEDOUT: "it does not answer",
  TIMEOUT: "it does not answer",
  EHOSTUNREACH: "there is no way to it",
  ENETUNREACH: "there is no way to it",
  EAI_AGAIN: "the DNS does not answer",
};

function seconds(milliseconds: number): string {
  return `${String(Math.round(milliseconds / 1000))} s`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** GitLab says `message` or `error`, Argo CD both; a page of HTML is not for terminals. */
function wordsOf({ headers }: HttpAnswer, body: unknown): string {
  if (headers.location !== undefined) return `go to ${headers.location.replace(/\?.*/s, "")}`;
  if (typeof body === "string") return /^\s*</.test(body) ? "a page of HTML" : (body.trim().split("\n")[0] ?? "");
  const { message, error, error_description: description } = (body ?? {}) as Record<string, unknown>;
  const said = description ?? message ?? error ?? body;
  return typeof said === "string" ? said : JSON.stringify(said);
}
