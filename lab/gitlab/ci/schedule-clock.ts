import type { GitLabContext } from "../context";
import type { Creation, NewPipeline } from "./create";
import { nextTime, parseCron } from "./cron";
import type { Schedule } from "./records";

/** The next time of a schedule after now; null for one that is not active or never due. */
export function nextRun(
  { now }: Pick<GitLabContext, "now">,
  { active, cron, cron_timezone }: Pick<Schedule, "active" | "cron" | "cron_timezone">,
): string | null {
  const parsed = parseCron(cron);
  if (!active || parsed === undefined) return null;
  return nextTime(parsed, cron_timezone, now())?.toISOString() ?? null;
}

/** Starts the pipelines of the schedules that are due by the double's clock. */
export function runDueSchedules(context: GitLabContext, create: (pipeline: NewPipeline) => Promise<Creation>): void {
  const { store } = context;
  const now = context.now().toISOString();
  for (const schedule of store.schedules.where(({ next_run_at }) => next_run_at !== null && next_run_at <= now)) {
    // First, so that one that fails does not come again at once.
    store.schedules.update(schedule.id, { next_run_at: nextRun(context, schedule) });
    void runSchedule(context, schedule, create).catch((error: unknown) => {
      context.log(`schedule ${String(schedule.id)}: ${error instanceof Error ? error.message : String(error)}`);
    });
  }
}

/** Makes the pipeline of a schedule now, as its owner. */
export async function runSchedule(
  { store }: GitLabContext,
  schedule: Schedule,
  create: (pipeline: NewPipeline) => Promise<Creation>,
): Promise<Creation> {
  const { id, description, ref, variables, owner_id, project_id } = schedule;
  const creation = await create({
    project: store.projects.need(project_id),
    user: store.users.need(owner_id),
    ref,
    source: "schedule",
    variables,
    schedule: { id, description },
    keepsErrors: true,
  });
  if (creation.kind === "created" && store.schedules.get(id) !== undefined) {
    store.schedules.update(id, { last_pipeline_id: creation.pipeline.id });
  }
  return creation;
}
