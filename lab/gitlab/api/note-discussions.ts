import type { FastifyInstance, FastifyRequest } from "fastify";
import {
  authorizeMergeRequest,
  authorizeMergeRequestMember,
  type MergeRequestAccess,
} from "../auth/authorize-merge-request";
import { level } from "../auth/levels";
import { discussionBody, noteBody } from "../bodies/note";
import { timestamp, type GitLabContext } from "../context";
import { forbidden, notFound } from "../http/errors";
import { paginate } from "../http/paginate";
import { flag, required, text, validate } from "../http/validate";
import type { Note } from "../store/merge-requests";
import { addNote, visibleNotes } from "./notes";

/** `/projects/:id/merge_requests/:iid/discussions`: notes by the thread that they belong to. */
export function noteDiscussionRoutes(app: FastifyInstance, context: GitLabContext): void {
  const { store } = context;
  const path = "/api/v4/projects/:id/merge_requests/:iid/discussions";

  app.get(path, (request, reply) => {
    const notes = visibleNotes(context, authorizeMergeRequest(context, request));
    const ids = [...new Set(notes.map(({ discussion_id }) => discussion_id))];
    const threads = ids.map((id) => notes.filter(({ discussion_id }) => discussion_id === id));
    return paginate(request, reply, context.url, threads).map((thread) => discussionBody(context, thread));
  });

  app.get(`${path}/:discussion`, (request) => {
    return discussionBody(context, threadOf(authorizeMergeRequest(context, request), request));
  });

  app.post(path, (request, reply) => {
    const access = authorizeMergeRequestMember(context, request, 0);
    const { body } = validate(request, { body: required(text) });
    return reply.code(201).send(discussionBody(context, [addNote(context, access, { body, discussion: "new" })]));
  });

  app.post(`${path}/:discussion/notes`, (request, reply) => {
    const access = authorizeMergeRequestMember(context, request, 0);
    const [first] = threadOf(access, request);
    const { body } = validate(request, { body: required(text) });
    const note = addNote(context, access, { body, discussion: first?.discussion_id ?? "new" });
    return reply.code(201).send(noteBody(context, note));
  });

  app.put(`${path}/:discussion`, (request) => {
    const access = authorizeMergeRequestMember(context, request, 0);
    const { caller, role, request: found } = access;
    if (role < level.developer && caller.user.id !== found.author_id) throw forbidden();
    const { resolved } = validate(request, { resolved: required(flag) });
    const changes = { resolved_by_id: resolved ? caller.user.id : null, updated_at: timestamp(context) };
    const thread = threadOf(access, request).map(({ id }) => store.notes.update(id, changes));
    return discussionBody(context, thread);
  });

  function threadOf(access: MergeRequestAccess, request: FastifyRequest): Note[] {
    const id = (request.params as { discussion: string }).discussion;
    const thread = visibleNotes(context, access).filter(({ discussion_id }) => discussion_id === id);
    if (thread.length === 0) throw notFound("Discussion");
    return thread;
  }
}
