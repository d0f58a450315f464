import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DeliveryWorld } from "../templates/delivery-world";

let world: DeliveryWorld;
beforeAll(async () => {
  world = await DeliveryWorld.create();
});
afterAll(async () => {
  await world.dispose();
});

const deploy = { PROJECT_NAME: "deploy" };
const all = { SYNC_ALL: "true", ...deploy };

describe("The pipeline of the repository mirror", () => {
  it("is started by no push", async () => {
    const path = `/projects/${String(world.ids.mirror)}/pipelines`;
    const file = `/projects/${String(world.ids.mirror)}/repository/files/notes.txt`;
    await world.platform.must("POST", file, { branch: "main", content: "x", commit_message: "a note" });
    expect((await world.platform.must<{ status: string }[]>("GET", path)).map(({ status }) => status)).toEqual([
      "skipped",
    ]);
  });

  it("mirrors the repository that is named, with its own log-ins, and then has nothing to do", async () => {
    const first = await world.mirror(deploy);
    expect(first.log).toContain("heads/main: [new branch]");
    expect(first).toMatchObject({ status: "success", jobs: ["mirror"] });
    expect(await world.kustomization("platform")).toBe(await world.kustomization("team"));
    const second = await world.mirror(all);
    expect(second.log).toContain("the platform has what the source has: nothing to do");
    for (const secret of world.secrets) expect(first.log + second.log).not.toContain(secret);
  });

  it("says what to name when no repository is named", async () => {
    const { status, jobs, log } = await world.mirror({}, "which repository");
    expect([status, jobs]).toEqual(["failed", ["which repository"]]);
    expect(log).toContain("error: PROJECT_NAME is not set");
  });

  it("says which variables a repository lacks", async () => {
    const { status, log } = await world.mirror({ PROJECT_NAME: "unknown" });
    expect(status).toBe("failed");
    expect(log).toContain("error: GIT_INPUT_URL is not set");
    expect(log).toContain("with the environment scope unknown");
    expect(log).toContain("exit code 1");
  });

  it("names the side and GitLab's words where a protected branch refuses a rewritten history", async () => {
    const path = `/projects/${String(world.ids.platformDeploy)}/repository/commits`;
    const actions = [{ action: "create", file_path: "own.txt", content: "pushed by somebody here" }];
    await world.platform.must("POST", path, { branch: "main", commit_message: "theirs [skip ci]", actions });
    const { status, log } = await world.mirror(deploy);
    expect(status).toBe("failed");
    expect(log).toContain("error: the platform refuses the branch main");
    expect(log).toContain("allow force pushes under Protected branches in Settings, Repository of the project deploy");
    expect(log).toContain("exit code 22");
  });

  it("ends with the source's refusal when its token is revoked", async () => {
    const tokens = "/groups/team/access_tokens";
    const known = await world.team.must<{ id: number; name: string }[]>("GET", tokens);
    const read = known.find(({ name }) => name === "read_repository");
    await world.team.ask("DELETE", `${tokens}/${String(read?.id)}`);
    const { status, log } = await world.mirror(deploy);
    expect(status).toBe("failed");
    expect(log).toContain("error: the source refuses the log-in");
    expect(log).toContain("exit code 10");
  });
});
