import type { FastifyInstance } from "fastify";
import type { GitLabContext } from "../context";
import { userRoutes } from "./users";
import { versionRoutes } from "./version";

/** Adds the routes of one area. */
export type Area = (app: FastifyInstance, context: GitLabContext) => void;

/** Every area, in the order of the alphabet. */
export const areas: readonly Area[] = [userRoutes, versionRoutes];
