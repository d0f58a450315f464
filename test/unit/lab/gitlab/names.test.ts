import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { groupFaults, projectFaults, printFaults, slugOf } from "../../../../lab/gitlab/rules/names";
import { Store } from "../../../../lab/gitlab/store/store";

const folder = mkdtempSync(join(tmpdir(), "gitops-factory-names-"));
const store = new Store(folder);
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe("the names that the double takes", () => {
  it.each(["shop", "Shop-1", "a.b", "_x", "x_"])("has nothing against the group path %s", (path) => {
    expect(groupFaults(store, { name: "Shop", path, parent: null })).toEqual({});
  });

  it.each(["-x", "x.", "x.git", "x.atom", "a b", "a/b", "été"])("refuses the group path %s", (path) => {
    expect(groupFaults(store, { name: "Shop", path, parent: null })["path"]).toEqual([
      "can contain only letters, digits, '_', '-' and '.'. Cannot start with '-' or end in '.', '.git' or '.atom'.",
    ]);
  });

  it("reserves other paths at the top than below it", () => {
    expect(groupFaults(store, { name: "x", path: "dashboard", parent: null })["path"]).toEqual([
      "dashboard is a reserved name",
    ]);
    expect(groupFaults(store, { name: "x", path: "dashboard", parent: 7 })).toEqual({});
    expect(groupFaults(store, { name: "x", path: "blob", parent: 7 })["path"]).toEqual(["blob is a reserved name"]);
  });

  it.each([
    ["Demarches simplifiées (1)", true],
    ["été 🎉", true],
    ["<script>", false],
    ["-x", false],
  ])("judges the group name %s", (name, isGood) => {
    expect("name" in groupFaults(store, { name, path: "some", parent: null })).toBe(!isGood);
  });

  it.each([
    ["infra-api", true],
    ["docs.v2", true],
    ["a--b", false],
    ["a.", false],
    ["tree", false],
    ["x.git", false],
  ])("judges the project path %s", (path, isGood) => {
    expect("path" in projectFaults(store, { name: "Some", path, parent: 1 })).toBe(!isGood);
  });

  it("makes a path of a name", () => {
    expect(slugOf("Démarches simplifiées / API")).toBe("demarches-simplifiees-api");
  });

  it("prints what is wrong as Ruby does", () => {
    expect(printFaults({ path: ["has already been taken"] })).toBe('{:path=>["has already been taken"]}');
  });
});
