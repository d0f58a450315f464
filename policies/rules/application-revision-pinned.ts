import { z } from "zod";
import { isFixedRevision } from "../../model/revision";
import { APPLICATION_PARTS, applicationsOf, isTemplated, sourcesOf } from "../application-specs";
import type { ApplicationTemplate } from "../application-specs";
import { textAt } from "../read";
import { resourceRule } from "../rule";

export const applicationRevisionPinned = resourceRule({
  name: "application-revision-pinned",
  // A branch that is protected is a gate as well, and many platforms have just that.
  level: "advisory",
  description: "In production, an Application is at a version, a tag or a commit.",
  reason:
    "What a branch or HEAD means changes with every push: production then runs what nobody has looked at in a merge " +
    "request of the catalogue, and it cannot be put back by it.",
  source: "https://argo-cd.readthedocs.io/en/stable/user-guide/tracking_strategies/",
  settings: z.strictObject({
    except: z.array(z.string()).default([]).describe("URLs of repositories whose branches are gates of their own."),
  }),
  types: APPLICATION_PARTS,
  check: (subject, { isProduction, settings: { except } }) => {
    if (!isProduction) return [];
    return applicationsOf(subject)
      .flatMap(revisions)
      .flatMap(({ path, source, revision }) => {
        const isMeant = except.includes(textAt(source, "repoURL") ?? "") || isTemplated(revision);
        if (isMeant || isFixedRevision(revision)) return [];
        return [
          {
            path: `${path}.targetRevision`,
            fact: "production follows whatever is pushed",
            value: revision === "" ? "none, which is HEAD" : revision,
            fix: "name a tag or a commit: environments.<name>.revision of the catalogue, or `factory promote`",
          },
        ];
      });
  },
});

/** The sources with the revision of each; where an Application is laid over another, those that state one. */
function revisions(application: ApplicationTemplate) {
  return sourcesOf(application).flatMap(({ path, source }) => {
    const revision = textAt(source, "targetRevision");
    return revision === undefined && !application.isWhole ? [] : [{ path, source, revision: revision ?? "" }];
  });
}
