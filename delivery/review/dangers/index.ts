import type { PreviewStep } from "../../preview/preview";
import type { Danger, DangerKind } from "../review";
import { plain } from "../phrase";
import { isProjectItself } from "../subject";
import type { Judge } from "./danger";
import { deletions } from "./deletions";
import { widerOnGitLab } from "./gitlab-rights";
import { networkOpening, podSecurityLowered } from "./openings";
import { argocdVersion, crdChange, dnsChange } from "./platform";
import { argocdSettings, widerAppProject, widerRbac } from "./rights";

const judges: readonly Judge[] = [
  widerAppProject,
  widerRbac,
  argocdSettings,
  widerOnGitLab,
  networkOpening,
  podSecurityLowered,
  dnsChange,
  argocdVersion,
  crdChange,
];

/** The gravest first. */
export const DANGER_ORDER: readonly DangerKind[] = [
  "protected",
  "deletion",
  "replacement",
  "production",
  "rights",
  "network",
  "pod security",
  "DNS",
  "Argo CD",
  "CRD",
];

/** What is dangerous in the steps of one project or part of the platform, each danger once. */
export function dangersOf(subject: string, steps: readonly PreviewStep[]): Danger[] {
  const isNew = steps.some((step) => isProjectItself(step) && step.operation === "create");
  const found = deletions(steps);
  for (const step of steps) for (const judge of judges) found.push(...judge(step, isNew));
  const byText = new Map(found.map((one) => [`${one.kind} ${plain(one.what)}`, one]));
  return [...byText.values()].map(({ kind, what }) => ({ kind, what, subject }));
}
