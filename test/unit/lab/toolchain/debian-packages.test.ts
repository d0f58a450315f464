import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { silentProgress } from "../../../../lab/toolchain";
import {
  type DebianProgram,
  ensurePrograms,
  type EnsureProgramsOptions,
} from "../../../../lab/toolchain/debian-packages";
import { createProgress } from "../../../../lab/toolchain/progress";
import { UserError } from "../../../../model/problem";
import { FakeMachine } from "./fake-machine";

/**
 * Acts as apt-get does: without lists it knows no package, `update` brings them, and `install` puts a package's program
 * onto the machine. Each call is a line in $FAKE/apt; $FAKE/says is what an installation fails with.
 */
const fakeApt = `#!/bin/sh
while [ "$1" = -o ]; do options="$options $2"; shift 2; done
echo "$* [$DEBIAN_FRONTEND$options]" >> "$FAKE/apt"
[ -e "$FAKE/says" ] && cat "$FAKE/says" >&2 && exit 100
[ "$1" = update ] && touch "$FAKE/lists" && exit 0
for package in "$@"; do
  case "$package" in
  install | -*) continue ;;
  dnsmasq-base) program=dnsmasq ;;
  openssh-server) program=sshd ;;
  *) program=$package ;;
  esac
  [ -e "$FAKE/lists" ] || { echo "E: Unable to locate package $package" >&2; exit 100; }
  echo '#!/bin/sh' > "$FAKE/sbin/$program"
  chmod 755 "$FAKE/sbin/$program"
done
`;

/** Runs the command in the end without mounting anything, for which one has to be root. */
const fakeUnshare = `#!/bin/sh
[ -e "$FAKE/may-not-mount" ] && echo "unshare: unshare failed: Operation not permitted" >&2 && exit 1
while [ "$1" != apt-get ]; do shift; done
exec "$@"
`;

let machine: FakeMachine;
let sbin: string;
beforeEach(() => {
  machine = new FakeMachine({ go: false });
  sbin = join(machine.root, "sbin");
  machine.program("apt-get", fakeApt);
  machine.program("unshare", fakeUnshare);
  machine.program("placeholder", "", sbin);
  writeFileSync(join(machine.root, "lists"), "");
});
afterEach(() => {
  machine.remove();
});

const ensure = (names: readonly DebianProgram[], options: EnsureProgramsOptions = {}) =>
  ensurePrograms(names, { env: machine.env, progress: silentProgress, isRoot: true, folders: [sbin], ...options });

/** What apt-get was asked for, without its options. */
function installations(): string[] {
  const file = join(machine.root, "apt");
  const lines = existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
  return lines.map((line) => line.replace(/ \[.*/, ""));
}

async function failure(attempt: Promise<unknown>): Promise<string> {
  const error: unknown = await attempt.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UserError);
  return (error as UserError).message;
}

describe("ensurePrograms finds what is there", () => {
  it("on PATH, and in the folders of servers that PATH lacks, without installing anything", async () => {
    const git = machine.program("git", "");
    const sshd = machine.program("sshd", "", sbin);
    const programs = await ensure(["git", "sshd"], { isRoot: false });
    expect([programs.path("git"), programs.path("sshd")]).toEqual([git, sshd]);
    expect(installations()).toEqual([]);
  });

  it("and says nothing about it", async () => {
    machine.program("git", "");
    const lines: string[] = [];
    await ensure(["git"], { progress: createProgress({ write: (text) => lines.push(text) }, {}) });
    expect(lines).toEqual([]);
  });

  it("and refuses the path of a program that was not asked for", async () => {
    machine.program("git", "");
    machine.program("sshd", "", sbin);
    const programs = await ensure(["git"]);
    expect(() => programs.path("sshd")).toThrow("sshd is not among the programs that were ensured: git");
  });
});

