import { unifiedDiff } from "../bump/diff";
import { shortSha } from "./context";
import { isUnchanged, unchangedWarning } from "./infra";
import { stepsOf, type StepName } from "./plan";
import { preflight } from "./preflight";
import type { PreparedDelivery } from "./prepare";
import type { Output } from "./progress";

/**
 * Prints what a delivery would do, after all has been looked at.
 *
 * @param out where the change is shown as a diff; nowhere with `--json`
 * @returns whether it would change anything
 * @throws UserError with what would stop it
 */
export async function showDryRun({ delivery, infra }: PreparedDelivery, out: Output | undefined): Promise<boolean> {
  const { plan, commit, tag, progress } = delivery;
  const { clone, judged, isDelivered } = await preflight(delivery, infra);
  clone.close();
  if (isDelivered) {
    progress.tell({ event: "warning", message: unchangedWarning(judged, tag) });
    return false;
  }
  const sha = shortSha(commit);
  const { app, infra: repository, argocd } = plan;
  const texts: Readonly<Record<StepName, string>> = {
    "mirror-app": `${sha} from ${app.url} to ${app.path ?? ""}, unless it is there`,
    build: `wait for the pipeline of ${app.path ?? ""} that builds ${sha}`,
    bump: isUnchanged(judged)
      ? `nothing: ${tag} is set already`
      : `set ${tag} in ${repository.files.join(", ")} on ${repository.branch} of ${repository.url}`,
    "mirror-infra": `from ${repository.url} to ${repository.path ?? ""}`,
    deploy: `wait until ${argocd?.application ?? ""} is Synced and Healthy at ${argocd?.url ?? ""}`,
  };
  for (const step of stepsOf(plan)) progress.tell({ event: "step", step, status: "planned", message: texts[step] });
  for (const { file, bumped } of judged) out?.write(unifiedDiff(file.name, file.text, bumped.edits));
  return true;
}
