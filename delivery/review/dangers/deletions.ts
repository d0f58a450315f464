import type { PreviewStep } from "../../preview/preview";
import { objectName } from "../describe";
import { enumerated, say, type Phrase } from "../phrase";
import { isProjectGone } from "../subject";
import type { Judgement } from "./danger";

/** More names than these are counted. */
const NAMED = 5;

/** What goes, and what goes to come back anew, of one project or part of the platform: told together, not one by one. */
export function deletions(steps: readonly PreviewStep[]): Judgement[] {
  const objects = steps.filter(({ isCustom }) => isCustom);
  const gone = objects.filter(({ operation }) => operation === "delete");
  const replaced = objects.filter(({ operation }) => operation === "replace");
  const found: Judgement[] = [];
  const kept = gone.filter(({ isRetained }) => isRetained);
  if (isProjectGone(steps)) found.push({ kind: "deletion", what: wholeProject(gone) });
  else if (gone.length > kept.length) {
    found.push({ kind: "deletion", what: say`deletes ${named(gone.filter(({ isRetained }) => !isRetained))}` });
  }
  if (kept.length > 0) found.push({ kind: "deletion", what: say`gives up ${named(kept)}, which stays where it is` });
  if (replaced.length > 0) {
    found.push({ kind: "replacement", what: say`deletes and makes anew ${named(replaced)}` });
  }
  const held = [...gone, ...replaced].filter(({ isProtected }) => isProtected);
  if (held.length > 0) {
    found.push({ kind: "protected", what: say`${named(held)} is protected: the update will be refused` });
  }
  return found;
}

function wholeProject(gone: readonly PreviewStep[]): Phrase {
  const important = gone.filter(({ type }) => /:(?:Namespace|Application)$/.test(type));
  if (important.length === 0) return say`deletes the project`;
  return say`deletes the project: ${named(important)}, and what runs there`;
}

function named(steps: readonly PreviewStep[]): Phrase {
  const names = steps.slice(0, NAMED).map((step) => say`${objectName(step)}`);
  const more = steps.length - names.length;
  return enumerated(more > 0 ? [...names, say`${more} more`] : names);
}
