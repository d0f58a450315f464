import { describe, expect, it } from "vitest";
import { hostingOf } from "../../../../delivery/promote/hosting";

/** A clone with these remotes. */
function clone(remotes: Readonly<Record<string, string>>) {
  const ask = ([command, , name = ""]: readonly string[]) => {
    return Promise.resolve(command === "remote" && name !== "" ? remotes[name] : Object.keys(remotes).join("\n"));
  };
  return { folder: "/clone", ask };
}

describe("The GitLab that a clone is from", () => {
  it.each([
    ["https://gitlab.example/platform/factory.git", [], "https://gitlab.example", "platform/factory"],
    ["https://gitlab.example:8443/a/b/c/", [], "https://gitlab.example:8443", "a/b/c"],
    ["https://example.org/git/a/b.git", ["https://example.org/git/"], "https://example.org/git", "a/b"],
    ["git@gitlab.example:platform/factory.git", [], "https://gitlab.example", "platform/factory"],
    ["ssh://git@gitlab.example:2222/a/b.git", ["https://gitlab.example:8443"], "https://gitlab.example:8443", "a/b"],
  ])("of %s, where %j is known", async (remote, known, url, path) => {
    expect(await hostingOf(clone({ other: "https://elsewhere.example/x/y.git", origin: remote }), known)).toEqual({
      url,
      path,
      remote,
    });
  });

  it("is named without the token that pipelines have in the URL", async () => {
    const remote = "https://gitlab-ci-token:s3cret@gitlab.example/a/b.git";
    const found = await hostingOf(clone({ upstream: remote }), []);
    expect(found).toEqual({ url: "https://gitlab.example", path: "a/b", remote: "https://gitlab.example/a/b.git" });
  });

  it.each([
    [{}, /has no remote/],
    [{ one: "https://a.example/a/b.git", two: "https://b.example/a/b.git" }, /has no remote[\s\S]*one, two/],
    [{ origin: "/srv/git/factory.git" }, /is on no GitLab\n.*\/srv\/git\/factory.git/],
  ])("is none of %j", async (remotes, message) => {
    await expect(hostingOf(clone(remotes), [])).rejects.toThrow(message);
  });
});
