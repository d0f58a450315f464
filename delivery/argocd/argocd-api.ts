import { UserError, type Problem } from "../../model/problem";
import { Refusal, type Service } from "../http/service";
import type { Application, Health } from "./application";

/** One object of an Application, with Argo CD's judgement on it. */
export interface ResourceNode {
  readonly kind: string;
  readonly name: string;
  readonly health?: Health;
}

/** What is known of a commit, as Argo CD's repo server reads it. */
export interface RevisionMetadata {
  readonly author?: string;
  readonly date?: string;
  readonly message?: string;
}

const TOKEN = "ARGOCD_AUTH_TOKEN";

/** Argo CD's REST API, as far as a delivery asks it. */
export class ArgoCdApi {
  constructor(private readonly service: Service) {}

  get url(): string {
    return this.service.url;
  }

  /**
   * @param refresh has Argo CD look at the repository first, rather than when its time has come
   * @throws UserError when it may not be read or is not there
   */
  async application(name: string, refresh: boolean): Promise<Application> {
    const path = `/api/v1/applications/${encodeURIComponent(name)}${refresh ? "?refresh=normal" : ""}`;
    return (await this.ask(path, `Application ${name}`)) as Application;
  }

  /** All Applications that the token may get. */
  async applications(): Promise<readonly Application[]> {
    const { items } = (await this.ask("/api/v1/applications", "Applications")) as { items?: Application[] | null };
    return items ?? [];
  }

  /** The objects that are not healthy, with the reasons. */
  async unhealthy(name: string): Promise<readonly ResourceNode[]> {
    const path = `/api/v1/applications/${encodeURIComponent(name)}/resource-tree`;
    const { nodes } = (await this.ask(path, `Application ${name}`)) as { nodes?: ResourceNode[] | null };
    return (nodes ?? []).filter(({ health }) => !["Healthy", "Suspended", undefined].includes(health?.status));
  }

  /** Absent where Argo CD cannot tell. */
  async revisionMetadata(name: string, revision: string): Promise<RevisionMetadata | undefined> {
    const path = `/api/v1/applications/${encodeURIComponent(name)}/revisions/${encodeURIComponent(revision)}/metadata`;
    try {
      return (await this.service.request({ method: "GET", path })).body as RevisionMetadata;
    } catch (error) {
      if (error instanceof Refusal) return undefined;
      throw error;
    }
  }

  private async ask(path: string, what: string): Promise<unknown> {
    try {
      const { body } = await this.service.request({ method: "GET", path });
      if (typeof body === "object" && body !== null) return body;
      throw new Refusal(this.service.name, 200, "a page of HTML", path);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      throw new UserError([this.explain(what, error)]);
    }
  }

  private explain(what: string, { status, words }: Refusal): Problem {
    const problem = {
      severity: "error",
      file: this.url,
      path: what,
      value: `${String(status)} ${words}`,
    } as const;
    switch (status) {
      case 401:
        return {
          ...problem,
          message: "Argo CD does not take the token: it is wrong or has expired",
          fix: `log in again, or make a new one (argocd account generate-token, or argocd proj role create-token), and give it by ${TOKEN}`,
        };
      case 403:
        // Argo CD does not tell whoever may not look whether there is something.
        return {
          ...problem,
          message: "the token may not get it, or there is no such Application",
          fix: `correct organisation, project, environment or application in redeploy.yaml; else give a token of a role that may get the project's applications by ${TOKEN}`,
        };
      case 404:
        return {
          ...problem,
          message: "there is no such Application",
          fix: "correct organisation, project, environment or application in redeploy.yaml; or add the repository to the catalogue",
        };
      default:
        return {
          ...problem,
          message: status < 400 ? "this is not Argo CD's API, or something stands before it" : "Argo CD refuses",
          fix: "correct the URL: Argo CD's own address, as its pages have it, by https where it redirects",
        };
    }
  }
}
