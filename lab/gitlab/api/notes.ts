import { randomBytes } from "node:crypto";
import type { FastifyInstance, FastifyRequest } from "fastify";
import {
  authorizeMergeRequest,
  authorizeMergeRequestMember,
  type MergeRequestAccess,
} from "../auth/authorize-merge-request";
import type { Caller } from "../auth/caller";
import { level } from "../auth/levels";
import { noteBody } from "../bodies/note";
import { timestamp, type GitLabContext } from "../context";
import { forbidden, invalid, notFound } from "../http/errors";
import { paginate } from "../http/paginate";
import { flag, oneOf, required, text, validate } from "../http/validate";
import type { MergeRequest, Note } from "../store/merge-requests";

/** GitLab takes this many characters. */
const longest = 1_000_000;

/** `/projects/:id/merge_requests/:iid/notes` */
export function noteRoutes(app: FastifyInstance, context: GitLabContext): void {
  const { store } = context;
  const path = "/api/v4/projects/:id/merge_requests/:iid/notes";

  app.get(path, (request, reply) => {
    const access = authorizeMergeRequest(context, request);
    const asked = validate(request, {
      order_by: oneOf("created_at", "updated_at"),
      sort: oneOf("asc", "desc"),
      activity_filter: oneOf("all_notes", "only_comments", "only_activity"),
    });
    const { order_by: field = "created_at", sort = "desc", activity_filter: filter = "all_notes" } = asked;
    const notes = visibleNotes(context, access)
      .filter(({ system }) => filter === "all_notes" || system === (filter === "only_activity"))
      .sort((a, b) => (a[field] < b[field] ? -1 : a[field] > b[field] ? 1 : a.id - b.id));
    if (sort === "desc") notes.reverse();
    return paginate(request, reply, context.url, notes).map((note) => noteBody(context, note));
  });

  app.get(`${path}/:note`, (request) => noteBody(context, noteOf(context, request)));

  app.post(path, (request, reply) => {
    const access = authorizeMergeRequestMember(context, request, 0);
    const asked = validate(request, { body: required(text), internal: flag, confidential: flag });
    const internal = asked.internal ?? asked.confidential ?? false;
    const note = addNote(context, access, { body: asked.body, internal });
    return reply.code(201).send(noteBody(context, note));
  });

  app.put(`${path}/:note`, (request) => {
    const { caller } = authorizeMergeRequestMember(context, request, 0);
    const note = noteOf(context, request);
    if (note.author_id !== caller.user.id || note.system) throw forbidden();
    const { body } = validate(request, { body: required(text) });
    refuseBadText(body);
    return noteBody(context, store.notes.update(note.id, { body, updated_at: timestamp(context) }));
  });

  app.delete(`${path}/:note`, (request, reply) => {
    const { caller, role } = authorizeMergeRequestMember(context, request, 0);
    const note = noteOf(context, request);
    // Others' notes are for maintainers to remove, not to rewrite.
    if (note.author_id !== caller.user.id && role < level.maintainer) throw forbidden();
    store.notes.remove(note.id);
    return reply.code(204).send();
  });
}

/** The notes below a merge request that somebody may read, in the order in which they were written. */
export function visibleNotes({ store }: GitLabContext, { request, role, caller }: MergeRequestAccess): Note[] {
  return store.notes
    .where(({ merge_request_id }) => merge_request_id === request.id)
    .filter(({ internal, author_id }) => !internal || role >= level.reporter || author_id === caller?.user.id);
}

/** The note of a route's `:note`. */
function noteOf(context: GitLabContext, request: FastifyRequest): Note {
  const id = Number((request.params as { note: string }).note);
  const note = visibleNotes(context, authorizeMergeRequest(context, request)).find((one) => one.id === id);
  if (note === undefined) throw notFound();
  return note;
}

/** Writes a note, alone or within a discussion. */
export function addNote(
  context: GitLabContext,
  { caller, request }: { readonly caller: Caller; readonly request: MergeRequest },
  { body, internal = false, discussion }: { body: string; internal?: boolean; discussion?: string | "new" },
): Note {
  refuseBadText(body);
  const now = timestamp(context);
  const note = context.store.notes.insert({
    merge_request_id: request.id,
    project_id: request.project_id,
    author_id: caller.user.id,
    body,
    system: false,
    internal,
    discussion_id: discussion === undefined || discussion === "new" ? randomBytes(20).toString("hex") : discussion,
    individual: discussion === undefined,
    resolved_by_id: null,
    created_at: now,
    updated_at: now,
  });
  context.store.mergeRequests.update(request.id, { updated_at: now });
  context.events.emit("note", { note_id: note.id });
  return note;
}

function refuseBadText(body: string): void {
  if (body.trim() === "") throw invalid('400 Bad request - Note {:note=>["can\'t be blank"]}');
  if (body.length > longest) {
    throw invalid('400 Bad request - Note {:note=>["is too long (maximum is 1000000 characters)"]}');
  }
}
