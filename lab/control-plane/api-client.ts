import { Agent, request } from "node:https";
import type { ClientTls } from "../process";

/** What the API server answered. */
export interface ApiAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** The little of the Kubernetes API that setting up a lab takes. */
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

  /** Closes the connections that are kept for the next request. */
  close(): void {
    this.agent.destroy();
  }

  private send(method: string, path: string, body: unknown, signal?: AbortSignal): Promise<ApiAnswer> {
    return new Promise((resolve, reject) => {
      const call = request(`${this.server}${path}`, {
        method,
        agent: this.agent,
        headers: { accept: "application/json", ...(body === undefined ? {} : { "content-type": "application/json" }) },
        ...(signal === undefined ? {} : { signal }),
      });
      call.on("error", reject);
      call.on("response", (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => {
          const text = Buffer.concat(chunks).toString("utf8");
          resolve({ status: response.statusCode ?? 0, body: parse(text) });
        });
      });
      call.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }
}

/** Before it is ready the API server also answers in plain text. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
