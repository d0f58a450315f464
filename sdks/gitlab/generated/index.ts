// Generated from the schema by `npm run sdk`. Change the generator, not this file.
import { Group } from "./group";
import { Project } from "./project";
import { ProjectHook } from "./project-hook";
import { GroupHook } from "./group-hook";
import { PipelineTrigger } from "./pipeline-trigger";
import { ProjectVariable } from "./project-variable";
import { GroupVariable } from "./group-variable";
import { ProjectPullMirror } from "./project-pull-mirror";
import { ProjectPushMirror } from "./project-push-mirror";
import { PipelineSchedule } from "./pipeline-schedule";
import { PipelineScheduleVariable } from "./pipeline-schedule-variable";
import { BranchProtection } from "./branch-protection";
import { ProjectMembership } from "./project-membership";
import { GroupMembership } from "./group-membership";
import { GroupAccessToken } from "./group-access-token";
import { ProjectAccessToken } from "./project-access-token";
import { GroupDeployToken } from "./group-deploy-token";
import { ProjectDeployToken } from "./project-deploy-token";
import { DeployKey } from "./deploy-key";
import { RepositoryFile } from "./repository-file";
import { GroupCustomAttribute } from "./group-custom-attribute";
import { ProjectCustomAttribute } from "./project-custom-attribute";
import { ProjectProtectedEnvironment } from "./project-protected-environment";
import { ProjectEnvironment } from "./project-environment";
import { ProjectLevelMrApprovals } from "./project-level-mr-approvals";
import { ProjectJobTokenScope } from "./project-job-token-scope";
import { ProjectIssueBoard } from "./project-issue-board";
import { TagProtection } from "./tag-protection";
import { Provider } from "./provider";
import { registerPackage } from "../registry";

export { Provider, type ProviderArgs } from "./provider";
export { Group, type GroupArgs, type GroupState } from "./group";
export { Project, type ProjectArgs, type ProjectState } from "./project";
export { ProjectHook, type ProjectHookArgs, type ProjectHookState } from "./project-hook";
export { GroupHook, type GroupHookArgs, type GroupHookState } from "./group-hook";
export { PipelineTrigger, type PipelineTriggerArgs, type PipelineTriggerState } from "./pipeline-trigger";
export { ProjectVariable, type ProjectVariableArgs, type ProjectVariableState } from "./project-variable";
export { GroupVariable, type GroupVariableArgs, type GroupVariableState } from "./group-variable";
export { ProjectPullMirror, type ProjectPullMirrorArgs, type ProjectPullMirrorState } from "./project-pull-mirror";
export { ProjectPushMirror, type ProjectPushMirrorArgs, type ProjectPushMirrorState } from "./project-push-mirror";
export { PipelineSchedule, type PipelineScheduleArgs, type PipelineScheduleState } from "./pipeline-schedule";
export { PipelineScheduleVariable, type PipelineScheduleVariableArgs, type PipelineScheduleVariableState } from "./pipeline-schedule-variable";
export { BranchProtection, type BranchProtectionArgs, type BranchProtectionState } from "./branch-protection";
export { ProjectMembership, type ProjectMembershipArgs, type ProjectMembershipState } from "./project-membership";
export { GroupMembership, type GroupMembershipArgs, type GroupMembershipState } from "./group-membership";
export { GroupAccessToken, type GroupAccessTokenArgs, type GroupAccessTokenState } from "./group-access-token";
export { ProjectAccessToken, type ProjectAccessTokenArgs, type ProjectAccessTokenState } from "./project-access-token";
export { GroupDeployToken, type GroupDeployTokenArgs, type GroupDeployTokenState } from "./group-deploy-token";
export { ProjectDeployToken, type ProjectDeployTokenArgs, type ProjectDeployTokenState } from "./project-deploy-token";
export { DeployKey, type DeployKeyArgs, type DeployKeyState } from "./deploy-key";
export { RepositoryFile, type RepositoryFileArgs, type RepositoryFileState } from "./repository-file";
export { GroupCustomAttribute, type GroupCustomAttributeArgs, type GroupCustomAttributeState } from "./group-custom-attribute";
export { ProjectCustomAttribute, type ProjectCustomAttributeArgs, type ProjectCustomAttributeState } from "./project-custom-attribute";
export { ProjectProtectedEnvironment, type ProjectProtectedEnvironmentArgs, type ProjectProtectedEnvironmentState } from "./project-protected-environment";
export { ProjectEnvironment, type ProjectEnvironmentArgs, type ProjectEnvironmentState } from "./project-environment";
export { ProjectLevelMrApprovals, type ProjectLevelMrApprovalsArgs, type ProjectLevelMrApprovalsState } from "./project-level-mr-approvals";
export { ProjectJobTokenScope, type ProjectJobTokenScopeArgs, type ProjectJobTokenScopeState } from "./project-job-token-scope";
export { ProjectIssueBoard, type ProjectIssueBoardArgs, type ProjectIssueBoardState } from "./project-issue-board";
export { TagProtection, type TagProtectionArgs, type TagProtectionState } from "./tag-protection";

registerPackage("gitlab", Provider, [
  ["index/group", Group],
  ["index/project", Project],
  ["index/projectHook", ProjectHook],
  ["index/groupHook", GroupHook],
  ["index/pipelineTrigger", PipelineTrigger],
  ["index/projectVariable", ProjectVariable],
  ["index/groupVariable", GroupVariable],
  ["index/projectPullMirror", ProjectPullMirror],
  ["index/projectPushMirror", ProjectPushMirror],
  ["index/pipelineSchedule", PipelineSchedule],
  ["index/pipelineScheduleVariable", PipelineScheduleVariable],
  ["index/branchProtection", BranchProtection],
  ["index/projectMembership", ProjectMembership],
  ["index/groupMembership", GroupMembership],
  ["index/groupAccessToken", GroupAccessToken],
  ["index/projectAccessToken", ProjectAccessToken],
  ["index/groupDeployToken", GroupDeployToken],
  ["index/projectDeployToken", ProjectDeployToken],
  ["index/deployKey", DeployKey],
  ["index/repositoryFile", RepositoryFile],
  ["index/groupCustomAttribute", GroupCustomAttribute],
  ["index/projectCustomAttribute", ProjectCustomAttribute],
  ["index/projectProtectedEnvironment", ProjectProtectedEnvironment],
  ["index/projectEnvironment", ProjectEnvironment],
  ["index/projectLevelMrApprovals", ProjectLevelMrApprovals],
  ["index/projectJobTokenScope", ProjectJobTokenScope],
  ["index/projectIssueBoard", ProjectIssueBoard],
  ["index/tagProtection", TagProtection],
]);
