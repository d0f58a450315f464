import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { StateFile } from "../../../../delivery/redeploy/state";

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "redeploy-state-"));
  path = join(folder, "below", "state.json");
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

const state = { commit: "a".repeat(40), tag: "aaaaaaaa", startedAt: "2026-11-21T12:00:00Z" };

describe("The state of a delivery", () => {
  it("is read as it was written, by its owner alone, and leaves nothing beside it", () => {
    const file = StateFile.open(path, "acme/shop/api to dev");
    file.write(state);
    expect(file.read()).toEqual({ format: 1, delivery: "acme/shop/api to dev", ...state });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    file.close();
    expect(readdirSync(join(folder, "below"))).toEqual(["state.json"]);
  });

  it.each([
    ["another delivery's", JSON.stringify({ format: 1, delivery: "acme/shop/api to prod", ...state })],
    ["of another format", JSON.stringify({ format: 2, delivery: "acme/shop/api to dev", ...state })],
    ["cut off", '{"format":1,'],
  ])("counts for nothing when it is %s", (_, text) => {
    const file = StateFile.open(path, "acme/shop/api to dev");
    writeFileSync(path, text);
    expect(file.read()).toBeUndefined();
    file.close();
  });

  it("is one process's at a time", () => {
    const file = StateFile.open(path, "acme/shop/api to dev");
    expect(() => StateFile.open(path, "acme/shop/api to dev")).toThrow(
      /another run delivers acme\/shop\/api to dev just now/,
    );
    file.close();
    StateFile.open(path, "acme/shop/api to dev").close();
  });

  it("is taken over from a process that has ended without giving it back", () => {
    StateFile.open(path, "x").close();
    // Above the greatest id that Linux gives.
    writeFileSync(`${path}.lock`, JSON.stringify({ pid: 4_194_305, host: hostname() }));
    StateFile.open(path, "x").close();
    expect(existsSync(`${path}.lock`)).toBe(false);
  });

  it("is not taken over from another machine", () => {
    StateFile.open(path, "x").close();
    writeFileSync(`${path}.lock`, JSON.stringify({ pid: 4_194_305, host: "elsewhere" }));
    expect(() => StateFile.open(path, "x")).toThrow(/found: {3}process 4194305 on elsewhere/);
  });
});
