import { z } from "zod";
import { APP_PROJECTS, NAMESPACE } from "./kinds";
import { at, listAt, nameOf, namespaceOf, textAt } from "./read";
import type { StackFinding, Subject } from "./rule";
import { hasWildcard, matchesGlob } from "./wildcards";

/** The label by which a namespace says that it is a project's. */
const PROJECT_LABEL = "dso/project";

/** The declared namespaces that are a project's: they say so, or an AppProject deploys there. */
function projectNamespaces(subjects: readonly Subject[]): readonly Subject[] {
  const entries = subjects
    .filter(({ type }) => APP_PROJECTS.includes(type))
    .flatMap(({ inputs }) => listAt(inputs, "spec", "destinations").map((one) => textAt(one, "namespace") ?? ""));
  const names = new Set(entries);
  const patterns = [...names].filter((entry) => entry !== "*" && hasWildcard(entry));
  return subjects.filter(({ type, inputs }) => {
    if (type !== NAMESPACE) return false;
    const name = nameOf(inputs) ?? "";
    const isLabelled = at(inputs, "metadata", "labels", PROJECT_LABEL) !== undefined;
    return isLabelled || names.has(name) || patterns.some((pattern) => matchesGlob(pattern, name));
  });
}

/** What a stack may set for a rule about namespaces' guards. */
export const guardSettings = z.strictObject({
  except: z
    .array(z.string().min(1))
    .default([])
    .describe("Namespaces that need none, as those of projects that were adopted."),
});

export type GuardSettings = z.output<typeof guardSettings>;

/** The projects' namespaces of which guards are demanded. */
export function demandingNamespaces(subjects: readonly Subject[], { except }: GuardSettings): readonly Subject[] {
  return projectNamespaces(subjects).filter(({ inputs }) => !except.includes(nameOf(inputs) ?? ""));
}

/** Finds the projects' namespaces in which no object is the guard that is asked for. */
export function unguarded(
  subjects: readonly Subject[],
  isGuard: (subject: Subject) => boolean,
  settings: GuardSettings,
  finding: Pick<StackFinding, "fact" | "fix">,
): readonly StackFinding[] {
  const guarded = new Set(subjects.filter(isGuard).map(({ inputs }) => namespaceOf(inputs)));
  return demandingNamespaces(subjects, settings)
    .filter(({ inputs }) => !guarded.has(nameOf(inputs)))
    .map(({ urn, inputs }) => ({ urn, path: "metadata.name", value: nameOf(inputs) ?? "", ...finding }));
}
