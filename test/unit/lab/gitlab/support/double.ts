import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type GitLab, type GitLabOptions, startGitLab } from "../../../../../lab/gitlab/gitlab";

export interface Answer<T> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

/** A double in a folder of its own, and a client that speaks to it as plainly as curl does. */
export class Double {
  private constructor(
    readonly gitlab: GitLab,
    private readonly parent: string,
  ) {}

  static async start(options: Omit<GitLabOptions, "folder"> = {}): Promise<Double> {
    const parent = mkdtempSync(join(tmpdir(), "gitops-factory-gitlab-"));
    return new Double(await startGitLab({ folder: join(parent, "gitlab"), ...options }), parent);
  }

  async stop(): Promise<void> {
    await this.gitlab.close();
    rmSync(this.parent, { recursive: true, force: true });
  }

  /** @param path below `/api/v4`. @param token the administrator's when absent; none for "" */
  async call<T = Record<string, unknown>>(
    method: string,
    path: string,
    body?: object,
    token = this.gitlab.rootToken,
  ): Promise<Answer<T>> {
    const response = await fetch(`${this.gitlab.url}/api/v4${path}`, {
      method,
      headers: {
        ...(token !== "" && { "private-token": token }),
        ...(body !== undefined && { "content-type": "application/json" }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const parsed = text === "" ? undefined : (JSON.parse(text) as unknown);
    return { status: response.status, headers: response.headers, body: parsed as T };
  }

  /** A call that has to succeed: its body. */
  async make<T = Record<string, unknown>>(method: string, path: string, body?: object, token?: string): Promise<T> {
    const answer = await this.call<T>(method, path, body, token);
    if (answer.status >= 300)
      throw new Error(`${method} ${path}: ${String(answer.status)} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }
}
