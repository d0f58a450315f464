import { textAt } from "../../policies/read";
import type { PreviewStep } from "../preview/preview";
import { parseUrn } from "../preview/urn";

/** Whom a step concerns. */
export interface Subject {
  readonly kind: "project" | "platform";
  /** `acme/shop`; `Argo CD`, `DNS`, … */
  readonly name: string;
}

const PROJECT = "factory:project:Project";
const PROJECT_GROUP = "factory:gitlab:ProjectGroup";

/** The parts of the platform by what stands in the URN of their resources. */
const PARTS: readonly (readonly [string, string])[] = [
  ["factory:argocd:", "Argo CD"],
  ["factory:dns:", "DNS"],
  ["factory:cluster:", "clusters"],
  ["factory:gitlab:", "GitLab"],
  ["pulumi:providers:", "providers"],
];

/** The project that a resource belongs to, else the part of the platform. */
export function subjectOf(step: PreviewStep): Subject {
  const inputs = step.after ?? step.before;
  const organisation = textAt(inputs, "metadata", "labels", "dso/organization");
  const project = textAt(inputs, "metadata", "labels", "dso/project");
  if (organisation !== undefined && project !== undefined) return ofProject(organisation, project);
  if (step.type === PROJECT) {
    const own = [textAt(inputs, "project", "organisation"), textAt(inputs, "project", "name")];
    if (own[0] !== undefined && own[1] !== undefined) return ofProject(own[0], own[1]);
  }
  const onGitLab = projectOnGitLab(step);
  if (onGitLab !== undefined) return { kind: "project", name: onGitLab };
  const part = PARTS.find(([mark]) => step.urn.includes(mark));
  return { kind: "platform", name: part?.[1] ?? "other resources" };
}

function ofProject(organisation: string, project: string): Subject {
  return { kind: "project", name: `${organisation}/${project}` };
}

/** GitLab's objects have no labels; the program names them after the project's path: `gitlab-acme/portal/deploy-project`. */
function projectOnGitLab({ urn, type, name, parent }: PreviewStep): string | undefined {
  if (!urn.includes("factory:gitlab:")) return undefined;
  const owner = parseUrn(parent);
  if (type === PROJECT_GROUP) return pathOf(name);
  if (owner?.type === PROJECT_GROUP) return pathOf(owner.name);
  if (type.endsWith(":GroupDeployToken")) return pathOf(name.replace(/-argocd$/, ""));
  // Below a repository or the mirror, whose own name has a third part.
  return owner === undefined ? undefined : pathOf(owner.name, 3);
}

function pathOf(name: string, parts = 2): string | undefined {
  const path = name.replace(/^gitlab-/, "").split("/");
  return path.length === parts && name.startsWith("gitlab-") ? path.slice(0, 2).join("/") : undefined;
}

/** Whether a step is what makes a project be there, or not be there. */
export function isProjectItself({ type }: PreviewStep): boolean {
  return type === PROJECT;
}

/** Whether steps of one project say that the project as a whole goes. */
export function isProjectGone(steps: readonly PreviewStep[]): boolean {
  return steps.some(
    (step) =>
      step.operation === "delete" &&
      (isProjectItself(step) || (step.isWholeGone && parseUrn(step.parent)?.type === PROJECT)),
  );
}

/** The catalogue file of a project, from the component that it is declared by. */
export function catalogueFile(step: PreviewStep): string | undefined {
  return step.type === PROJECT ? textAt(step.after ?? step.before, "project", "file") : undefined;
}
