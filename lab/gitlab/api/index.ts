import type { FastifyInstance } from "fastify";
import type { GitLabContext } from "../context";
import { gitOverHttp } from "../git/over-http";
import { branchRoutes } from "./branches";
import { commitRoutes } from "./commits";
import { customAttributeRoutes } from "./custom-attributes";
import { groupListRoutes } from "./group-lists";
import { groupRoutes } from "./groups";
import { memberRoutes } from "./members";
import { mergeRequestChangeRoutes } from "./merge-request-changes";
import { mergeRequestMergeRoutes } from "./merge-request-merge";
import { mergeRequestRoutes } from "./merge-requests";
import { namespaceRoutes } from "./namespaces";
import { noteDiscussionRoutes } from "./note-discussions";
import { noteRoutes } from "./notes";
import { projectRoutes } from "./projects";
import { repositoryArchiveRoutes } from "./repository-archive";
import { repositoryFileRoutes } from "./repository-files";
import { repositoryTreeRoutes } from "./repository-tree";
import { tagRoutes } from "./tags";
import { userRoutes } from "./users";
import { versionRoutes } from "./version";

/** Adds the routes of one area. */
export type Area = (app: FastifyInstance, context: GitLabContext) => void;

/** Every area, in the order of the alphabet. */
export const areas: readonly Area[] = [
  branchRoutes,
  commitRoutes,
  customAttributeRoutes,
  gitOverHttp,
  groupListRoutes,
  groupRoutes,
  memberRoutes,
  mergeRequestChangeRoutes,
  mergeRequestMergeRoutes,
  mergeRequestRoutes,
  namespaceRoutes,
  noteDiscussionRoutes,
  noteRoutes,
  projectRoutes,
  repositoryArchiveRoutes,
  repositoryFileRoutes,
  repositoryTreeRoutes,
  tagRoutes,
  userRoutes,
  versionRoutes,
];
