import { describe, expect, it } from "vitest";
import { MergeRequests } from "../../../../delivery/gitlab/merge-requests";
import { Service } from "../../../../delivery/http/service";

const project = { id: 7, path: "platform/factory", defaultBranch: "main" };
const text = { source: "factory/promote", target: "main", title: "Promote", description: "What prod gets\n" };
const open = { iid: 3, web_url: "https://gitlab.example/3", title: "Promote", description: "What prod gets" };

/** GitLab that answers by method, and what it was asked. */
function gitlab(answers: Readonly<Record<string, readonly [status: number, body: unknown]>>) {
  const asked: string[] = [];
  const service = new Service({
    name: "GitLab",
    url: "https://gitlab.example",
    place: "the remote",
    headers: {},
    patience: { clock: { now: () => 0, sleep: () => Promise.resolve() }, outageMs: 0, tell: () => undefined },
    signal: new AbortController().signal,
    send: ({ method, url }) => {
      asked.push(`${method} ${url.pathname}`);
      const [status, body] = answers[method] ?? [404, { message: "404 Not Found" }];
      return Promise.resolve({ status, headers: {}, text: JSON.stringify(body) });
    },
  });
  return { api: new MergeRequests(service), asked };
}

describe("One merge request of a branch", () => {
  it("is made where there is none", async () => {
    const { api, asked } = gitlab({ GET: [200, []], POST: [201, { ...open, iid: 4 }] });
    expect(await api.put(project, text)).toEqual({ iid: 4, url: open.web_url, state: "created" });
    expect(asked).toEqual(["GET /api/v4/projects/7/merge_requests", "POST /api/v4/projects/7/merge_requests"]);
  });

  it("is left alone where it says the same, and brought up to date where not", async () => {
    const same = gitlab({ GET: [200, [open]] });
    expect(await same.api.put(project, text)).toMatchObject({ iid: 3, state: "unchanged" });
    const other = gitlab({ GET: [200, [{ ...open, title: "Draft" }]], PUT: [200, open] });
    expect(await other.api.put(project, text)).toMatchObject({ iid: 3, state: "updated" });
    expect(other.asked.at(-1)).toBe("PUT /api/v4/projects/7/merge_requests/3");
  });

  it.each([
    [401, "401 Unauthorized", /does not take the token[\s\S]*FACTORY_GITLAB_TOKEN/],
    [403, "403 Forbidden", /role does not allow this\n[\s\S]*scope api and the role Developer/],
    [404, "404 Project Not Found", /there is no such merge[\s\S]*git remote get-url/],
  ])("is refused with what to do about it (%s)", async (status, message, explained) => {
    const { api } = gitlab({ GET: [status, { message }] });
    await expect(api.put(project, text)).rejects.toThrow(explained);
  });
});
