import type { GitLabContext } from "../context";
import { type HookMessage, hooksFor, tellHook } from "../rules/hook-delivery";
import { jobMessage, pipelineMessage } from "./hook-messages";

/** Has hooks told of pipelines and jobs whenever one is made or changes its state. */
export function tellHooksOfPipelines(context: GitLabContext): void {
  const { store, events } = context;
  const tell = (projectId: number, message: Promise<HookMessage>): void => {
    void message
      .then((told) => {
        const project = store.projects.get(projectId);
        const hooks = project === undefined ? [] : hooksFor(context, project, told);
        return Promise.all(hooks.map((hook) => tellHook(context, hook, told)));
      })
      .catch((error: unknown) => {
        context.log(`hooks of project ${String(projectId)}: ${error instanceof Error ? error.message : String(error)}`);
      });
  };
  /** Reading the commit of a message takes time, which only hooks are worth. */
  const areThere = (event: "pipeline_events" | "job_events"): boolean => {
    return store.hooks.find(({ events: wanted }) => wanted[event] === true) !== undefined;
  };
  events.on("pipeline", ({ pipeline_id }) => {
    const pipeline = store.pipelines.get(pipeline_id);
    if (pipeline !== undefined && areThere("pipeline_events"))
      tell(pipeline.project_id, pipelineMessage(context, pipeline));
  });
  events.on("job", ({ job_id }) => {
    const job = store.jobs.get(job_id);
    if (job !== undefined && areThere("job_events")) tell(job.project_id, jobMessage(context, job));
  });
}
