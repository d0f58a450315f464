import { describe, expect, it } from "vitest";
import { noCommit, pushEvent } from "../../../../lab/git/webhooks/push-event";

const project = { path: "acme/group/shop", defaultBranch: "main", user: "developer" };
const after = "a".repeat(40);

describe("the event of a push", () => {
  it("names the project in every way in which GitLab does", () => {
    const { event, body } = pushEvent({ before: noCommit, after, ref: "refs/heads/main" }, project, []);
    expect(event).toBe("Push Hook");
    expect(body).toMatchObject({
      object_kind: "push",
      checkout_sha: after,
      project: {
        name: "shop",
        namespace: "acme/group",
        path_with_namespace: "acme/group/shop",
        web_url: "http://git.protobox/acme/group/shop",
        git_http_url: "http://git.protobox/acme/group/shop.git",
        git_ssh_url: "git@git.protobox:acme/group/shop.git",
      },
    });
  });

  it("is of a kind of its own for tags, and has nothing to check out for what was deleted", () => {
    const { event, body } = pushEvent({ before: after, after: noCommit, ref: "refs/tags/v1" }, project, []);
    expect(event).toBe("Tag Push Hook");
    expect(body).toMatchObject({ object_kind: "tag_push", checkout_sha: null, total_commits_count: 0 });
  });
});
