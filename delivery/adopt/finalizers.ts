import type { DeletionSettings } from "../../model/platform";
import type { FoundObject } from "./found-object";
import type { Notes } from "./note";

const FINALIZER = "resources-finalizer.argocd.argoproj.io";

/** Tells where the stack has another opinion than the Application of what its deletion deletes. */
export function noteFinalizers(
  { metadata }: FoundObject,
  workloads: DeletionSettings["workloads"],
  notes: Notes,
): void {
  const has = (metadata.finalizers ?? []).some((finalizer) => finalizer.startsWith(FINALIZER));
  const wanted = workloads === "foreground" || workloads === "background";
  if (has === wanted) return;
  const reason = `gitops-factory:deletion.workloads says ${workloads} for all of the stack`;
  const effect = has
    ? "the finalizer stays on it: with its Application, what it has deployed would be deleted"
    : "the first update adds the finalizer: with its Application, what it has deployed is deleted; set orphan or retain to have it as it is";
  notes.changed("metadata.finalizers", has ? FINALIZER : undefined, reason, effect);
}
