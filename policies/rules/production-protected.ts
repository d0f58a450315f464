import { z } from "zod";
import { GITLAB_GROUP, GITLAB_PROJECT } from "../gitlab-kinds";
import { APP_PROJECT, APPLICATION, NAMESPACE } from "../kinds";
import { listAt } from "../read";
import { resourceRule } from "../rule";

export const productionProtected = resourceRule({
  name: "production-protected",
  level: "mandatory",
  description: "In production, namespaces, AppProjects, Applications and what is on GitLab are protected.",
  reason:
    "A file taken out of the catalogue, or a rename, otherwise deletes them in the next update, with all that runs or " +
    "is kept there.",
  source: "https://www.pulumi.com/docs/iac/concepts/resources/options/protect/",
  settings: z.strictObject({
    except: z.array(z.string()).default([]).describe("Names in Pulumi of what may go: `preview-application-web`."),
  }),
  types: [NAMESPACE, APP_PROJECT, APPLICATION, GITLAB_GROUP, GITLAB_PROJECT],
  check: ({ type, name, inputs, isProtected }, { isProduction, settings: { except } }) =>
    !isProduction || isProtected || except.includes(name) || (type === APP_PROJECT && isClosed(inputs))
      ? []
      : [
          {
            path: "",
            fact: "an update may delete what is in production",
            fix: "set deletion.protect to true in the stack's config",
          },
        ],
});

/** Whether nothing is deployed by an AppProject, as by Argo CD's own "default" on this platform. */
function isClosed(inputs: unknown): boolean {
  return listAt(inputs, "spec", "destinations").length === 0;
}
