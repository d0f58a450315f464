import type { FastifyInstance } from "fastify";
import type { GitLabContext } from "../context";
import { type HookMessage, hooksFor, tellHook } from "../rules/hook-delivery";
import { mergeRequestMessage, noteMessage } from "../rules/merge-request-message";
import type { HookEvent } from "../store/hooks";

/** Has hooks told of merge requests and of what is written below them. */
export function mergeRequestHooks(app: FastifyInstance, context: GitLabContext): void {
  const { store, events } = context;
  const underway = new Set<Promise<unknown>>();
  const tell = (projectId: number, make: () => Promise<HookMessage>): void => {
    const told: Promise<unknown> = make()
      .then((message) => {
        const project = store.projects.get(projectId);
        const hooks = project === undefined ? [] : hooksFor(context, project, message);
        return Promise.all(hooks.map((hook) => tellHook(context, hook, message)));
      })
      .catch((error: unknown) => {
        context.log(`hooks of project ${String(projectId)}: ${error instanceof Error ? error.message : String(error)}`);
      })
      .finally(() => underway.delete(told));
    underway.add(told);
  };
  /** Making a message takes git some time, which only hooks are worth. */
  const isWanted = (event: HookEvent): boolean =>
    store.hooks.find(({ events: wanted }) => wanted[event] === true) !== undefined;

  events.on("merge request", ({ merge_request_id, action, user_id }) => {
    const request = store.mergeRequests.get(merge_request_id);
    if (request === undefined || !isWanted("merge_requests_events")) return;
    tell(request.project_id, () => mergeRequestMessage(context, request, action, user_id));
  });

  events.on("note", ({ note_id }) => {
    const note = store.notes.get(note_id);
    if (note === undefined || !isWanted(note.internal ? "confidential_note_events" : "note_events")) return;
    tell(note.project_id, () => noteMessage(context, note));
  });

  // What is told after the end would be written into a folder that may be gone.
  app.addHook("onClose", async () => {
    await Promise.allSettled(underway);
  });
}
