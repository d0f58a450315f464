import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { withoutServices } from "../../../lab/toolchain/apt-get";

/** Asks Debian's own program to start a service that does not exist: it complains, if it is what answers. */
const start = ["/usr/sbin/invoke-rc.d", "gitops-factory-no-such-service", "start"];

function said(command: readonly string[]): { status: number | null; text: string } {
  const [program = "", ...args] = command;
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: "utf8" });
  return { status, text: stdout + stderr };
}

describe("an installation of Debian packages", () => {
  it("starts no service, and leaves the machine as it was", () => {
    const before = said(start);
    expect(before.text).toContain("gitops-factory-no-such-service");
    expect(said(withoutServices(start))).toEqual({ status: 0, text: "" });
    expect(said(start)).toEqual(before);
  });

  it("ends as its command ends, and gets its arguments as they are", () => {
    expect(said(withoutServices(["sh", "-c", 'printf "%s|" "$@"; exit 7', "sh", "a b", "$HOME"]))).toEqual({
      status: 7,
      text: "a b|$HOME|",
    });
  });
});
