import type { Kind } from "../kind";
import { groupAccessToken, projectAccessToken } from "./access-tokens";
import { groupCustomAttribute, projectCustomAttribute } from "./custom-attributes";
import { deployKey } from "./deploy-key";
import { groupDeployToken, projectDeployToken } from "./deploy-tokens";
import { projectEnvironment, projectProtectedEnvironment } from "./environments";
import { group } from "./group";
import { groupHook, projectHook } from "./hooks";
import { groupMembership, projectMembership } from "./memberships";
import { pipelineTrigger } from "./pipeline-trigger";
import { project } from "./project";
import { branchProtection, tagProtection } from "./protections";
import { repositoryFile } from "./repository-file";
import { pipelineSchedule, pipelineScheduleVariable } from "./schedules";
import { groupVariable, projectVariable } from "./variables";

/** The resource types that the double has. */
export const kinds: readonly Kind[] = [
  branchProtection,
  deployKey,
  group,
  groupAccessToken,
  groupCustomAttribute,
  groupDeployToken,
  groupHook,
  groupMembership,
  groupVariable,
  pipelineSchedule,
  pipelineScheduleVariable,
  pipelineTrigger,
  project,
  projectAccessToken,
  projectCustomAttribute,
  projectDeployToken,
  projectEnvironment,
  projectHook,
  projectMembership,
  projectProtectedEnvironment,
  projectVariable,
  repositoryFile,
  tagProtection,
];
