import type { Gitlab } from "@gitbeaker/rest";
import { stringify } from "qs";
import type { Service } from "../http/service";

/** What gitbeaker asks its requests through. */
export type RequesterFn = NonNullable<ConstructorParameters<typeof Gitlab>[0]["requesterFn"]>;
type Requester = ReturnType<RequesterFn>;

interface GitbeakerOptions {
  readonly searchParams?: Record<string, unknown>;
  readonly body?: unknown;
}

/**
 * gitbeaker's requests by way of a `Service`, for two things that its own way by `fetch` does not have: an authority
 * of the user's, and patience with a server that is away.
 */
export function requesterOf(service: Service): RequesterFn {
  const by =
    (folder: string, method: string) =>
    async (endpoint: string, options: GitbeakerOptions = {}) => {
      const query = stringify(underscored(options.searchParams ?? {}), { arrayFormat: "brackets" });
      const { status, headers, body } = await service.request({
        method,
        path: `${folder}/${endpoint}${query === "" ? "" : `?${query}`}`,
        ...(options.body !== undefined && { json: underscored(options.body as Record<string, unknown>) }),
      });
      return { status, headers, body };
    };
  return (resource) => {
    // Some resources have their folder in their URL (notes: `/api/v4/projects`), others in each endpoint.
    const folder = resourceUrl(resource).slice(service.url.length).replace(/\/$/, "");
    const [get, post, put, patch, remove] = ["GET", "POST", "PUT", "PATCH", "DELETE"].map((method) =>
      by(folder, method),
    );
    return { get, post, put, patch, delete: remove } as unknown as Requester;
  };
}

function resourceUrl(resource: unknown): string {
  return (resource as { url: string }).url;
}

/** GitLab writes `per_page` what gitbeaker's types call `perPage`. */
function underscored(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [
      key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      value,
    ]),
  );
}
