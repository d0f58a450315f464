import { APPLICATION_SET } from "../kinds";
import { at, listAt, textAt } from "../read";
import { resourceRule } from "../rule";
import { isTemplated } from "../application-specs";
import { everyGenerator } from "../generators";

export const applicationSetProjectFixed = resourceRule({
  name: "applicationset-project-fixed",
  level: "mandatory",
  description: "An ApplicationSet names the AppProject of its Applications; no generator decides it.",
  reason:
    "Whoever may change what the generator reads, such as a folder's name in Git, chooses the AppProject and with it " +
    "the rights.",
  source: "https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/Security/",
  types: [APPLICATION_SET],
  check: ({ inputs }) => [
    ...ofTemplate("spec.template.spec.project", textAt(inputs, "spec", "template", "spec", "project")),
    ...everyGenerator(listAt(inputs, "spec", "generators")).flatMap(({ path, generator }) => {
      const project = Object.entries(generator).flatMap(([kind, settings]) => {
        const own = textAt(settings, "template", "spec", "project") ?? "";
        return own === "" ? [] : ofTemplate(`${path}.${kind}.template.spec.project`, own);
      });
      return project;
    }),
    ...ofPatch(at(inputs, "spec", "templatePatch")),
  ],
});

const FIX = "name the AppProject of the tenant, and make one ApplicationSet a tenant";

function ofTemplate(path: string, project: string | undefined) {
  if (project === undefined || project === "" || project === "default") {
    const value = project === "default" ? "default" : "none, which is default";
    return [{ path, fact: "the Applications have no AppProject of their own", value, fix: FIX }];
  }
  if (!isTemplated(project)) return [];
  return [{ path, fact: "a generator chooses the AppProject", value: project, fix: FIX }];
}

/** A patch is text with expressions, and may set the project as any other field. */
function ofPatch(patch: unknown) {
  const line = typeof patch === "string" ? /^\s*"?project"?\s*:.*$/m.exec(patch)?.[0].trim() : undefined;
  if (line === undefined) return [];
  return [{ path: "spec.templatePatch", fact: "a patch chooses the AppProject", value: line, fix: FIX }];
}