describe("ensurePrograms installs what is missing, as root", () => {
  it("by the package that holds it, and nothing that is there", async () => {
    machine.program("git", "");
    const programs = await ensure(["dnsmasq", "sshd", "git"]);
    expect(programs.path("dnsmasq")).toBe(join(sbin, "dnsmasq"));
    expect(installations()).toEqual(["install --yes --no-install-recommends dnsmasq-base openssh-server"]);
  });

  it("asks nobody, and waits for another installation", async () => {
    await ensure(["redis-server"]);
    const [call = ""] = readFileSync(join(machine.root, "apt"), "utf8").split("\n");
    expect(call).toContain("[noninteractive ");
    expect(call).toContain("DPkg::Lock::Timeout=300");
    expect(call).toContain("Dpkg::Options::=--force-confold");
  });

  it("fetches the lists of packages only when they are missing", async () => {
    rmSync(join(machine.root, "lists"));
    await ensure(["redis-server"]);
    const install = "install --yes --no-install-recommends redis-server";
    expect(installations()).toEqual([install, "update", install]);
  });

  it("tells that it takes a while", async () => {
    const lines: string[] = [];
    await ensure(["dnsmasq"], { progress: createProgress({ write: (text) => lines.push(text) }, {}) });
    expect(lines[0]).toBe("installing dnsmasq-base by apt-get …\n");
  });

  it("once, when two ask at the same time", async () => {
    await Promise.all([ensure(["dnsmasq"]), ensure(["dnsmasq"])]);
    expect(installations()).toHaveLength(1);
    expect(machine.cached("building")).toEqual([]);
  });
});

describe("ensurePrograms explains why it cannot install", () => {
  it("that it takes root: which part needs which package, and the command to run", async () => {
    expect(await failure(ensure(["dnsmasq", "redis-server"], { isRoot: false }))).toBe(
      [
        "error: dnsmasq, redis-server: the lab needs Debian packages, and only root may install them",
        "  found:   not on this machine:",
        "    dnsmasq (package dnsmasq-base): the company's DNS server (part dnsmasq)",
        "    redis-server (package redis-server): Argo CD's cache (part argocd)",
        "  fix:     as root, run this once: " +
          "apt-get update && apt-get install --no-install-recommends dnsmasq-base redis-server",
      ].join("\n"),
    );
    expect(installations()).toEqual([]);
  });

  it("that the system is not Debian's", async () => {
    rmSync(join(machine.bin, "apt-get"));
    const message = await failure(ensure(["sshd"]));
    expect(message).toContain("there is no apt-get to install them");
    expect(message).toContain("install them with this system's own means, so that PATH has sshd");
  });

  it.each([
    ["E: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 7", "was not done after 300 seconds"],
    [
      "E: dpkg was interrupted, you must manually run 'dpkg --configure -a'",
      "as root, then run the command again: dpkg",
    ],
    ["W: Failed to fetch http://x/y  Temporary failure resolving 'x'", "the package archive was not reached"],
    ["E: You don't have enough free space in /var/cache/apt/archives/.", "the disk is full"],
    ["E: Unable to locate package redis-server", "name Debian's main archive in /etc/apt/sources.list.d"],
  ])("in the words of apt-get: %s", async (words, explanation) => {
    writeFileSync(join(machine.root, "says"), `Reading package lists...\n${words}\n`);
    const message = await failure(ensure(["redis-server"]));
    expect(message).toContain(explanation);
    expect(message).toContain(words);
  });

  it("by the end of the log, when the words are unknown", async () => {
    writeFileSync(join(machine.root, "says"), "E: The moon is full\n");
    const message = await failure(ensure(["redis-server"]));
    expect(message).toContain("E: The moon is full");
    expect(message).toContain(`read ${join(machine.cache, "logs", "debian-packages.log")}`);
    expect(machine.cached("building")).toEqual([]);
  });

  it("that this root may not mount, so that services would start", async () => {
    writeFileSync(join(machine.root, "may-not-mount"), "");
    expect(await failure(ensure(["sshd"]))).toContain("CAP_SYS_ADMIN");
    expect(installations()).toEqual([]);
  });
});
