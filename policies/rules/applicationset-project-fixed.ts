import { z } from "zod";
import { applicationOf, generatorTemplates, isTemplated, patchTemplate } from "../application-specs";
import type { ApplicationTemplate } from "../application-specs";
import { APPLICATION_SET, APPLICATION_SET_PATCH } from "../kinds";
import { at, nameOf, textAt } from "../read";
import { resourceRule } from "../rule";
import type { Subject } from "../rule";

export const applicationSetProjectFixed = resourceRule({
  name: "applicationset-project-fixed",
  level: "mandatory",
  description: "An ApplicationSet names the AppProject of its Applications; no generator decides it.",
  reason:
    "Whoever may change what the generator reads, such as a folder's name in Git, chooses the AppProject and with it " +
    "the rights.",
  source: "https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/Security/",
  settings: z.strictObject({
    except: z
      .array(z.string())
      .default([])
      .describe("ApplicationSets of the platform team, whose generators only it can change."),
  }),
  types: [APPLICATION_SET, APPLICATION_SET_PATCH],
  check: (subject, { settings: { except } }) =>
    except.includes(nameOf(subject.inputs) ?? "")
      ? []
      : [...ofOwn(applicationOf(subject)), ...generatorTemplates(subject).flatMap(ofGenerator), ...ofPatch(subject)],
});

const FIX = "name the AppProject of the tenant, and make one ApplicationSet a tenant";

function ofOwn({ path, body, isWhole }: ApplicationTemplate) {
  const project = textAt(body, "spec", "project");
  return project === undefined && !isWhole ? [] : judged(path, project ?? "");
}

/** A generator's template leaves what it does not name, and what is empty there. */
function ofGenerator({ path, body }: ApplicationTemplate) {
  const project = textAt(body, "spec", "project") ?? "";
  return project === "" ? [] : judged(path, project);
}

function judged(place: string, project: string) {
  const path = `${place}spec.project`;
  if (project === "" || project === "default") {
    const value = project === "" ? "none, which is default" : project;
    return [{ path, fact: "the Applications have no AppProject of their own", value, fix: FIX }];
  }
  return isTemplated(project) ? [{ path, fact: "a generator chooses the AppProject", value: project, fix: FIX }] : [];
}

/** A patch may set the project as any other field; where an expression makes fields of it, nobody can tell. */
function ofPatch(subject: Subject) {
  const patch = textAt(subject.inputs, "spec", "templatePatch");
  if (patch === undefined) return [];
  const path = "spec.templatePatch";
  const [read] = patchTemplate(subject);
  const line = PROJECT.exec(patch)?.[0].trim();
  if (line !== undefined && (read === undefined || at(read.body, "spec", "project") !== undefined)) {
    return [{ path, fact: "a patch chooses the AppProject", value: line, fix: FIX }];
  }
  const keys = [read?.body, at(read?.body, "spec")].flatMap((one) => Object.keys(one ?? {}));
  if (!keys.some(isTemplated)) return [];
  return [{ path, fact: "an expression makes the patch's fields, which may choose the AppProject", fix: FIX }];
}

/** The key, with what stands behind it. */
const PROJECT = /(?<![\w.-])["']?project["']?\s*:(?:\{\{.*?\}\}|[^\n,}])*/;
