import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { rememberedShape } from "../../../../delivery/completion/shape-cache";

let cache: string;

beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), "gitops-factory-shapes-"));
});

afterEach(() => {
  rmSync(cache, { recursive: true, force: true });
});

const shape = { name: "validate", description: "checks", options: [], arguments: [], commands: [] };

describe("What may follow a subcommand", () => {
  const file = (): string => join(cache, "completion", "validate.json");
  const ask = (make: () => Promise<typeof shape>, folder = cache) =>
    rememberedShape("validate", make, { GITOPS_FACTORY_CACHE: folder });

  it("is asked of the subcommand once, and then remembered", async () => {
    const make = vi.fn(() => Promise.resolve(shape));
    expect(await ask(make)).toEqual(shape);
    expect(await ask(make)).toEqual(shape);
    expect(make).toHaveBeenCalledTimes(1);
  });

  it.each([
    ["other sources", (text: string) => text.replace('"sources":"', '"sources":"other ')],
    ["a file that was cut off", (text: string) => text.slice(0, 40)],
  ])("is asked anew after %s", async (_, spoil) => {
    await ask(() => Promise.resolve({ ...shape, description: "outdated" }));
    writeFileSync(file(), spoil(readFileSync(file(), "utf8")));
    expect(await ask(() => Promise.resolve(shape))).toEqual(shape);
  });

  it("is told also where nothing can be kept", async () => {
    const taken = join(cache, "file");
    writeFileSync(taken, "");
    expect(await ask(() => Promise.resolve(shape), taken)).toEqual(shape);
  });
});
