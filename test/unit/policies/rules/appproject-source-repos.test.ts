import { CONFIG_MAP } from "../../../../policies/kinds";
import { appProjectSourceRepos } from "../../../../policies/rules/appproject-source-repos";
import { describeRule } from "../support/describe-rule";
import { appProject, subject } from "../support/subjects";

describeRule(appProjectSourceRepos, {
  passing: {
    "single repositories": appProject({
      sourceRepos: [
        "https://git.example/shop.git",
        "git@git.example:acme/shop.git",
        "ssh://git@git.example/acme/shop.git",
      ],
    }),
    "the group of the project": appProject({
      sourceRepos: ["https://git.example/acme/shop/**", "git@git.example:acme/*"],
    }),
    "a chart repository and a registry": appProject({
      sourceRepos: ["https://charts.example", "registry.example/charts"],
    }),
    "no repository": appProject({}),
    "a pattern that the stack allows": {
      given: appProject({ sourceRepos: ["https://git.example/*"] }),
      settings: { allowed: ["https://git.example/*"] },
    },
  },
  failing: {
    "every repository": {
      given: appProject({ sourceRepos: ["https://git.example/a.git", "*", "**"] }),
      finds: [{ path: "spec.sourceRepos[1]", value: "*" }, "spec.sourceRepos[2]"],
    },
    "every repository of a host": {
      given: appProject({
        sourceRepos: [
          "https://git.example/*",
          "https://git.example/**",
          "git@git.example:*",
          "ssh://git@git.example/*",
        ],
      }),
      finds: ["spec.sourceRepos[0]", "spec.sourceRepos[1]", "spec.sourceRepos[2]", "spec.sourceRepos[3]"],
    },
    "hosts that fit": {
      given: appProject({
        sourceRepos: ["https://*", "https://*.example/acme/shop.git", "https://{a,b}.example/c/d.git"],
      }),
      finds: ["spec.sourceRepos[0]", "spec.sourceRepos[1]", "spec.sourceRepos[2]"],
    },
    "a password, which is not repeated": {
      given: appProject({ sourceRepos: ["https://bob:secret@git.example/*"] }),
      finds: { path: "spec.sourceRepos[0]", value: "https://(not shown)@git.example/*" },
    },
    "groups that fit": {
      given: appProject({ sourceRepos: ["https://git.example/acme*"] }),
      finds: "spec.sourceRepos[0]",
    },
    "all but one": {
      given: appProject({ sourceRepos: ["https://git.example/shop.git", "!https://git.example/secret.git"] }),
      finds: "spec.sourceRepos[1]",
    },
  },
  notApplicable: { "a ConfigMap": subject(CONFIG_MAP, { metadata: { name: "shop" } }) },
  mutation: {
    resource: "acme-shop-dev-6293-app-project",
    change: ["spec.sourceRepos[0]", "*"],
    finds: "spec.sourceRepos[0]",
  },
});
