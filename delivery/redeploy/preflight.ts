import type { Application } from "../argocd/application";
import { judgeArrival } from "../argocd/arrival";
import { UserError, type Problem } from "../../model/problem";
import type { Judged } from "../bump/judge";
import { noting, type Delivery } from "./context";
import { Lineage } from "./deploy";
import { isUnchanged } from "./infra";
import { InfraClone, type InfraOptions } from "./infra-clone";

/** What is known before anything is started. */
export interface Preflight {
  readonly clone: InfraClone;
  readonly judged: readonly Judged[];
  /** Whether the version is set, mirrored and running already, so that nothing would be redeployed. */
  readonly isDelivered: boolean;
}

/**
 * Looks at all that a delivery will need, so that what would stop it stops it here: tokens, names, the image's place.
 * It changes nothing.
 *
 * @throws UserError with all that is wrong
 */
export async function preflight(delivery: Delivery, infra: InfraOptions): Promise<Preflight> {
  const outcomes = await Promise.allSettled([
    lookAtInfra(delivery, infra),
    lookAtGitLab(delivery),
    lookAtArgoCd(delivery),
  ]);
  const [clone, , application] = outcomes;
  const failed = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason as unknown] : []));
  if (clone.status === "rejected" || application.status === "rejected" || failed.length > 0) {
    if (clone.status === "fulfilled") clone.value.clone.close();
    throw merged(failed);
  }
  const { clone: open, judged } = clone.value;
  try {
    return { clone: open, judged, isDelivered: await isDelivered(delivery, open, judged, application.value) };
  } catch (error) {
    open.close();
    throw error;
  }
}

/** All problems of all lookers; a bug of ours, or the end by a signal, before them. */
function merged(failed: readonly unknown[]): unknown {
  const other = failed.find((error) => !(error instanceof UserError));
  if (other !== undefined) return other;
  const problems = failed.flatMap((error) => (error as UserError).problems);
  const distinct = new Map<string, Problem>(problems.map((problem) => [JSON.stringify(problem), problem]));
  return new UserError([...distinct.values()]);
}

async function lookAtInfra(
  { request }: Delivery,
  options: InfraOptions,
): Promise<{ clone: InfraClone; judged: readonly Judged[] }> {
  const clone = await InfraClone.open(options);
  try {
    return { clone, judged: clone.judge(request) };
  } catch (error) {
    clone.close();
    throw error;
  }
}

async function lookAtGitLab({ gitlab, plan }: Delivery): Promise<void> {
  if (gitlab === undefined) return;
  const { app, infra } = plan;
  const paths = [
    ...(app.mirrored || app.build ? [app.path] : []),
    ...(infra.mirrored ? [infra.path] : []),
    ...(app.mirrored || infra.mirrored ? [`${plan.gitlab?.group ?? ""}/mirror`] : []),
  ];
  const outcomes = await Promise.allSettled(paths.map((path) => gitlab.project(path ?? "")));
  const failed = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason as unknown] : []));
  if (failed.length > 0) throw merged(failed);
}

async function lookAtArgoCd({ argocd, plan }: Delivery): Promise<Application | undefined> {
  return argocd === undefined ? undefined : argocd.application(plan.argocd?.application ?? "", false);
}

/** The unchanged tag alone is not enough: an earlier run may have ended between its push and Argo CD. */
async function isDelivered(
  { plan, gitlab, progress }: Delivery,
  clone: InfraClone,
  judged: readonly Judged[],
  application: Application | undefined,
): Promise<boolean> {
  if (!isUnchanged(judged)) return false;
  const commit = await clone.lastChange();
  const goOn = (why: string): boolean => {
    noting(progress, null)(`the tag is in the infra repository already, but ${why}: the delivery goes on from there`);
    return false;
  };
  if (application !== undefined) {
    const { sync, operationState } = application.status ?? {};
    const lineage = new Lineage(clone, commit);
    const revisions = [sync, operationState?.syncResult].flatMap((of) => [
      ...(of?.revisions ?? []),
      of?.revision ?? "",
    ]);
    const wanted = new Set<string>();
    for (const revision of revisions) if (revision !== "" && (await lineage.isWanted(revision))) wanted.add(revision);
    const arrival = judgeArrival(application, (revision) => wanted.has(revision));
    return arrival.kind === "arrived" || goOn(arrival.reason);
  }
  if (gitlab !== undefined && plan.infra.mirrored) {
    const project = await gitlab.project(plan.infra.path ?? "");
    return (await gitlab.isOnBranch(project, commit, plan.infra.branch)) || goOn(`not on ${project.path}`);
  }
  return true;
}
