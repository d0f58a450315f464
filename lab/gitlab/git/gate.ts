import { randomUUID } from "node:crypto";
import { join, relative } from "node:path";
import type { Admission, GitGate, GitKnock } from "../../git/http/gate";
import { isVisible } from "../auth/access";
import { pushesCode, readsCode } from "../auth/authorize-code";
import { level } from "../auth/levels";
import { findMovedProject, findProject, projectPath } from "../auth/paths";
import type { GitLabContext } from "../context";
import { projectRepository } from "../repository";
import type { User } from "../store/people";
import type { Project } from "../store/places";
import type { HookVariables } from "./hooks";
import { type GitCaller, gitCallerOf } from "./login";
import { rulesForHooks } from "./protection";
import { takePushReport } from "./push-report";
import { recordPush } from "./record-push";

/** GitLab's words to people's git. */
const words = {
  denied: "HTTP Basic: Access denied. The token is unknown, expired or revoked, or none was given.",
  upload: "You are not allowed to upload code.",
  download: "You are not allowed to download code.",
  downloadHere: "You are not allowed to download code from this project.",
};

/** The gate of the double: its tokens, members and protected branches. */
export function gitLabGate(context: GitLabContext): GitGate {
  return (knock) => {
    const caller = knock.login === undefined ? undefined : gitCallerOf(context, knock.login);
    if (knock.login !== undefined && caller === undefined) return { verdict: "log in", text: words.denied };
    const project = knock.path === undefined ? undefined : projectOf(context, knock.path);
    return caller === undefined ? judgeStranger(context, knock, project) : judge(context, knock, project, caller);
  };
}

/** Nobody learns what is there without logging in, but for public projects. */
function judgeStranger(context: GitLabContext, { need }: GitKnock, project: Project | undefined): Admission {
  if (need === "write" || project?.visibility !== "public") return { verdict: "log in", text: words.denied };
  return admit(context, project);
}

function judge(context: GitLabContext, { need }: GitKnock, project: Project | undefined, caller: GitCaller): Admission {
  if (need === "read" && !caller.reads) return { verdict: "read only", text: words.download };
  if (need === "write" && !caller.writes) return { verdict: "read only", text: words.upload };
  if (project === undefined) return { verdict: "not found" };
  const role = caller.role(project);
  if (!isVisible(project.visibility, caller.user, role)) return { verdict: "not found" };
  if (need === "read") {
    return readsCode(project, role)
      ? admit(context, project, caller.name)
      : { verdict: "read only", text: words.downloadHere };
  }
  if (caller.user === undefined || !pushesCode(project, role)) return { verdict: "read only" };
  return admitPush(context, project, caller.user, role);
}

function admit(context: GitLabContext, project: Project, user?: string): Admission & { verdict: "allowed" } {
  return {
    verdict: "allowed",
    path: projectPath(context.store, project),
    folder: relative(context.files.repositories, projectRepository(context, project)),
    ...(user !== undefined && { user }),
  };
}

function admitPush(context: GitLabContext, project: Project, user: User, role: number): Admission {
  const report = join(projectRepository(context, project), `push-${randomUUID()}`);
  const { branches, tags } = rulesForHooks(context, project, user, role);
  const variables: HookVariables = {
    GITLAB_PROTECTED_BRANCHES: branches,
    GITLAB_PROTECTED_TAGS: tags,
    GITLAB_DEFAULT_BRANCH: project.default_branch,
    GITLAB_MAINTAINS: role >= level.maintainer ? "yes" : "no",
    GITLAB_PUSH_REPORT: report,
  };
  return {
    ...admit(context, project, user.username),
    env: { ...variables, ...pushOptions },
    ended: async () => {
      const pushed = takePushReport(report);
      for (const change of pushed?.changes ?? []) {
        const push = { project_id: project.id, user_id: user.id, ...change, push_options: pushed?.options ?? [] };
        await recordPush(context, push).catch((error: unknown) => {
          context.log(
            `push to ${project.path}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
          );
        });
      }
    },
  };
}

/** Lets `git push --push-option` through to the hooks. */
const pushOptions = {
  GIT_CONFIG_COUNT: "1",
  GIT_CONFIG_KEY_0: "receive.advertisePushOptions",
  GIT_CONFIG_VALUE_0: "true",
};

/** Clones go on from a path that a project had. */
function projectOf({ store }: GitLabContext, path: string): Project | undefined {
  return findProject(store, path) ?? findMovedProject(store, path);
}
