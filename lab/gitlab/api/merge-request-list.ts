import type { FastifyReply, FastifyRequest } from "fastify";
import type { GitLabContext } from "../context";
import { mergeRequestBody } from "../bodies/merge-request";
import { isDraft } from "../git/merge-status";
import { paginate } from "../http/paginate";
import { flag, integer, list, oneOf, text, validate } from "../http/validate";
import type { MergeRequest } from "../store/merge-requests";

/** A page of merge requests, filtered and sorted as the request asks; by default all, the newest first. */
export async function listMergeRequests(
  context: GitLabContext,
  request: FastifyRequest,
  reply: FastifyReply,
  all: readonly MergeRequest[],
): Promise<object[]> {
  const asked = validate(request, {
    state: oneOf("opened", "closed", "locked", "merged", "all"),
    iids: list(integer),
    source_branch: text,
    target_branch: text,
    author_id: integer,
    author_username: text,
    labels: list(text),
    search: text,
    wip: oneOf("yes", "no"),
    created_after: text,
    created_before: text,
    updated_after: text,
    updated_before: text,
    sha: text,
    view: text,
    with_labels_details: flag,
    order_by: oneOf("created_at", "updated_at", "title", "merged_at"),
    sort: oneOf("asc", "desc"),
  });
  const search = asked.search?.toLowerCase();
  const author = context.store.users.find(({ username }) => username === asked.author_username);
  const before = (one: string, other: string | undefined): boolean =>
    other === undefined || Date.parse(one) <= Date.parse(other);
  const after = (one: string, other: string | undefined): boolean =>
    other === undefined || Date.parse(one) >= Date.parse(other);
  const found = all.filter(
    (one) =>
      (asked.state === undefined || asked.state === "all" || one.state === asked.state) &&
      (asked.iids === undefined || asked.iids.includes(one.iid)) &&
      (asked.source_branch === undefined || one.source_branch === asked.source_branch) &&
      (asked.target_branch === undefined || one.target_branch === asked.target_branch) &&
      (asked.author_id === undefined || one.author_id === asked.author_id) &&
      (asked.author_username === undefined || one.author_id === author?.id) &&
      (asked.labels === undefined || asked.labels.every((label) => one.labels.includes(label))) &&
      (asked.wip === undefined || isDraft(one) === (asked.wip === "yes")) &&
      (search === undefined || `${one.title}\n${one.description ?? ""}`.toLowerCase().includes(search)) &&
      after(one.created_at, asked.created_after) &&
      before(one.created_at, asked.created_before) &&
      after(one.updated_at, asked.updated_after) &&
      before(one.updated_at, asked.updated_before),
  );
  const { order_by: field = "created_at", sort = "desc" } = asked;
  const key = (one: MergeRequest): string => one[field] ?? "";
  // What was made in the same millisecond keeps the order of its ids.
  found.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : a.id - b.id));
  if (sort === "desc") found.reverse();
  const page = paginate(request, reply, context.url, found);
  return Promise.all(page.map((one) => mergeRequestBody(context, one)));
}
