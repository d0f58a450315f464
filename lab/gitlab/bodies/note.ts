import type { GitLabContext } from "../context";
import type { Note } from "../store/merge-requests";
import { basicUserBody } from "./user";

export function noteBody(context: GitLabContext, note: Note): Record<string, unknown> {
  const { store } = context;
  const request = store.mergeRequests.need(note.merge_request_id);
  const resolver = note.resolved_by_id === null ? undefined : store.users.get(note.resolved_by_id);
  const resolvable = !note.individual && !note.system;
  return {
    id: note.id,
    type: note.individual ? null : "DiscussionNote",
    body: note.body,
    author: basicUserBody(context, store.users.need(note.author_id)),
    created_at: note.created_at,
    updated_at: note.updated_at,
    system: note.system,
    noteable_id: request.id,
    noteable_type: "MergeRequest",
    project_id: note.project_id,
    resolvable,
    ...(resolvable && {
      resolved: resolver !== undefined,
      resolved_by: resolver === undefined ? null : basicUserBody(context, resolver),
      resolved_at: resolver === undefined ? null : note.updated_at,
    }),
    confidential: note.internal,
    internal: note.internal,
    imported: false,
    imported_from: "none",
    noteable_iid: request.iid,
    commands_changes: {},
  };
}

/** Notes that belong together. */
export function discussionBody(context: GitLabContext, notes: readonly Note[]): Record<string, unknown> {
  const [first] = notes;
  return {
    id: first?.discussion_id,
    individual_note: first?.individual ?? true,
    notes: notes.map((note) => noteBody(context, note)),
  };
}
