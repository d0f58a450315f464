import { request } from "node:https";

export interface ApiAnswer {
  readonly status: number;
  /** Parsed where it is JSON. */
  readonly body: unknown;
}

/** Asks Argo CD's API as its pages do. */
export interface ArgoCdApi {
  (method: "GET" | "POST" | "PUT" | "DELETE", path: string, body?: object): Promise<ApiAnswer>;
}

/**
 * @param server where argocd-server listens; its certificate is its own
 * @param token of whom to ask for; nobody when absent
 */
export function argoCdApi(server: string, token?: string): ArgoCdApi {
  return (method, path, body) =>
    new Promise((resolve, reject) => {
      const text = body === undefined ? undefined : JSON.stringify(body);
      const headers = {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        // Asked for at whatever changes something, so that no foreign page can have a browser ask for it.
        ...(method !== "GET" && { "content-type": "application/json" }),
        ...(text !== undefined && { "content-length": Buffer.byteLength(text) }),
      };
      const options = { method, headers, agent: false, rejectUnauthorized: false };
      const asking = request(`https://${server}/api/v1${path}`, options, (response) => {
        let answer = "";
        response.setEncoding("utf8").on("data", (part: string) => (answer += part));
        response.on("error", reject);
        response.on("end", () => {
          resolve({ status: response.statusCode ?? 0, body: parse(answer) });
        });
      });
      asking.on("error", reject);
      asking.end(text);
    });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
