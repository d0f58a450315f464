import type { FastifyInstance } from "fastify";
import type { GitLabContext } from "../context";
import { gitOverHttp } from "../git/over-http";
import { accessTokenRoutes } from "./access-tokens";
import { applicationSettingRoutes } from "./application-settings";
import { branchRoutes } from "./branches";
import { commitStatusRoutes } from "./commit-statuses";
import { commitRoutes } from "./commits";
import { customAttributeRoutes } from "./custom-attributes";
import { deployKeyRoutes } from "./deploy-keys";
import { deployTokenRoutes } from "./deploy-tokens";
import { environmentProtectionRoutes } from "./environment-protection";
import { environmentRoutes } from "./environments";
import { eventRoutes } from "./events";
import { groupListRoutes } from "./group-lists";
import { groupRoutes } from "./groups";
import { hookRoutes } from "./hooks";
import { jobArtifactRoutes } from "./job-artifacts";
import { jobTokenScopeRoutes } from "./job-token-scope";
import { jobRoutes } from "./jobs";
import { lintRoutes } from "./lint";
import { memberRoutes } from "./members";
import { mergeRequestChangeRoutes } from "./merge-request-changes";
import { mergeRequestHooks } from "./merge-request-hooks";
import { mergeRequestMergeRoutes } from "./merge-request-merge";
import { mergeRequestRoutes } from "./merge-requests";
import { namespaceRoutes } from "./namespaces";
import { noteDiscussionRoutes } from "./note-discussions";
import { noteRoutes } from "./notes";
import { personalAccessTokenRoutes } from "./personal-access-tokens";
import { pipelineRoutes } from "./pipelines";
import { projectRoutes } from "./projects";
import { protectedBranchRoutes } from "./protected-branches";
import { protectedTagRoutes } from "./protected-tags";
import { repositoryArchiveRoutes } from "./repository-archive";
import { repositoryFileRoutes } from "./repository-files";
import { repositoryTreeRoutes } from "./repository-tree";
import { scheduleVariableRoutes } from "./schedule-variables";
import { scheduleRoutes } from "./schedules";
import { tagRoutes } from "./tags";
import { transferRoutes } from "./transfers";
import { triggerRoutes } from "./triggers";
import { userRoutes } from "./users";
import { variableRoutes } from "./variables";
import { versionRoutes } from "./version";

/** Adds the routes of one area. */
export type Area = (app: FastifyInstance, context: GitLabContext) => void;

/** Every area, in the order of the alphabet. */
export const areas: readonly Area[] = [
  accessTokenRoutes,
  applicationSettingRoutes,
  branchRoutes,
  commitRoutes,
  commitStatusRoutes,
  customAttributeRoutes,
  deployKeyRoutes,
  deployTokenRoutes,
  environmentProtectionRoutes,
  environmentRoutes,
  eventRoutes,
  gitOverHttp,
  groupListRoutes,
  groupRoutes,
  hookRoutes,
  jobArtifactRoutes,
  jobRoutes,
  jobTokenScopeRoutes,
  lintRoutes,
  memberRoutes,
  mergeRequestChangeRoutes,
  mergeRequestHooks,
  mergeRequestMergeRoutes,
  mergeRequestRoutes,
  namespaceRoutes,
  noteDiscussionRoutes,
  noteRoutes,
  personalAccessTokenRoutes,
  pipelineRoutes,
  projectRoutes,
  protectedBranchRoutes,
  protectedTagRoutes,
  repositoryArchiveRoutes,
  repositoryFileRoutes,
  repositoryTreeRoutes,
  scheduleRoutes,
  scheduleVariableRoutes,
  tagRoutes,
  transferRoutes,
  triggerRoutes,
  userRoutes,
  variableRoutes,
  versionRoutes,
];
