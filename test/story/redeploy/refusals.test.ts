import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import type { UserError } from "../../../model/problem";
import { CONFIG } from "../../unit/delivery/redeploy/config-file";
import { synced, VALUES, world, type World } from "./delivery";

/** What a delivery is refused with; nothing may have been started or pushed. */
async function refusal(at: World, flags: Parameters<World["deliver"]>[0] = {}): Promise<string> {
  const error = await at.deliver(flags).then(
    () => new Error("it was delivered"),
    (reason: unknown) => reason as UserError,
  );
  return error.message;
}

function expectUntouched(at: World): void {
  expect(at.script.triggers).toEqual([]);
  expect(at.infra("rev-list", "--count", "main")).toBe("1");
}

describe("factory redeploy refuses before it starts anything", () => {
  it.each([
    ["a wrong GitLab token", 401, { message: "401 Unauthorized" }, /GitLab does not take the token[^]*by GITLAB_TOKEN/],
    [
      "a token of another scope",
      403,
      { error: "insufficient_scope", error_description: "The request requires higher privileges" },
      /found: {3}403 The request requires higher privileges[^]*read_api and the role Reporter by GITLAB_TOKEN/,
    ],
    [
      "an unknown project",
      404,
      { message: "404 Project Not Found" },
      /project acme\/shop\/\w+: there is no such project, or the token may not see it\n {2}found: {3}404 Project Not Found\n/,
    ],
  ])("%s", async (_, status, body, message) => {
    const at = await world();
    at.script.intercept = (__, path) => (path.startsWith("/api/v4") ? { status, body } : undefined);
    expect(await refusal(at)).toMatch(message);
    expectUntouched(at);
  });

  it.each([
    ["a token that Argo CD does not take", 401, "Argo CD does not take the token", /by ARGOCD_AUTH_TOKEN/],
    ["an Application that may not be got", 403, "permission denied", /the token may not get it, or there is no such/],
    ["an Application that is not there", 404, "not found", /there is no such Application/],
  ])("%s", async (_, status, message, expected) => {
    const at = await world();
    at.script.intercept = (__, path) => (path.startsWith("/api/v1") ? { status, body: { message } } : undefined);
    expect(await refusal(at)).toMatch(expected);
    expectUntouched(at);
  });

  it.each([
    [
      "an image that is not in the file",
      "image: other:1\n",
      /values\.yaml: the image registry\.example\/api is not in this file/,
    ],
    [
      "an image at several places",
      `a: { image: "registry.example/api:1" }\nb: { image: "registry.example/api:1" }\n`,
      /registry\.example\/api stands here at 2 places/,
    ],
    ["YAML that is broken", "image: [\n", /values\.yaml:2:1: not valid YAML/],
  ])("%s", async (_, text, message) => {
    const at = await world();
    at.pushInfra("values.yaml", text);
    expect(await refusal(at)).toMatch(message);
    expect(at.script.triggers).toEqual([]);
  });

  it("a file that is not there, an unknown branch and a wrong token, all at once", async () => {
    const at = await world((url) => CONFIG(url).replace("values.yaml", "values-dev.yaml"));
    at.script.intercept = (_, path) =>
      path.startsWith("/api/v1") ? { status: 401, body: { message: "no" } } : undefined;
    const said = await refusal(at);
    expect(said).toMatch(/error: values-dev\.yaml: there is no such file/);
    expect(said).toMatch(/Argo CD does not take the token/);
    const branch = await world((url) => CONFIG(url).replace('infra.git" }', 'infra.git", branch: staging }'));
    expect(await refusal(branch)).toMatch(/the infra repository has no such branch\n {2}found: {3}staging/);
  });

  it("what is not set in the environment, with what each is for", async () => {
    const at = await world();
    vi.stubEnv("GITLAB_TOKEN", "");
    vi.stubEnv("ARGOCD_AUTH_TOKEN_FILE", join(at.folder, "none"));
    vi.stubEnv("ARGOCD_AUTH_TOKEN", "");
    expect(await refusal(at)).toMatch(/environment: ARGOCD_AUTH_TOKEN_FILE: the file cannot be read \(ENOENT\)/);
    writeFileSync(join(at.folder, "none"), "token\n");
    expect(await refusal(at)).toMatch(
      /environment: GITLAB_TOKEN: the variable is not set\n {2}allowed: a GitLab token of the scope/,
    );
  });

  it("the tag latest, and a commit that nobody knows", async () => {
    const at = await world();
    expect(await refusal(at, { tag: "latest" })).toMatch(/factory redeploy: --tag: latest stays the same/);
    expect(await refusal(at, { commit: "v9" })).toMatch(
      /factory redeploy: --commit: no such commit is in the checkout/,
    );
    expectUntouched(at);
  });

  it("a second run at the same time", async () => {
    const at = await world();
    const ended = await Promise.allSettled([at.deliver(), at.deliver()]);
    const refused = ended.flatMap((one) => (one.status === "rejected" ? [String(one.reason)] : []));
    expect(refused).toHaveLength(1);
    expect(refused[0]).toMatch(
      /lock: another run delivers acme\/shop\/api to dev just now\n {2}found: {3}process \d+ on /,
    );
    expect(at.infra("rev-list", "--count", "main")).toBe("2");
  });
});

