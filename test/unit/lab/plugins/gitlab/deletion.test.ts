import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ask, openWorkshop, type Workshop } from "./double";

let workshop: Workshop;

beforeAll(async () => {
  workshop = await openWorkshop();
});
afterAll(() => workshop.close());

const told = async (path: string) => {
  const answer = await ask(workshop.gitlab, "GET", path);
  return answer.ok ? ((await answer.json()) as Record<string, unknown>) : answer.status;
};

const group = (path: string, more: object = {}) => ({ name: path, path, ...more });

describe("deleting a group or a project", () => {
  it("leaves what GitLab keeps for some days, and it counts as gone", async () => {
    const { engine } = workshop;
    const made = await engine.create("Group", group("kept"));
    await engine.delete("Group", made);
    expect(await told(`groups/${made.id}`)).toMatchObject({ marked_for_deletion_on: expect.any(String) as string });
    expect(await engine.read("Group", made)).toBeUndefined();
  });

  it("goes on where a group is marked already, and nothing else is taken for that", async () => {
    const { engine, gitlab } = workshop;
    const made = await engine.create("Group", group("marked"));
    await ask(gitlab, "DELETE", `groups/${made.id}`);
    await expect(engine.delete("Group", made)).resolves.toBeUndefined();
  });

  it("removes a subgroup for good where that is asked for, so that its path is free at once", async () => {
    const { engine, place } = workshop;
    const args = group("gone", { parentId: place.group, permanentlyRemoveOnDelete: true });
    const made = await engine.create("Group", args);
    await engine.delete("Group", made);
    expect(await told(`groups/${made.id}`)).toBe(404);
    await expect(engine.create("Group", args)).resolves.toBeDefined();
  });

  it("cannot remove a group at the top for good: GitLab does not let anybody", async () => {
    const { engine } = workshop;
    const made = await engine.create("Group", group("top", { permanentlyRemoveOnDelete: true }));
    await expect(engine.delete("Group", made)).rejects.toThrow(/400 .*only available for subgroups/);
  });

  it("removes a project for good where that is asked for", async () => {
    const { engine, place } = workshop;
    const args = { name: "removed", namespaceId: place.group, permanentlyDeleteOnDestroy: true };
    const made = await engine.create("Project", args);
    await engine.delete("Project", made);
    expect(await told(`projects/${made.id}`)).toBe(404);
  });

  it("archives a project instead where that is asked for", async () => {
    const { engine, place } = workshop;
    const made = await engine.create("Project", { name: "old", namespaceId: place.group, archiveOnDestroy: true });
    await engine.delete("Project", made);
    expect(await told(`projects/${made.id}`)).toMatchObject({ archived: true });
  });

  it("takes from GitLab itself what the state does not have any more", async () => {
    const { engine, gitlab, place } = workshop;
    const args = { project: place.project, description: "mirror" };
    const made = await engine.create("PipelineTrigger", args);
    await ask(gitlab, "DELETE", `projects/${made.id.replace(":", "/triggers/")}`);
    expect(await engine.read("PipelineTrigger", made)).toBeUndefined();
    await expect(engine.delete("PipelineTrigger", made)).resolves.toBeUndefined();
  });
});

describe("what exists already", () => {
  it("is refused by GitLab's own words, and named", async () => {
    const { engine, gitlab } = workshop;
    await expect(engine.create("Group", group("acme"))).rejects.toThrow(
      new RegExp(`^POST ${gitlab.url}/api/v4/groups: 400 \\{message: .*has already been taken`),
    );
  });

  it("is taken over where it is a branch's protection, as GitLab protects default branches by itself", async () => {
    const { engine, place } = workshop;
    const path = `projects/${place.project}/protected_branches/main`;
    expect(await told(path)).toMatchObject({ push_access_levels: [{ access_level: 40 }] });
    const args = {
      project: place.project,
      branch: "main",
      pushAccessLevel: "developer",
      mergeAccessLevel: "developer",
    };
    await engine.create("BranchProtection", args);
    expect(await told(path)).toMatchObject({ push_access_levels: [{ access_level: 30 }] });
  });

  it("is overwritten where it is a file, and that is asked for", async () => {
    const { engine, place } = workshop;
    const args = {
      ...{ project: place.project, branch: "main", filePath: "README.md", encoding: "text", content: "# Shop\n" },
      commitMessage: "the title",
    };
    await expect(engine.create("RepositoryFile", args)).rejects.toThrow(/400 \{message: .*already exists/);
    const made = await engine.create("RepositoryFile", { ...args, overwriteOnCreate: true });
    expect(made.outputs).toMatchObject({ content: "# Shop\n", size: 7 });
  });
});

describe("a group that is moved", () => {
  it("keeps its id, below another parent or at the top", async () => {
    const { engine, place } = workshop;
    const made = await engine.create("Group", group("team", { parentId: place.group }));
    const moved = await engine.update("Group", made, group("team", { parentId: 0 }));
    expect([moved.id, moved.outputs["fullPath"]]).toEqual([made.id, "team"]);
    const back = await engine.update("Group", moved, group("team", { parentId: place.group }));
    expect([back.id, back.outputs["fullPath"]]).toEqual([made.id, "acme/team"]);
  });
});
