import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { namesOf } from "../../../../delivery/completion/names";
import { rules } from "../../../../policies/index";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "gitops-factory-names-"));
  const files = {
    "platform/Pulumi.dev.yaml": "config: {}",
    "platform/Pulumi.main.yaml": 'config:\n  gitops-factory:environment: "prod"\n',
    "platform/Pulumi.yaml": "name: x",
    "platform/catalog/README.md": "",
    "platform/catalog/acme/shop.yaml": "",
    "platform/catalog/acme/.draft.yaml": "",
    "platform/catalog/acme/notes.txt": "",
    "state/gitops-factory/lab/settings.json": "",
    "state/gitops-factory/.tmp/x": "",
  };
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe("The names that completion offers", () => {
  const at = (kind: Parameters<typeof namesOf>[0], words: string[], cwd = folder) =>
    namesOf(kind, words, { cwd, env: { XDG_STATE_HOME: join(folder, "state") } });

  it.each([
    ["stack", ["dev", "main"]],
    ["environment", ["dev", "prod"]],
    ["project", ["acme/shop"]],
  ] as const)("are each %s of the current folder, and of the one that --root names", (kind, expected) => {
    expect(at(kind, [], join(folder, "platform"))).toEqual(expected);
    expect(at(kind, ["validate", "--root", "platform"])).toEqual(expected);
    expect(at(kind, ["validate", "--root=platform"])).toEqual(expected);
  });

  it("are the projects of the catalogue that a stack names", () => {
    writeFileSync(join(folder, "platform/Pulumi.main.yaml"), "config:\n  gitops-factory:catalog: other/projects\n");
    mkdirSync(join(folder, "platform/other/projects/acme"), { recursive: true });
    writeFileSync(join(folder, "platform/other/projects/acme/cart.yaml"), "");
    expect(at("project", ["--root", "platform"])).toEqual(["acme/cart", "acme/shop"]);
  });

  it.each(["stack", "environment", "project"] as const)("are none (%s) in a folder that holds no platform", (kind) => {
    expect(at(kind, [])).toEqual([]);
    expect(at(kind, ["--root", "nowhere"])).toEqual([]);
  });

  it("are the labs below the folder of states", () => {
    expect(at("lab", [])).toEqual(["lab"]);
  });

  it("are the rules of the policy pack, by the names of their files", () => {
    expect(at("rule", [])).toEqual(rules.map(({ name }) => name).sort());
  });

  it("are the commands, for help", () => {
    expect(at("command", [])).toContain("validate");
  });
});