describe("factory redeploy stops and says why", () => {
  it("a build that fails: the job and the end of its log, without secrets", async () => {
    const at = await world();
    at.script.jobLog =
      "section_start:1:step\r\u001b[0Kgo\r\n\u001b[31mpush with glpat-reader and https://bot:pw@registry.example/x\u001b[0m\nERROR: Job failed\n";
    at.script.heads.set("acme/shop/api", at.commit);
    at.script.pipelines.push({ id: 9, project: "acme/shop/api", sha: at.commit, statuses: ["running", "failed"] });
    const said = await refusal(at);
    expect(said).toContain("https://gitlab.example/-/jobs/7: build-image: the job failed (script failure)");
    expect(said).toContain(
      "found:   go\n           push with [masked] and https://registry.example/x\n           ERROR: Job failed",
    );
    expect(said).not.toMatch(/glpat-reader|bot:pw/);
    expect(at.infra("rev-list", "--count", "main")).toBe("1");
  });

  it("a mirror that brings something else", async () => {
    const at = await world();
    at.script.mirror = (name) => void at.script.heads.set(`acme/shop/${name}`, "e".repeat(40));
    expect(await refusal(at)).toMatch(
      /the mirror has run, but it has not brought the commit \w{8}\n {2}found: {3}eeeeeeee at the branch's head/,
    );
  });

  it("a commit that GitLab builds no pipeline for", async () => {
    const at = await world();
    at.script.heads.set("acme/shop/api", at.commit);
    expect(await refusal(at)).toMatch(
      /GitLab has made no pipeline for this commit within 120 s[^]*\.gitlab-ci-dso\.yml/,
    );
  });

  it("a commit that a later one of the same push stands for, at once, with that one's name", async () => {
    const at = await world();
    const later = "d".repeat(40);
    at.script.heads.set("acme/shop/api", later);
    at.script.intercept = (_, path) => {
      if (path.includes(`/repository/commits/${at.commit}`)) return { status: 200, body: { id: at.commit } };
      return path.includes("/repository/compare") ? { status: 200, body: { commits: [] } } : undefined;
    };
    at.script.pipelines.push({ id: 9, project: "acme/shop/api", sha: later, statuses: ["running"] });
    expect(await refusal(at)).toMatch(/a later commit, d{8}, came in the same push[^]*--commit d{40}/);
  });

  it("a protected branch, with the server's words and nothing pushed", async () => {
    const at = await world();
    const hook = join(at.folder, "infra.git", "hooks", "pre-receive");
    writeFileSync(
      hook,
      "#!/bin/sh\necho 'GitLab: You are not allowed to push code to protected branches.' >&2\nexit 1\n",
    );
    chmodSync(hook, 0o755);
    const said = await refusal(at);
    expect(said).toMatch(/origin\/main: the server refused the push; nothing was pushed\n/);
    expect(said).toContain("You are not allowed to push code to protected branches");
    expect(at.infra("show", "main:values.yaml")).toBe(VALUES.trim());
  });

  it("a wrong trigger token", async () => {
    const at = await world();
    vi.stubEnv("MIRROR_TRIGGER_TOKEN", "glptt-wrong");
    expect(await refusal(at)).toMatch(
      /trigger of acme\/shop\/mirror: there is no such trigger[^]*by MIRROR_TRIGGER_TOKEN/,
    );
  });

  it.each([
    [
      "a synchronisation that fails",
      {
        sync: "OutOfSync",
        operationState: {
          phase: "Failed",
          message: "one or more objects failed to apply",
          resources: [{ kind: "Deployment", name: "api", status: "SyncFailed", message: "exceeded quota" }],
        },
      },
      /ended with Failed: one or more objects failed to apply\n {2}found: {3}Deployment api: exceeded quota/,
    ],
    [
      "pods that do not come up",
      { health: { status: "Degraded" } },
      /the Application is Synced, but Degraded\n {2}found: {3}Pod api-1 is Degraded: ImagePullBackOff/,
    ],
    [
      "manifests that cannot be read",
      { conditions: [{ type: "ComparisonError", message: "kustomize build failed" }] },
      /ComparisonError: kustomize build failed/,
    ],
  ])("%s, in Argo CD's words", async (_, status, message) => {
    const at = await world();
    at.script.resourceTree = {
      nodes: [{ kind: "Pod", name: "api-1", health: { status: "Degraded", message: "ImagePullBackOff" } }],
    };
    at.script.application = () => {
      const revision = at.script.heads.get("acme/shop/deploy") ?? "";
      const { sync, operationState, ...rest } = status as { sync?: string; operationState?: { resources: unknown[] } };
      return synced(revision, {
        ...rest,
        ...(sync !== undefined && { sync: { status: sync, revision } }),
        ...(operationState !== undefined && {
          operationState: {
            ...operationState,
            finishedAt: "2026-11-21T12:00:00Z",
            syncResult: { revision, resources: operationState.resources },
          },
        }),
      });
    };
    expect(await refusal(at)).toMatch(message);
  });
});

describe("factory redeploy waits", () => {
  it("for a GitLab that is away for a while, and says so", async () => {
    const at = await world();
    let left = 4;
    at.script.intercept = (_, path) =>
      path.startsWith("/api/v4") && (left -= 1) > 0 ? { status: 502, body: "<html>Bad gateway" } : undefined;
    expect(await at.deliver()).toMatchObject({ result: "delivered" });
    expect(at.told).toContain("-: GitLab is away (answers 502): asking again for 60 s");
    expect(at.told).toContain("-: GitLab answers again");
  });

  it("not longer than it is told to", async () => {
    const at = await world();
    at.script.intercept = (_, path) => (path.startsWith("/api/v4") ? { status: 503, body: "" } : undefined);
    expect(await refusal(at)).toMatch(/redeploy\.yaml: gitlab\.url: GitLab stays away: answers 503, for 60 s/);
    expectUntouched(at);
  });
});
