import type { FastifyReply, FastifyRequest } from "fastify";
import { integer, oneOf, validate } from "./validate";
import { badParameters } from "./errors";

const most = 100;

/**
 * One page of a list, with GitLab's headers: `page` and `per_page` (20, at most 100), or by keyset, with a `Link` alone,
 * where the request asks for `pagination=keyset`.
 * @param url the double's own address, for the links
 */
export function paginate<T>(request: FastifyRequest, reply: FastifyReply, url: string, items: readonly T[]): T[] {
  const asked = validate(request, {
    page: integer,
    per_page: integer,
    pagination: oneOf("keyset", "legacy", "none"),
    cursor: integer,
    id_after: integer,
  });
  const perPage = Math.min(asked.per_page ?? 20, most);
  if (perPage < 1) throw badParameters("per_page has a value not allowed");
  const linkTo = (values: Readonly<Record<string, string>>, rel: string): string => {
    const target = new URL(request.url, url);
    for (const [name, value] of Object.entries(values)) target.searchParams.set(name, value);
    return `<${target.toString()}>; rel="${rel}"`;
  };
  if (asked.pagination === "keyset") {
    // The cursor is opaque to clients: here the number of records before the page.
    const start = asked.cursor ?? 0;
    const page = items.slice(start, start + perPage);
    const next = start + perPage;
    if (next < items.length) {
      void reply.header("link", linkTo({ cursor: String(next), per_page: String(perPage) }, "next"));
    }
    return page;
  }
  const page = Math.max(asked.page ?? 1, 1);
  const pages = Math.max(Math.ceil(items.length / perPage), 1);
  const links = [
    ...(page > 1 ? [["prev", page - 1] as const] : []),
    ...(page < pages ? [["next", page + 1] as const] : []),
    ["first", 1] as const,
    ["last", pages] as const,
  ];
  void reply.headers({
    link: links.map(([rel, number]) => linkTo({ page: String(number), per_page: String(perPage) }, rel)).join(", "),
    "x-next-page": page < pages ? String(page + 1) : "",
    "x-page": String(page),
    "x-per-page": String(perPage),
    "x-prev-page": page > 1 ? String(page - 1) : "",
    "x-total": String(items.length),
    "x-total-pages": String(pages),
  });
  return items.slice((page - 1) * perPage, page * perPage);
}
