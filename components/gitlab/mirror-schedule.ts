import { PipelineSchedule, PipelineScheduleVariable } from "@pulumi/gitlab";
import type * as pulumi from "@pulumi/pulumi";
import { formerFirst } from "./replacement";

export interface MirrorScheduleArgs {
  /** The id of the repository `mirror`. */
  readonly project: pulumi.Input<string>;
  /** The name of the repository that is synchronised. */
  readonly repository: string;
  /** `refs/heads/main`: GitLab wants it in full. */
  readonly ref: string;
  readonly cron: string;
  readonly timeZone: string;
}

/** Synchronises all branches and tags of one repository now and then. */
export function declareSchedule(name: string, args: MirrorScheduleArgs, opts: pulumi.CustomResourceOptions): void {
  const { project, repository, ref, cron, timeZone } = args;
  const schedule = new PipelineSchedule(
    name,
    { project, description: `Synchronise ${repository}`, ref, cron, cronTimezone: timeZone, active: true },
    opts,
  );
  for (const [key, value] of Object.entries({ PROJECT_NAME: repository, SYNC_ALL: "true" })) {
    new PipelineScheduleVariable(
      `${name}-variable-${key}`,
      { project, pipelineScheduleId: schedule.pipelineScheduleId, key, value },
      { ...opts, ...formerFirst, deletedWith: schedule },
    );
  }
}
