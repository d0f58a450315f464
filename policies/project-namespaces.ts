import { z } from "zod";
import { APP_PROJECT, NAMESPACE } from "./kinds";
import { at, listAt, nameOf, namespaceOf, textAt } from "./read";
import type { StackFinding, Subject } from "./rule";

/** The label by which a namespace says that it is a project's. */
const PROJECT_LABEL = "dso/project";

/** The declared namespaces that are a project's: they say so, or an AppProject deploys there. */
export function projectNamespaces(subjects: readonly Subject[]): readonly Subject[] {
  const destinations = new Set(
    subjects
      .filter(({ type }) => type === APP_PROJECT)
      .flatMap(({ inputs }) => listAt(inputs, "spec", "destinations").map((one) => textAt(one, "namespace"))),
  );
  return subjects.filter(
    ({ type, inputs }) =>
      type === NAMESPACE &&
      (at(inputs, "metadata", "labels", PROJECT_LABEL) !== undefined || destinations.has(nameOf(inputs))),
  );
}

/** What a stack may set for a rule about namespaces' guards. */
export const guardSettings = z.strictObject({
  /** Namespaces that need none, as those of projects that were adopted. */
  except: z.array(z.string().min(1)).default([]),
});

/** Finds the projects' namespaces in which no object is the guard that is asked for. */
export function unguarded(
  subjects: readonly Subject[],
  isGuard: (subject: Subject) => boolean,
  { except }: z.output<typeof guardSettings>,
  finding: Pick<StackFinding, "fact" | "fix">,
): readonly StackFinding[] {
  const guarded = new Set(subjects.filter(isGuard).map(({ inputs }) => namespaceOf(inputs)));
  return projectNamespaces(subjects)
    .filter(({ inputs }) => !guarded.has(nameOf(inputs)) && !except.includes(nameOf(inputs) ?? ""))
    .map(({ urn, inputs }) => ({ urn, path: "metadata.name", value: nameOf(inputs) ?? "", ...finding }));
}
