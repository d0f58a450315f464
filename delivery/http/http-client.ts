import { Agent as HttpAgent, request as requestHttp, type IncomingHttpHeaders } from "node:http";
import { Agent as HttpsAgent, request as requestHttps } from "node:https";

export interface HttpRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Sends one request and follows no redirect. Rejects when there is no answer. */
export type SendHttp = (request: HttpRequest) => Promise<HttpAnswer>;

/**
 * HTTP by Node's own modules: `fetch` of Node 20 takes no authorities but those that the process was started with.
 *
 * @param ca PEM of the authorities that are trusted. @default those that Node trusts
 */
export function httpClient(ca: readonly string[] | undefined): SendHttp {
  // A connection that is kept may be closed by the server just when the next question is sent.
  const agents = {
    "http:": new HttpAgent({ keepAlive: false }),
    "https:": new HttpsAgent({ keepAlive: false, ...(ca !== undefined && { ca: [...ca] }) }),
  };
  return ({ method, url, headers, body, signal }) =>
    new Promise((resolve, reject) => {
      const send = url.protocol === "https:" ? requestHttps : requestHttp;
      const agent = agents[url.protocol === "https:" ? "https:" : "http:"];
      const call = send(url, { method, headers: { ...headers, ...lengthOf(body) }, agent, signal });
      call.on("error", reject);
      call.on("response", (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => {
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text: Buffer.concat(chunks).toString("utf8"),
          });
        });
      });
      call.end(body);
    });
}

function lengthOf(body: string | undefined): Record<string, string> {
  return body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
}
