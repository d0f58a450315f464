import { APPLICATION_PARTS, applicationsOf } from "../application-specs";
import { at } from "../read";
import { resourceRule } from "../rule";

export const applicationPruneNotEmpty = resourceRule({
  name: "application-prune-not-empty",
  level: "mandatory",
  description: "An Application whose repository comes out empty is not pruned to nothing.",
  reason: "A folder renamed, or a values file that switches all off, would delete every workload without a question.",
  source: "https://argo-cd.readthedocs.io/en/stable/user-guide/auto_sync/#automatic-pruning-with-allow-empty-v18",
  types: APPLICATION_PARTS,
  check: (subject) =>
    applicationsOf(subject)
      .filter(({ body }) => at(body, "spec", "syncPolicy", "automated", "allowEmpty") === true)
      .map(({ path }) => ({
        path: `${path}spec.syncPolicy.automated.allowEmpty`,
        fact: "an empty repository deletes everything that the Application has deployed",
        value: "true",
        fix: "set allowEmpty: false; to take an Application down, take it out of the catalogue",
      })),
});
