import type { GitLabContext } from "../context";
import type { Commit } from "../git/commit-log";
import type { Project } from "../store/places";
import { projectUrls } from "./project";

/** A commit as it is told in lists and within branches and tags. */
export function commitBody(context: GitLabContext, project: Project, commit: Commit): Record<string, unknown> {
  return { ...commit, extended_trailers: {}, web_url: `${webUrlOf(context, project)}/-/commit/${commit.id}` };
}

/** Where people find a project. */
export function webUrlOf(context: GitLabContext, project: Project): string {
  return projectUrls(context, project).web;
}
