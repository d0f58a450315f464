/** What the API server answered. */
export interface Answer {
  readonly status: number;
  /** Parsed JSON; text where it is none. */
  readonly body: unknown;
  /** The server's clock, from the header `Date`. */
  readonly date?: string;
}

/** The little of the Kubernetes API that the checks read. A request that cannot be made at all rejects. */
export interface ClusterApi {
  get(path: string): Promise<Answer>;
  post(path: string, body: object): Promise<Answer>;
}

/** The metadata that checks judge by. */
export interface Metadata {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly managedFields?: readonly { readonly manager?: string }[];
}

export interface ApiObject {
  readonly metadata: Metadata;
}

/** An object as it was found; `hidden` when we may not look. */
export type Looked<T> = T | "absent" | "hidden";

/**
 * Reads one object.
 *
 * @throws Error when the server answers neither with it nor with 403 or 404
 */
export async function look<T>(api: ClusterApi, path: string): Promise<Looked<T>> {
  const { status, body } = await api.get(path);
  if (status === 200) return body as T;
  if (status === 404) return "absent";
  if (status === 401 || status === 403) return "hidden";
  throw new Error(`GET ${path}: the API server answers ${String(status)}: ${messageOf(body)}`);
}

/** Whether there is something to be read. */
export function isThere<T extends object>(looked: Looked<T>): looked is T {
  return typeof looked === "object";
}

/** The names under which an object's fields are owned. */
export function managersOf({ managedFields = [] }: Metadata): readonly string[] {
  return [...new Set(managedFields.flatMap(({ manager }) => manager ?? []))];
}

/** What an answer says of itself, on one line: plugins of kubectl add whole paragraphs. */
export function messageOf(body: unknown): string {
  const message = typeof body === "object" && body !== null && "message" in body ? body.message : body;
  const [line = ""] = (typeof message === "string" ? message : JSON.stringify(message)).trim().split("\n");
  return line;
}
