import type { GitLab, GitLabProject, GitLabRepository } from "../../../../model/gitlab";
import { SecretText } from "../../../../model/secret";

/** An infra repository of acme/shop that is no copy. */
export function gitlabRepository(changes: Partial<GitLabRepository> = {}): GitLabRepository {
  return {
    name: "deploy",
    path: "acme/shop/deploy",
    url: "https://gitlab.example/acme/shop/deploy.git",
    kind: "infra",
    adopt: false,
    protection: { branch: "main", push: "maintainer", merge: "maintainer", allowForcePush: false },
    variables: [],
    ...changes,
  };
}

/** A copy of a private external repository. */
export const COPY = gitlabRepository({
  source: {
    url: "https://git.example/deploy.git",
    login: { username: "reader", password: SecretText.known("password of the source") },
  },
  ciFile: ".gitlab-ci-dso.yml",
});

export function gitlabProject(changes: Partial<GitLabProject> = {}): GitLabProject {
  return {
    file: "catalog/acme/shop.yaml",
    organisation: "acme",
    name: "shop",
    group: { name: "shop", path: "acme/shop", adopt: false },
    deployed: true,
    members: [],
    attributes: {},
    repositories: [gitlabRepository()],
    ...changes,
  };
}

/** The GitLab of a stack that owns it. */
export function gitlab(changes: Partial<GitLab> = {}): GitLab {
  return {
    url: "https://gitlab.example",
    token: SecretText.known("token of the platform"),
    owner: true,
    visibility: "private",
    permanently: false,
    mirrorTokens: { validDays: 365, rotateBeforeDays: 30 },
    argocdTokens: { expiresAt: "2027-11-13", renewFrom: "2027-10-14" },
    organisations: [{ name: "acme", path: "acme", adopt: false }],
    projects: [gitlabProject()],
    ...changes,
  };
}
