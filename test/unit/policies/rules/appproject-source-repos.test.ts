import { APP_PROJECT_PATCH, CONFIG_MAP } from "../../../../policies/kinds";
import { appProjectSourceRepos } from "../../../../policies/rules/appproject-source-repos";
import { describeRule } from "../support/describe-rule";
import { appProject, argocdSecret, subject } from "../support/subjects";

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
      sourceRepos: [
        "https://git.example/acme/shop/**",
        "git@git.example:acme/*",
        "https://git.example/acme/shop/../**",
      ],
    }),
    "a chart repository and a registry": appProject({
      sourceRepos: ["https://charts.example", "registry.example/charts"],
    }),
    "a group of a registry with a port": appProject({ sourceRepos: ["registry.example:5000/acme/**"] }),
    "a group whose number is not a port": appProject({ sourceRepos: ["git@git.example:5000/**"] }),
    "no repository": appProject({}),
    "the AppProject of the platform, which the stack names": {
      given: appProject({ sourceRepos: ["*"] }),
      settings: { except: ["shop"] },
    },
    "a repository that a Secret adds": argocdSecret("repository", {
      project: "shop",
      url: "https://git.example/a.git",
    }),
    "a pattern that a Secret adds to the platform's AppProject": {
      given: argocdSecret("repository", { project: "shop", url: "*" }),
      settings: { except: ["shop"] },
    },
    "a pattern that the stack allows": {
      given: appProject({ sourceRepos: ["https://git.example/*"] }),
      settings: { allowed: ["https://git.example/*"] },
    },
  },
  failing: {
    "every repository": {
      given: appProject({ sourceRepos: ["https://git.example/a.git", "*", "**"] }),
      finds: [
        { path: "spec.sourceRepos[1]", value: "*", fact: "the entry allows every repository" },
        "spec.sourceRepos[2]",
      ],
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
      finds: [0, 1, 2, 3].map((index) => ({
        path: `spec.sourceRepos[${String(index)}]`,
        fact: "the entry allows every repository of the host",
      })),
    },
    "every repository of a host, in other words": {
      given: appProject({
        sourceRepos: [
          "HTTPS://GIT.EXAMPLE/**",
          " https://git.example/**",
          "https://git.example//**",
          "https://git.example/./**",
          "https://git.example/acme/../**",
          "registry.example:5000/**",
          "svn+ssh://git.example/**",
        ],
      }),
      finds: [0, 1, 2, 3, 4, 5, 6].map((index) => ({
        path: `spec.sourceRepos[${String(index)}]`,
        fact: "the entry allows every repository of the host",
      })),
    },
    "hosts that fit": {
      given: appProject({
        sourceRepos: ["https://*", "https://*.example/acme/shop.git", "https://{a,b}.example/c/d.git", "**/acme"],
      }),
      finds: ["spec.sourceRepos[0]", "spec.sourceRepos[1]", "spec.sourceRepos[2]", "spec.sourceRepos[3]"],
    },
    "a password, which is not repeated": {
      given: appProject({ sourceRepos: ["https://bob:secret@git.example/*"] }),
      finds: { path: "spec.sourceRepos[0]", value: "https://(not shown)@git.example/*" },
    },
    "groups that fit": {
      given: appProject({ sourceRepos: ["https://git.example/acme*", "https://git.example/*acme/**"] }),
      finds: [
        { path: "spec.sourceRepos[0]", fact: "the entry allows every group of the host that fits" },
        { path: "spec.sourceRepos[1]", fact: "the entry allows every group of the host that fits" },
      ],
    },
    "all but one": {
      given: appProject({ sourceRepos: ["https://git.example/shop.git", "!https://git.example/secret.git", " !x"] }),
      finds: ["spec.sourceRepos[1]", "spec.sourceRepos[2]"],
    },
    "an AppProject's fields that are applied over others": {
      given: subject(APP_PROJECT_PATCH, { metadata: { name: "shop" }, spec: { sourceRepos: ["*"] } }),
      finds: "spec.sourceRepos[0]",
    },
    "a pattern that a Secret adds to an AppProject": {
      given: argocdSecret("repository", { project: "shop", url: "https://git.example/**" }),
      finds: { path: "stringData.url", value: "https://git.example/**" },
    },
  },
  notApplicable: {
    "a ConfigMap": subject(CONFIG_MAP, { metadata: { name: "shop" } }),
    "a Secret of no AppProject": argocdSecret("repository", { url: "*" }),
    "credentials, which add nothing": argocdSecret("repo-creds", { project: "shop", url: "*" }),
  },
  mutation: {
    resource: "acme-shop-dev-6293-app-project",
    change: ["spec.sourceRepos[0]", "*"],
    finds: "spec.sourceRepos[0]",
  },
});
