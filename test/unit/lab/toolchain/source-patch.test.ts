import { mkdirSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ensureTools, silentProgress } from "../../../../lab/toolchain";
import type { SourcePatch } from "../../../../lab/toolchain/catalogue-types";
import { patchFlags } from "../../../../lab/toolchain/source-patch";
import { FakeMachine } from "./fake-machine";

const PATCH: SourcePatch = { module: "example.org/tool/v3", path: "lib/lib.go", from: "open", to: "Open" };

let machine: FakeMachine;
beforeEach(() => {
  machine = new FakeMachine();
  machine.moduleFile("lib/lib.go", "func open() {}\nvar x = open()\n");
});
afterEach(() => {
  machine.remove();
});

function flags(patch = PATCH): Promise<string[]> {
  const modules = join(machine.root, "modules");
  mkdirSync(modules, { recursive: true });
  writeFileSync(join(modules, "go.mod"), "module x\n");
  writeFileSync(join(modules, "go.sum"), "sums\n");
  return patchFlags(patch, { source: join(machine.root, "mod"), modules, temporary: join(machine.root, "patch") });
}

const own = (name: string): string => join(machine.root, "patch", name);

describe("a patch of a module's source", () => {
  it("is an overlay on a link to what Go has downloaded, which stays as it is", async () => {
    expect(await flags()).toEqual([`-modfile=${own("go.mod")}`, `-overlay=${own("overlay.json")}`]);
    const { Replace } = JSON.parse(readFileSync(own("overlay.json"), "utf8")) as { Replace: Record<string, string> };
    const [[at = "", by = ""] = []] = Object.entries(Replace);
    expect(realpathSync(at)).toBe(join(realpathSync(machine.root), "mod/lib/lib.go"));
    expect(readFileSync(by, "utf8")).toBe("func Open() {}\nvar x = Open()\n");
    expect(readFileSync(at, "utf8")).toContain("func open()");
  });

  it("has the module taken from that link, with all else as it is pinned", async () => {
    await flags();
    expect(readFileSync(own("go.mod"), "utf8")).toBe(
      `module x\n\nreplace example.org/tool/v3 => ${JSON.stringify(own("source"))}\n`,
    );
    expect(readFileSync(own("go.sum"), "utf8")).toBe("sums\n");
  });

  it("that finds nothing to correct is refused, so that it goes with the version that needed it", async () => {
    await expect(flags({ ...PATCH, from: "close" })).rejects.toThrow(
      "the catalogue of tools patches close in lib/lib.go of example.org/tool/v3: it is not there",
    );
  });

  it("is applied to Argo CD before it is built", async () => {
    machine.moduleFile("util/settings/settings.go", "func validateExternalURL() {}\n");
    const toolchain = await ensureTools(["argocd"], { env: machine.env, progress: silentProgress });
    expect(toolchain.path("argocd")).toContain(machine.cache);
    expect(machine.calls()).toEqual(expect.arrayContaining(["mod argo-cd", "build argo-cd"]));
    expect(machine.cached("building")).toEqual([]);
  });
});
