import type { GitLabContext } from "../context";
import type { Creation, NewPipeline } from "./create";
import { nextTime, parseCron } from "./cron";
import type { Schedule } from "./records";

/** How often the double looks whether a schedule is due; GitLab does so every few minutes. */
const lookMs = 1_000;

/** The next time of a schedule after now; null for one that is not active or never due. */
export function nextRun(
  { now }: Pick<GitLabContext, "now">,
  { active, cron, cron_timezone }: Pick<Schedule, "active" | "cron" | "cron_timezone">,
): string | null {
  const parsed = parseCron(cron);
  if (!active || parsed === undefined) return null;
  return nextTime(parsed, cron_timezone, now())?.toISOString() ?? null;
}

/** Starts the pipelines of schedules when they are due by the double's clock. */
export class ScheduleClock {
  private readonly timer: NodeJS.Timeout;

  constructor(
    private readonly context: GitLabContext,
    private readonly create: (pipeline: NewPipeline) => Promise<Creation>,
  ) {
    this.timer = setInterval(() => {
      this.look();
    }, lookMs).unref();
  }

  close(): void {
    clearInterval(this.timer);
  }

  private look(): void {
    const { store } = this.context;
    const now = this.context.now().toISOString();
    for (const schedule of store.schedules.where(({ next_run_at }) => next_run_at !== null && next_run_at <= now)) {
      // First, so that one that fails does not come again at once.
      store.schedules.update(schedule.id, { next_run_at: nextRun(this.context, schedule) });
      void runSchedule(this.context, schedule, this.create).catch((error: unknown) => {
        this.context.log(`schedule ${String(schedule.id)}: ${error instanceof Error ? error.message : String(error)}`);
      });
    }
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
