import { type PropertyMap, Secret } from "../../../../../lab/plugins/rpc";

/** What the arguments of a scenario refer to. */
export interface Place {
  /** A group's id. */
  readonly group: string;
  /** The id of one of its projects, which has a branch `main`. */
  readonly project: string;
  /** The id of a schedule of that project. */
  readonly schedule: string;
  /** The id of a user who is no member of either. */
  readonly user: string;
}

/** A resource through its life. */
export interface Scenario {
  readonly kind: string;
  readonly args: (place: Place) => PropertyMap;
  /** The id. A number may be any where `#` stands. */
  readonly id: (place: Place) => string;
  /** Some of the outputs, in clear. */
  readonly outputs: PropertyMap;
  readonly secrets?: readonly string[];
  /** Arguments that change it in place. */
  readonly update?: PropertyMap;
  /** Arguments that need another one. */
  readonly replace?: PropertyMap;
  /** Outputs that an import cannot know. */
  readonly unknownByImport?: readonly string[];
}

const key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHUV2lUo7xOqmN2mJsQGqkX0h1kL9oJp8gB3rQv4wXyZ";

export const scenarios: readonly Scenario[] = [
  {
    kind: "Group",
    args: ({ group }) => ({
      name: "Inner",
      path: "inner",
      parentId: group,
      visibilityLevel: "private",
      defaultBranchProtectionDefaults: { allowedToPushes: ["maintainer"], allowForcePush: false },
    }),
    id: () => "#",
    outputs: { fullPath: "acme/inner", subgroupCreationLevel: "maintainer" },
    secrets: ["runnersToken"],
    update: { description: "Inner things", subgroupCreationLevel: "owner" },
  },
  {
    kind: "Project",
    args: ({ group }) => ({ name: "web", namespaceId: group, ciConfigPath: ".gitlab-ci-dso.yml", topics: ["b", "a"] }),
    id: () => "#",
    outputs: { pathWithNamespace: "acme/web", emptyRepo: true, archived: false },
    secrets: ["runnersToken"],
    update: { description: "Pages", topics: ["a"], archived: true },
    replace: { templateName: "rails" },
  },
  {
    kind: "ProjectHook",
    args: ({ project }) => ({ project, url: "https://argocd.example/api/webhook", token: "an agreed word" }),
    id: ({ project }) => `${project}:#`,
    outputs: { name: "thing-4bf5122", pushEvents: true, tagPushEvents: false, enableSslVerification: true },
    secrets: ["token"],
    update: { tagPushEvents: true },
    replace: { url: "https://other.example" },
    unknownByImport: ["token"],
  },
  {
    kind: "GroupHook",
    args: ({ group }) => ({ group, url: "https://argocd.example/api/webhook", name: "argocd" }),
    id: ({ group }) => `${group}:#`,
    outputs: { name: "argocd", pushEvents: true },
    secrets: ["token"],
    update: { pushEvents: false, releasesEvents: true },
  },
  {
    kind: "PipelineTrigger",
    args: ({ project }) => ({ project, description: "mirror" }),
    id: ({ project }) => `${project}:#`,
    outputs: { description: "mirror" },
    secrets: ["token"],
    update: { description: "the mirror" },
  },
  {
    kind: "ProjectVariable",
    args: ({ project }) => ({ project, key: "PASSWORD", value: new Secret("abcdefgh1234"), masked: true }),
    id: ({ project }) => `${project}:PASSWORD:*`,
    outputs: { masked: true, protected: false, raw: false, variableType: "env_var", environmentScope: "*" },
    secrets: ["value"],
    update: { value: new Secret("another-word-9"), protected: true },
    replace: { environmentScope: "prod" },
  },
  {
    kind: "ProjectVariable",
    args: ({ project }) => ({ project, key: "HIDDEN", value: "abcdefgh1234", masked: true, hidden: true }),
    id: ({ project }) => `${project}:HIDDEN:*`,
    outputs: { hidden: true, value: "abcdefgh1234" },
    update: { value: "another-word-9" },
    replace: { hidden: false },
    unknownByImport: ["value"],
  },
  {
    kind: "GroupVariable",
    args: ({ group }) => ({ group, key: "CA", value: "PEM", variableType: "file" }),
    id: ({ group }) => `${group}:CA:*`,
    outputs: { variableType: "file" },
    update: { value: "another PEM" },
  },
  {
    kind: "PipelineSchedule",
    args: ({ project }) => ({ project, description: "nightly", ref: "refs/heads/main", cron: "0 3 * * *" }),
    id: ({ project }) => `${project}:#`,
    outputs: { active: true, cronTimezone: "UTC", ref: "refs/heads/main" },
    update: { active: false, cron: "0 4 * * *" },
  },
  {
    kind: "PipelineScheduleVariable",
    args: ({ project, schedule }) => ({ project, pipelineScheduleId: schedule, key: "SYNC_ALL", value: "true" }),
    id: ({ project, schedule }) => `${project}:${schedule}:SYNC_ALL`,
    outputs: { variableType: "env_var" },
    update: { value: "false" },
    replace: { key: "OTHER" },
  },
  {
    kind: "BranchProtection",
    args: ({ project }) => ({ project, branch: "main", pushAccessLevel: "no one", mergeAccessLevel: "developer" }),
    id: ({ project }) => `${project}:main`,
    outputs: { pushAccessLevel: "no one", mergeAccessLevel: "developer", allowForcePush: false },
    update: { allowForcePush: true },
    replace: { pushAccessLevel: "maintainer" },
  },
  {
    kind: "TagProtection",
    args: ({ project }) => ({ project, tag: "v*", createAccessLevel: "maintainer" }),
    id: ({ project }) => `${project}:v*`,
    outputs: { createAccessLevel: "maintainer" },
    replace: { createAccessLevel: "developer" },
  },
  {
    kind: "GroupMembership",
    args: ({ group, user }) => ({ groupId: group, userId: user, accessLevel: "developer" }),
    id: ({ group, user }) => `${group}:${user}`,
    outputs: { accessLevel: "developer", expiresAt: "" },
    update: { accessLevel: "maintainer", expiresAt: "2030-01-01" },
  },
  {
    kind: "ProjectMembership",
    args: ({ project, user }) => ({ project, userId: user, accessLevel: "reporter", expiresAt: "2030-01-01" }),
    id: ({ project, user }) => `${project}:${user}`,
    outputs: { accessLevel: "reporter", expiresAt: "2030-01-01" },
    update: { accessLevel: "maintainer" },
    replace: { userId: 1 },
  },
  {
    kind: "GroupDeployToken",
    args: ({ group }) => ({ group, name: "argocd", scopes: ["read_repository"], expiresAt: "2030-01-01" }),
    id: ({ group }) => `${group}:#`,
    outputs: { expiresAt: "2030-01-01", expired: false, revoked: false },
    secrets: ["token"],
    replace: { expiresAt: "2030-02-01" },
    unknownByImport: ["token", "expiresAt"],
  },
  {
    kind: "ProjectDeployToken",
    args: ({ project }) => ({
      project,
      name: "argocd",
      scopes: ["read_repository", "read_registry"],
      username: "argo",
    }),
    id: ({ project }) => `${project}:#`,
    outputs: { username: "argo", expiresAt: "" },
    secrets: ["token"],
    replace: { scopes: ["read_repository"] },
    unknownByImport: ["token"],
  },
  {
    kind: "DeployKey",
    args: ({ project }) => ({ project, title: "argocd", key: `${key} argocd` }),
    id: ({ project }) => `${project}:#`,
    outputs: { key: `${key} argocd` },
    replace: { canPush: true },
  },
  {
    kind: "RepositoryFile",
    args: ({ project }) => ({
      ...{ project, branch: "main", filePath: "bin/mirror.sh", commitMessage: "mirror" },
      ...{ content: "#!/bin/sh\n", encoding: "text", executeFilemode: true },
    }),
    id: ({ project }) => `${project}:main:bin/mirror.sh`,
    outputs: { content: "#!/bin/sh\n", executeFilemode: true, size: 10 },
    update: { content: "#!/bin/bash\n" },
    replace: { branch: "other" },
    unknownByImport: ["content", "encoding", "commitMessage"],
  },
  {
    kind: "ProjectEnvironment",
    args: ({ project }) => ({ project, name: "prod", stopBeforeDestroy: true }),
    id: ({ project }) => `${project}:#`,
    outputs: { slug: "prod", state: "available" },
    update: { externalUrl: "https://shop.example" },
    replace: { name: "staging" },
  },
  {
    kind: "ProjectProtectedEnvironment",
    args: ({ project }) => ({
      ...{ project, environment: "prod" },
      deployAccessLevelsAttributes: [{ accessLevel: "maintainer" }],
    }),
    id: ({ project }) => `${project}:prod`,
    outputs: { environment: "prod" },
    replace: { deployAccessLevelsAttributes: [{ accessLevel: "developer" }] },
  },
  {
    kind: "GroupCustomAttribute",
    args: ({ group }) => ({ group, key: "managed-by", value: "gitops-factory" }),
    id: ({ group }) => `${group}:managed-by`,
    outputs: { value: "gitops-factory" },
    update: { value: "somebody" },
  },
  {
    kind: "ProjectCustomAttribute",
    args: ({ project }) => ({ project, key: "managed-by", value: "gitops-factory" }),
    id: ({ project }) => `${project}:managed-by`,
    outputs: { value: "gitops-factory" },
    replace: { key: "made-by" },
  },
];
