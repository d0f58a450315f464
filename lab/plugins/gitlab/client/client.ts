import { Gitlab } from "@gitbeaker/rest";
import { stringify } from "qs";
import type { Settings } from "../settings";
import { snakeCase, withSnakeKeys } from "./keys";
import { type Answer, Transport } from "./transport";

/** The client of GitLab's API: answers come with keys in camel case, as the Pulumi package has them. */
export type GitLabClient = Gitlab<true>;

type Requester = NonNullable<NonNullable<ConstructorParameters<typeof Gitlab<true>>[0]>["requesterFn"]>;
type Methods = ReturnType<Requester>;
type Options = Parameters<Methods["get"]>[1];

/** Gitbeaker over our own transport: its own has no place for a certificate authority or a client certificate. */
export function createClient(settings: Settings): GitLabClient {
  const transport = new Transport(settings.tls, settings.retries);
  const requesterFn: Requester = ({ url }) => {
    const send = (method: string) => async (endpoint: string, options?: Options) => {
      const { body, searchParams, signal } = options ?? {};
      const target = new URL(endpoint, url.endsWith("/") ? url : `${url}/`);
      target.search = queryOf(searchParams ?? {});
      const answer = await transport.send({
        method,
        url: target,
        headers: {
          accept: "application/json",
          ...settings.headers,
          ...settings.authorization,
          ...(body === undefined ? {} : { "content-type": "application/json" }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(withSnakeKeys(body)) }),
        ...(signal === undefined ? {} : { signal }),
      });
      return { status: answer.status, headers: answer.headers, body: bodyOf(answer) };
    };
    const methods = { get: "GET", post: "POST", put: "PUT", patch: "PATCH", delete: "DELETE" };
    return Object.fromEntries(
      Object.entries(methods).map(([name, method]) => [name, send(method)]),
    ) as unknown as Methods;
  };
  return new Gitlab<true>({ host: settings.host, camelize: true, requesterFn, token: "", rateLimits: {} });
}

function queryOf(params: Record<string, unknown>): string {
  const snake = Object.fromEntries(Object.entries(params).map(([key, value]) => [snakeCase(key), value]));
  return stringify(withSnakeKeys(snake), { arrayFormat: "brackets" });
}

function bodyOf({ text, headers }: Answer): unknown {
  if (text === "") return null;
  return headers["content-type"]?.startsWith("application/json") === true ? (JSON.parse(text) as unknown) : text;
}
