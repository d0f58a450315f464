import { existsSync, mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Staging } from "../../../../lab/toolchain/staging";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "staging-"));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function make(staging: Staging, content: string): string {
  const made = join(staging.folder, "made");
  mkdirSync(made);
  writeFileSync(join(made, "file"), content);
  return made;
}

describe("a staging folder", () => {
  it("keeps what another one published first, when that is complete", async () => {
    const place = join(root, "tools", "etcd");
    const [first, second] = [Staging.open(root, "etcd"), Staging.open(root, "etcd")];
    const isComplete = (): boolean => existsSync(join(place, "file"));
    await first.publish(make(first, "first"), place, isComplete);
    await second.publish(make(second, "second"), place, isComplete);
    first.close();
    second.close();
    expect(readFileSync(join(place, "file"), "utf8")).toBe("first");
  });

  it("replaces what lies at its place and is not complete", async () => {
    const place = join(root, "tools", "etcd");
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, "rest"), "");
    const staging = Staging.open(root, "etcd");
    await staging.publish(make(staging, "new"), place, () => existsSync(join(place, "file")));
    staging.close();
    expect(existsSync(join(place, "rest"))).toBe(false);
    expect(readFileSync(join(place, "file"), "utf8")).toBe("new");
  });

  it("does not wait for one that came later or does other work", async () => {
    const staging = Staging.open(root, "etcd");
    const others = [Staging.open(root, "etcd"), Staging.open(root, "kwok")];
    const isDone = await staging.waitForOthers(
      () => false,
      () => {
        throw new Error("it waited");
      },
    );
    expect(isDone).toBe(false);
    for (const open of [staging, ...others]) open.close();
  });

  it("is gone after it was closed", () => {
    const staging = Staging.open(root, "etcd");
    expect(existsSync(staging.folder)).toBe(true);
    staging.close();
    expect(existsSync(staging.folder)).toBe(false);
  });
});
