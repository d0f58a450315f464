import type { IncomingMessage } from "node:http";
import { Agent, request } from "node:https";
import { createInterface } from "node:readline";
import type { ClientTls } from "../process";

/** What the API server answered. */
export interface ApiAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** The little of the Kubernetes API that a lab itself needs. */
export class ApiClient {
  private readonly agent: Agent;

  constructor(
    private readonly server: string,
    tls: ClientTls,
  ) {
    this.agent = new Agent({ keepAlive: true, ...tls });
  }

  get(path: string, signal?: AbortSignal): Promise<ApiAnswer> {
    return this.send("GET", path, undefined, signal);
  }

  post(path: string, body: unknown, signal?: AbortSignal): Promise<ApiAnswer> {
    return this.send("POST", path, body, signal);
  }

  /** A merge patch: https://www.rfc-editor.org/rfc/rfc7386 */
  patch(path: string, body: unknown, signal?: AbortSignal): Promise<ApiAnswer> {
    return this.send("PATCH", path, body, signal);
  }

  /** The lines of an answer as they come: the events of a watch. Ends when the server ends it. */
  async *lines(path: string, signal?: AbortSignal): AsyncGenerator<unknown> {
    const response = await this.open("GET", path, undefined, signal);
    if (response.statusCode !== 200) {
      const { status, body } = await read(response);
      throw new Error(`GET ${path} answers ${String(status)}: ${JSON.stringify(body)}`);
    }
    // Without this listener an answer that is cut off would end the process.
    const broken = new Promise<never>((_, reject) => response.once("error", reject));
    broken.catch(() => undefined);
    const lines = createInterface({ input: response })[Symbol.asyncIterator]();
    for (;;) {
      const line = await Promise.race([lines.next(), broken]);
      if (line.done === true) return;
      yield parse(line.value);
    }
  }

  /** Closes the connections that are kept for the next request. */
  close(): void {
    this.agent.destroy();
  }

  private async send(method: string, path: string, body: unknown, signal?: AbortSignal): Promise<ApiAnswer> {
    return read(await this.open(method, path, body, signal));
  }

  private open(method: string, path: string, body: unknown, signal?: AbortSignal): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const call = request(`${this.server}${path}`, {
        method,
        agent: this.agent,
        headers: { accept: "application/json", ...(body === undefined ? {} : { "content-type": contentType(method) }) },
        ...(signal === undefined ? {} : { signal }),
      });
      call.on("error", reject);
      call.on("response", resolve);
      call.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }
}

function contentType(method: string): string {
  return method === "PATCH" ? "application/merge-patch+json" : "application/json";
}

function read(response: IncomingMessage): Promise<ApiAnswer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    response.on("data", (chunk: Buffer) => chunks.push(chunk));
    response.on("error", reject);
    response.on("end", () => {
      const text = Buffer.concat(chunks).toString("utf8");
      resolve({ status: response.statusCode ?? 0, body: parse(text) });
    });
  });
}

/** Before it is ready the API server also answers in plain text. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
