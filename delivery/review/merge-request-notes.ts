import { Gitlab } from "@gitbeaker/rest";
import { FACTORY_GITLAB_TOKEN } from "../gitlab/platform-token";
import { asking, unlessAbsent } from "../gitlab/refusals";
import { requesterOf } from "../gitlab/requester";
import type { Service } from "../http/service";
import { originOf, type Origin } from "./marker";

/** A note of ours below a merge request. */
export interface ReviewNote {
  readonly id: number;
  readonly body: string;
  readonly origin: Origin;
}

/** The notes below one merge request, as far as a review needs them. */
export interface Notes {
  /** The reviews that the token's user has written, the oldest first. */
  ours(): Promise<readonly ReviewNote[]>;
  create(body: string): Promise<number>;
  /** Tells whether the note was still there. */
  edit(id: number, body: string): Promise<boolean>;
  remove(id: number): Promise<void>;
}

/** Where a review's note goes. */
export interface MergeRequestPlace {
  /** The project's number, or its path. */
  readonly project: string;
  /** The merge request's number within the project. */
  readonly mergeRequest: number;
}

/** GitLab's notes. https://docs.gitlab.com/api/notes/#merge-requests */
export class MergeRequestNotes implements Notes {
  private readonly client: Gitlab;
  #user: number | undefined;

  constructor(
    private readonly service: Service,
    private readonly place: MergeRequestPlace,
  ) {
    this.client = new Gitlab({ host: service.url, requesterFn: requesterOf(service), queryTimeout: null });
  }

  async ours(): Promise<readonly ReviewNote[]> {
    const { project, mergeRequest } = this.place;
    const user = (this.#user ??= (await this.ask("user of the token", () => this.client.Users.showCurrentUser())).id);
    const notes = await this.askNotes(() =>
      this.client.MergeRequestNotes.all(project, mergeRequest, { sort: "asc", orderBy: "created_at", perPage: 100 }),
    );
    return notes
      .filter(({ author, system }) => !system && author.id === user)
      .flatMap(({ id, body }) => {
        const origin = originOf(body);
        return origin === undefined ? [] : [{ id, body, origin }];
      })
      .sort((one, other) => one.id - other.id);
  }

  async create(body: string): Promise<number> {
    const { project, mergeRequest } = this.place;
    const { id } = await this.askNotes(() => this.client.MergeRequestNotes.create(project, mergeRequest, body));
    return id;
  }

  async edit(id: number, body: string): Promise<boolean> {
    const { project, mergeRequest } = this.place;
    const work = () => this.client.MergeRequestNotes.edit(project, mergeRequest, id, { body });
    return (await this.askNotes(() => unlessAbsent(work))) !== undefined;
  }

  async remove(id: number): Promise<void> {
    const { project, mergeRequest } = this.place;
    await this.askNotes(() => unlessAbsent(() => this.client.MergeRequestNotes.remove(project, mergeRequest, id)));
  }

  private askNotes<T>(work: () => Promise<T>): Promise<T> {
    return this.ask(`merge-request !${String(this.place.mergeRequest)} of project ${this.place.project}`, work);
  }

  private ask<T>(what: string, work: () => Promise<T>): Promise<T> {
    const needs = "the scope api and the role Reporter";
    const spelling = "see that CI_PROJECT_ID and CI_MERGE_REQUEST_IID are of one merge request";
    return asking(this.service.url, { what, token: FACTORY_GITLAB_TOKEN, needs, spelling }, work);
  }
}
