import { Gitlab } from "@gitbeaker/rest";
import type { Service } from "../http/service";
import { FACTORY_GITLAB_TOKEN } from "./platform-token";
import { asking } from "./refusals";
import { requesterOf } from "./requester";

const NEEDS = "the scope api and the role Developer in the platform's repository";

export interface HostingProject {
  readonly id: number;
  readonly path: string;
  readonly defaultBranch: string;
}

export interface MergeRequestText {
  readonly source: string;
  readonly target: string;
  readonly title: string;
  readonly description: string;
}

export interface MergeRequest {
  readonly iid: number;
  readonly url: string;
  /** What was done with it. */
  readonly state: "created" | "updated" | "unchanged";
}

/** Merge requests by GitLab's REST API: https://docs.gitlab.com/api/merge_requests/ */
export class MergeRequests {
  private readonly client: Gitlab;

  constructor(private readonly service: Service) {
    // The token is the service's, so that it is in no object of the client's.
    this.client = new Gitlab({ host: service.url, requesterFn: requesterOf(service), queryTimeout: null });
  }

  /** Throws a UserError where there is no such project, or the token may not see it. */
  async project(path: string): Promise<HostingProject> {
    const found = await this.ask(`project ${path}`, () => this.client.Projects.show(path));
    return { id: found.id, path: found.path_with_namespace, defaultBranch: found.default_branch };
  }

  /**
   * Sees to it that there is one open merge request from a branch, with this text. It is known by its branches.
   *
   * @throws UserError when GitLab refuses
   */
  async put(project: HostingProject, text: MergeRequestText): Promise<MergeRequest> {
    const { source, target, title, description } = text;
    const what = `merge requests of ${project.path}`;
    const [open] = await this.ask(what, () =>
      this.client.MergeRequests.all({
        projectId: project.id,
        state: "opened",
        sourceBranch: source,
        targetBranch: target,
        perPage: 1,
        maxPages: 1,
      }),
    );
    if (open === undefined) {
      const made = await this.ask(what, () =>
        this.client.MergeRequests.create(project.id, source, target, title, { description, removeSourceBranch: true }),
      );
      return { iid: made.iid, url: made.web_url, state: "created" };
    }
    const known = { iid: open.iid, url: open.web_url };
    // GitLab takes white space off the end.
    if (open.title === title && open.description?.trim() === description.trim())
      return { ...known, state: "unchanged" };
    await this.ask(what, () => this.client.MergeRequests.edit(project.id, open.iid, { title, description }));
    return { ...known, state: "updated" };
  }

  private ask<T>(what: string, work: () => Promise<T>): Promise<T> {
    const spelling = "correct the URL of the clone's remote: git remote get-url origin";
    return asking(this.service.url, { what, token: FACTORY_GITLAB_TOKEN, needs: NEEDS, spelling }, work);
  }
}
