/** Pulumi's type tokens of what the rules look at on GitLab. */
export const GITLAB_GROUP = "gitlab:index/group:Group";
export const GITLAB_PROJECT = "gitlab:index/project:Project";
export const BRANCH_PROTECTION = "gitlab:index/branchProtection:BranchProtection";
export const PROJECT_HOOK = "gitlab:index/projectHook:ProjectHook";
export const GROUP_HOOK = "gitlab:index/groupHook:GroupHook";
export const PROJECT_VARIABLE = "gitlab:index/projectVariable:ProjectVariable";
export const GROUP_VARIABLE = "gitlab:index/groupVariable:GroupVariable";

/** What logs in by a token of its own. */
export const GITLAB_TOKENS = [
  "gitlab:index/groupAccessToken:GroupAccessToken",
  "gitlab:index/projectAccessToken:ProjectAccessToken",
  "gitlab:index/personalAccessToken:PersonalAccessToken",
  "gitlab:index/groupDeployToken:GroupDeployToken",
  "gitlab:index/projectDeployToken:ProjectDeployToken",
  "gitlab:index/deployToken:DeployToken",
];
