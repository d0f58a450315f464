import { isProduction } from "../../model/environment-order";
import type { PolicyFinding } from "../engine/engine-event";
import type { Preview, PreviewStep } from "../preview/preview";
import { DANGER_ORDER, dangersOf } from "./dangers";
import { byTelling, describeStep, objectName } from "./describe";
import { headlineOf } from "./headline";
import { knownSecrets } from "./known-secrets";
import { joined, plain, say, type Phrase } from "./phrase";
import { propertyChanges } from "./property-changes";
import type { Action, Counts, Danger, ResourceReview, Review, StackReview, SubjectReview, Verdict } from "./review";
import { showable, showAll } from "./shown";
import { catalogueFile, isProjectGone, isProjectItself, subjectOf } from "./subject";

export interface ReviewOptions {
  /** Whose secrets must not be shown. @default none */
  readonly env?: NodeJS.ProcessEnv;
}

/** What previews say, in the words of those whom it concerns; without a secret, even where a preview has one. */
export function buildReview(previews: readonly Preview[], { env = {} }: ReviewOptions = {}): Review {
  const stacks = previews.map(stackReview);
  const review = { headline: headlineOf(stacks), verdict: verdictOf(stacks), stacks };
  return showAll<Review>(review, showable(knownSecrets(previews, env)));
}

function verdictOf(stacks: readonly StackReview[]): Verdict {
  if (stacks.some(({ failures }) => failures.length > 0)) return "failed";
  if (stacks.some(({ policies }) => policies.some(({ level }) => level === "mandatory"))) return "blocked";
  if (stacks.some(({ dangers }) => dangers.length > 0)) return "danger";
  return stacks.some(({ subjects }) => subjects.length > 0) ? "change" : "unchanged";
}

function stackReview(preview: Preview): StackReview {
  const { stack, steps, failures, policies, tellsPolicies, warnings } = preview;
  const groups = new Map<string, { kind: SubjectReview["kind"]; steps: PreviewStep[] }>();
  for (const step of steps) {
    const { kind, name } = subjectOf(step);
    const group = groups.get(name) ?? { kind, steps: [] };
    group.steps.push(step);
    groups.set(name, group);
  }
  const subjects = [...groups]
    .map(([name, group]) => subjectReview(name, group.kind, [...group.steps].sort(byTelling)))
    .filter(({ action, changes, resources }) => action !== "changes" || changes.length + resources.length > 0)
    .sort(bySubject);
  const inProduction = holdsProduction(preview);
  const dangers = [...groups].flatMap(([name, group]) => dangersOf(name, group.steps));
  return {
    stack,
    isProduction: inProduction,
    failures,
    dangers: [...dangers, ...productionDanger(stack, inProduction && subjects.length > 0)].sort(byGravity),
    policies: [...policies].sort(byWeight),
    tellsPolicies,
    warnings: warnings.map(({ message }) => message),
    subjects,
    counts: countsOf(preview),
  };
}

function productionDanger(stack: string, isChanged: boolean): Danger[] {
  return isChanged ? [{ kind: "production", what: say`${stack} is production`, subject: "" }] : [];
}

/** As the policy pack's setting `production` names it. */
function holdsProduction({ stack, config }: Preview): boolean {
  const text = Object.entries(config).find(([key]) => key.endsWith(":policies"))?.[1];
  if (text === undefined) return isProduction(stack);
  try {
    const { production } = JSON.parse(text) as { production?: unknown };
    return Array.isArray(production) ? production.map(String).includes(stack) : isProduction(stack);
  } catch {
    return isProduction(stack);
  }
}

/** The engine's order is another each time. */
function byWeight(one: PolicyFinding, other: PolicyFinding): number {
  const difference = weight(one.level) - weight(other.level);
  if (difference !== 0) return difference;
  return `${one.policy}\n${one.urn}\n${one.message}` < `${other.policy}\n${other.urn}\n${other.message}` ? -1 : 1;
}

function weight(level: string): number {
  return level === "mandatory" ? 0 : 1;
}

function byGravity(one: Danger, other: Danger): number {
  return DANGER_ORDER.indexOf(one.kind) - DANGER_ORDER.indexOf(other.kind);
}

function bySubject(one: SubjectReview, other: SubjectReview): number {
  if (one.kind !== other.kind) return one.kind === "project" ? -1 : 1;
  return one.name < other.name ? -1 : 1;
}

function subjectReview(name: string, kind: SubjectReview["kind"], steps: readonly PreviewStep[]): SubjectReview {
  const action = actionOf(steps);
  const file = steps.map(catalogueFile).find((found) => found !== undefined);
  const resources = steps.filter(({ isCustom }) => isCustom).map(resourceReview);
  const described = action === "deletes" ? deletedProject(steps) : distinct(steps.flatMap(describeStep));
  const told = kind === "platform" && resources.length > 0 ? [...described, tally(steps)] : described;
  // An object that nobody has words for is still told of.
  const changes = told.length > 0 || resources.length === 0 ? told : [tally(steps)];
  return { kind, name, action, ...(file !== undefined && { file }), changes, resources };
}

function actionOf(steps: readonly PreviewStep[]): Action {
  if (isProjectGone(steps)) return "deletes";
  return steps.find(isProjectItself)?.operation === "create" ? "adds" : "changes";
}

function deletedProject(steps: readonly PreviewStep[]): Phrase[] {
  return steps
    .filter(({ type }) => /:(?:Namespace|Application)$/.test(type))
    .map((step) => (step.isRetained ? say`${objectName(step)} is left to itself` : say`${objectName(step)} goes`));
}

function distinct(phrases: readonly Phrase[]): Phrase[] {
  return [...new Map(phrases.map((phrase) => [plain(phrase), phrase])).values()];
}

const TALLY = {
  create: "made",
  update: "changed",
  replace: "made anew",
  delete: "deleted",
  import: "adopted",
} as const;

/** `3 objects made, 1 changed`. */
function tally(steps: readonly PreviewStep[]): Phrase {
  const custom = steps.filter(({ isCustom }) => isCustom);
  const parts = Object.entries(TALLY).flatMap(([operation, word]) => {
    const count = custom.filter((step) => step.operation === operation).length;
    return count === 0 ? [] : [{ words: [`${String(count)} ${word}`], values: [] }];
  });
  return say`objects: ${joined(parts, ", ")}`;
}

function resourceReview(step: PreviewStep): ResourceReview {
  const [kind = "", ...name] = objectName(step).split(" ");
  return { operation: step.operation, kind, name: name.join(" "), properties: propertyChanges(step) };
}

function countsOf({ steps, unchanged }: Preview): Counts {
  const count = (operation: string) => steps.filter((step) => step.isCustom && step.operation === operation).length;
  return {
    created: count("create"),
    updated: count("update"),
    replaced: count("replace"),
    deleted: count("delete"),
    imported: count("import"),
    unchanged,
  };
}
