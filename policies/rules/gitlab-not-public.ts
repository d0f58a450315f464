import { z } from "zod";
import { GITLAB_GROUP, GITLAB_PROJECT } from "../gitlab-kinds";
import { textAt } from "../read";
import { resourceRule } from "../rule";

export const gitlabNotPublic = resourceRule({
  name: "gitlab-not-public",
  level: "mandatory",
  description: "Groups and projects on GitLab are not public.",
  reason: "Infra repositories say what runs where, by which names and with which holes.",
  source: "https://docs.gitlab.com/user/public_access/",
  settings: z.strictObject({
    paths: z
      .array(z.string().min(1))
      .default([])
      .describe("The paths of groups and projects that may be public, without their parent: `docs`."),
  }),
  types: [GITLAB_GROUP, GITLAB_PROJECT],
  check: ({ inputs }, { settings: { paths } }) => {
    const path = textAt(inputs, "path") ?? textAt(inputs, "name") ?? "";
    if (textAt(inputs, "visibilityLevel") !== "public" || paths.includes(path)) return [];
    return [
      {
        path: "visibilityLevel",
        fact: `everybody on the Internet may read ${path}`,
        value: "public",
        fix: "set gitlab.visibility to private or internal in the stack's config, or add the path to the rule's paths",
      },
    ];
  },
});
