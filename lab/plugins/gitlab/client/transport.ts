import { Agent as HttpAgent, type IncomingMessage, request as httpRequest } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { setTimeout as wait } from "node:timers/promises";
import { GitLabError } from "./error";

/** How the connection is made sure of. Certificates and keys are PEM. */
export interface TlsSettings {
  /** Authorities that are trusted instead of the system's. */
  readonly ca?: string;
  /** Whether any certificate will do. @default false */
  readonly insecure?: boolean;
  readonly certificate?: string;
  readonly key?: string;
}

export interface Sending {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal?: AbortSignal;
}

export interface Answer {
  readonly status: number;
  readonly headers: Record<string, string>;
  /** Of the content type that the headers say. */
  readonly text: string;
}

/**
 * HTTP to one GitLab over kept-alive connections. Node's own `fetch` takes no certificate authority, hence this.
 * A 429 and any 5xx is tried again, as the official provider's client does: after 0.1 s, then twice as long each time,
 * or when GitLab says.
 */
export class Transport {
  readonly #http = new HttpAgent({ keepAlive: true, maxSockets: 16 });
  readonly #https: HttpsAgent;

  constructor(
    tls: TlsSettings,
    readonly retries: number,
  ) {
    this.#https = new HttpsAgent({
      keepAlive: true,
      maxSockets: 16,
      rejectUnauthorized: tls.insecure !== true,
      ...(tls.ca === undefined ? {} : { ca: tls.ca }),
      ...(tls.certificate === undefined ? {} : { cert: tls.certificate }),
      ...(tls.key === undefined ? {} : { key: tls.key }),
    });
  }

  /** The answer, when it is a good one. Throws a GitLabError when GitLab refuses, and says where nobody answers. */
  async send(sending: Sending): Promise<Answer> {
    for (let attempt = 0; ; attempt++) {
      const answer = await this.#once(sending);
      if (answer.status < 300) return answer;
      const passing = answer.status === 429 || answer.status >= 500;
      if (!passing || attempt === this.retries) {
        throw new GitLabError(sending.method, addressOf(sending.url), answer.status, answer.text);
      }
      await wait(delay(answer, attempt), undefined, { ...(sending.signal && { signal: sending.signal }) });
    }
  }

  async #once({ method, url, headers, body, signal }: Sending): Promise<Answer> {
    const start = url.protocol === "http:" ? httpRequest : httpsRequest;
    const options = {
      method,
      agent: url.protocol === "http:" ? this.#http : this.#https,
      headers: { ...headers, ...(body === undefined ? {} : { "content-length": Buffer.byteLength(body) }) },
      ...(signal === undefined ? {} : { signal }),
    };
    try {
      const incoming = await new Promise<IncomingMessage>((resolve, reject) => {
        start(url, options, resolve).on("error", reject).end(body);
      });
      return { status: incoming.statusCode ?? 0, headers: flat(incoming), text: await textOf(incoming) };
    } catch (error) {
      if (error instanceof Error && error.name === "AbortError") throw error;
      throw new Error(`${method} ${addressOf(url)}: ${reasonOf(error)}`, { cause: error });
    }
  }
}

/** Milliseconds. */
function delay({ headers }: Answer, attempt: number): number {
  const seconds = Number(headers["retry-after"]);
  return seconds > 0 ? Math.min(seconds, 60) * 1000 : 100 * 2 ** attempt;
}

/** Without the query, and readable: `/projects/acme%2Fshop` is `/projects/acme/shop`. */
function addressOf(url: URL): string {
  return `${url.origin}${decodeURIComponent(url.pathname)}`;
}

/** Node gives an error without a message when it has tried several addresses. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === "") return error.errors.map(reasonOf).join("; ");
  return error instanceof Error ? error.message : String(error);
}

function flat({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : (value ?? "")]),
  );
}

async function textOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
