import { describe, expect, it } from "vitest";
import { gatherGitLab, type GitLabFacts } from "../../../../delivery/doctor/gitlab-facts";
import type { HttpRequest, SendHttp } from "../../../../delivery/http/http-client";
import type { GitLab } from "../../../../model/gitlab";
import { gitlab } from "../../components/gitlab/gitlab-model";

const API = "https://gitlab.example/api/v4";
const TOKEN = "personal_access_tokens/self";

/** Answers by path below the API's; what it was not told of, it does not have. */
function answering(answers: Readonly<Record<string, object | number>>, asked: HttpRequest[] = []): SendHttp {
  return (request) => {
    asked.push(request);
    const answer = answers[request.url.href.slice(API.length + 1)] ?? 404;
    const status = typeof answer === "number" ? answer : 200;
    const text = JSON.stringify(status === 200 ? answer : { message: `${String(status)} no` });
    return Promise.resolve({ status, headers: {}, text });
  };
}

function failing(code: string): SendHttp {
  return () => Promise.reject(Object.assign(new Error(code), { code }));
}

function gather(send: SendHttp, token?: string, changes: Partial<GitLab> = {}): Promise<GitLabFacts> {
  let now = 0;
  const sleep = (milliseconds: number): Promise<void> => {
    now += milliseconds;
    return Promise.resolve();
  };
  return gatherGitLab(gitlab(changes), {
    root: "/",
    env: token === undefined ? {} : { GITLAB_TOKEN: token },
    signal: new AbortController().signal,
    send,
    clock: { now: () => now, sleep },
  });
}

const known = {
  [TOKEN]: { scopes: ["api"], expires_at: "2027-03-01" },
  user: { id: 7, username: "platform", can_create_group: true },
};

describe("what the doctor asks GitLab", () => {
  it("is only whether it answers, where no token was given", async () => {
    const asked: HttpRequest[] = [];
    expect(await gather(answering({ version: 401 }, asked))).toEqual({ token: "not given", groups: [] });
    expect(asked.map(({ url, headers }) => [url.href, "private-token" in headers])).toEqual([
      [`${API}/version`, false],
    ]);
  });

  it("ends with a token that GitLab does not know, or that has not the scope for more", async () => {
    expect(await gather(answering({ [TOKEN]: 401 }), "wrong")).toEqual({ token: "not known", groups: [] });
    const seen = { ...known, [TOKEN]: { scopes: ["read_user"] } };
    expect((await gather(answering(seen), "weak")).groups).toEqual([]);
  });

  it("is each group that the stack declares: role, deploy tokens and repositories", async () => {
    const { user, groups } = await gather(
      answering({
        ...known,
        "groups/acme%2Fshop": { id: 3, full_path: "acme/shop" },
        "groups/3/members/all/7": { access_level: 40 },
        "groups/3/deploy_tokens?per_page=100": 403,
        "groups/3/projects?per_page=100": [{ path_with_namespace: "acme/shop/deploy" }],
      }),
      "right",
    );
    expect(user?.username).toBe("platform");
    expect(groups).toEqual([
      { path: "acme", group: "absent", role: 0, deployTokens: "absent", repositories: [] },
      {
        path: "acme/shop",
        group: { id: 3, full_path: "acme/shop" },
        role: 40,
        deployTokens: "hidden",
        repositories: ["acme/shop/deploy"],
      },
    ]);
  });

  it("is the parent group by its id", async () => {
    const parentGroup = { path: "platform", id: 2 };
    const send = answering({ ...known, "groups/2": { id: 2, full_path: "elsewhere" } });
    expect((await gather(send, "right", { parentGroup })).parent).toMatchObject({
      path: "platform",
      group: { full_path: "elsewhere" },
      role: 0,
    });
  });

  it.each([
    [
      "a server that is not there",
      failing("ECONNREFUSED"),
      "the connection is refused",
      "correct gitops-factory:gitlab.url",
    ],
    [
      "an authority that is not known",
      failing("SELF_SIGNED_CERT_IN_CHAIN"),
      "is not trusted (SELF_SIGNED_CERT_IN_CHAIN)",
      "set gitops-factory:gitlab.certificateAuthority",
    ],
    ["a name that is none", failing("ENOTFOUND"), "does not resolve", "correct gitops-factory:gitlab.url"],
    ["a log-in before it", answering({ version: 302 }), "GitLab answers 302", "give the address of GitLab itself"],
  ])("ends with %s, and a fix", async (_, send, message, fix) => {
    const { closed } = await gather(send);
    expect(closed?.message).toContain(message);
    expect(closed?.fix).toContain(fix);
  });
});
