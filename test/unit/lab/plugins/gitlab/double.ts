import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type GitLab, startGitLab } from "../../../../../lab/gitlab/gitlab";
import { Secret } from "../../../../../lab/plugins/rpc";
import { Engine } from "./lives";
import type { Place } from "./scenarios";

/** The double of GitLab in this process, a provider that is configured for it, and something to work on. */
export interface Workshop {
  readonly gitlab: GitLab;
  readonly engine: Engine;
  readonly place: Place;
  close(): Promise<void>;
}

export async function openWorkshop(now?: () => Date): Promise<Workshop> {
  const folder = mkdtempSync(join(tmpdir(), "gitops-factory-gitlab-"));
  const gitlab = await startGitLab({ folder, ...(now === undefined ? {} : { clock: now }) });
  const settings = { baseUrl: `${gitlab.url}/api/v4/`, token: new Secret(gitlab.rootToken) };
  const engine = await new Engine(now).configure(settings);
  const group = await engine.create("Group", { name: "acme", path: "acme" });
  const args = { name: "shop", namespaceId: group.id, initializeWithReadme: true };
  const project = await engine.create("Project", args);
  const schedule = await engine.create("PipelineSchedule", {
    ...{ project: project.id, description: "hourly", ref: "refs/heads/main", cron: "0 * * * *" },
  });
  const user = await addUser(gitlab, "alice");
  return {
    gitlab,
    engine,
    place: { group: group.id, project: project.id, schedule: schedule.id.split(":")[1] as string, user },
    close: async () => {
      await gitlab.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Asks GitLab's API itself, as the administrator. */
export async function ask(gitlab: GitLab, method: string, path: string, body?: object): Promise<Response> {
  return fetch(`${gitlab.url}/api/v4/${path}`, {
    method,
    headers: { "private-token": gitlab.rootToken, ...(body && { "content-type": "application/json" }) },
    ...(body && { body: JSON.stringify(body) }),
  });
}

async function addUser(gitlab: GitLab, username: string): Promise<string> {
  const body = { username, name: username, email: `${username}@shop.example`, force_random_password: true };
  const answer = await ask(gitlab, "POST", "users", { ...body, skip_confirmation: true });
  if (!answer.ok) throw new Error(await answer.text());
  return String(((await answer.json()) as { id: number }).id);
}
