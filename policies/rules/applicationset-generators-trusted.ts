import { z } from "zod";
import { everyGenerator } from "../generators";
import { APPLICATION_SET, APPLICATION_SET_PATCH } from "../kinds";
import { listAt, nameOf } from "../read";
import { resourceRule } from "../rule";

/** Where a pull request can be filtered by labels, which only members of the repository give. */
const HOSTS = ["github", "gitlab", "gitea", "azuredevops"];

export const applicationSetGeneratorsTrusted = resourceRule({
  name: "applicationset-generators-trusted",
  level: "mandatory",
  description: "No ApplicationSet deploys a pull request that nobody has given a label.",
  reason: "Whoever may open a pull request, on many hosts everybody, has what is in it run on the cluster.",
  source: "https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/Generators-Pull-Request/",
  settings: z.strictObject({
    except: z.array(z.string()).default([]).describe("ApplicationSets whose repositories only members can reach."),
  }),
  types: [APPLICATION_SET, APPLICATION_SET_PATCH],
  check: ({ inputs }, { settings: { except } }) => {
    if (except.includes(nameOf(inputs) ?? "")) return [];
    return everyGenerator(listAt(inputs, "spec", "generators")).flatMap(({ path, generator }) => {
      const pull = generator["pullRequest"];
      if (pull === undefined || HOSTS.some((host) => listAt(pull, host, "labels").length > 0)) return [];
      return [
        {
          path: `${path}.pullRequest`,
          fact: "every pull request is deployed",
          fix: "filter by labels that reviewers give: labels: [preview]",
        },
      ];
    });
  },
});
