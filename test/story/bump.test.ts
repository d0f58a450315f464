import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { withoutCredentials } from "../../delivery/bump/git";
import { gitIn, startBump, type Ended } from "./support/bump-process";

let folder: string;
let server: string;
let clone: string;

function git(cwd: string, ...args: string[]): string {
  return gitIn(folder, cwd, args);
}

function bump(cwd: string, ...args: string[]): Promise<Ended> {
  return startBump(folder, cwd, args);
}

const set = (tag: string, image = "shop") => ["values.yaml", "--image", image, "--tag", tag];
const values = "shop: {image: shop:1}\ncart: {image: cart:1}\n";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "bump-git-"));
  server = join(folder, "server.git");
  clone = join(folder, "clone");
  git(folder, "init", "--quiet", "--bare", "--initial-branch", "main", server);
  git(folder, "clone", "--quiet", server, clone);
  git(clone, "switch", "--quiet", "--create", "main");
  writeFileSync(join(clone, "values.yaml"), values);
  writeFileSync(join(clone, "other.yaml"), "a: 1\n");
  git(clone, "add", ".");
  git(clone, "commit", "--quiet", "--message", "first");
  git(clone, "push", "--quiet", "--set-upstream", "origin", "main");
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe("factory bump --commit and --push", () => {
  it("pushes one commit of the bumped file, and leaves what is staged besides", async () => {
    writeFileSync(join(clone, "other.yaml"), "a: 2\n");
    git(clone, "add", "other.yaml");
    const { code, out, err } = await bump(clone, ...set("2"), "--push");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(
      /^values\.yaml: shop\.image: 1 → 2\ncommitted \w{10} on main: bump shop to 2\npushed \w{10} to origin\/main\n$/,
    );
    expect(git(server, "show", "main:values.yaml")).toBe(values.replace("shop:1", "shop:2").trim());
    expect(git(server, "show", "--name-only", "--format=", "main")).toBe("values.yaml");
    expect(git(clone, "status", "--porcelain")).toBe("M  other.yaml");
  });

  it("lands two bumps that race, and both clones end at what the server has", async () => {
    const second = join(folder, "second");
    git(folder, "clone", "--quiet", server, second);
    const ended = await Promise.all([bump(clone, ...set("2"), "--push"), bump(second, ...set("3", "cart"), "--push")]);
    expect(ended.map(({ code, err }) => ({ code, err }))).toEqual([
      { code: 0, err: "" },
      { code: 0, err: "" },
    ]);
    expect(git(server, "show", "main:values.yaml")).toBe("shop: {image: shop:2}\ncart: {image: cart:3}");
    expect(git(server, "rev-list", "--count", "main")).toBe("3");
  });

  it("makes the bump anew on a branch that has moved on, with staged changes in the checkout", async () => {
    const second = join(folder, "second");
    git(folder, "clone", "--quiet", server, second);
    expect((await bump(second, ...set("3", "cart"), "--push")).code).toBe(0);
    writeFileSync(join(clone, "other.yaml"), "a: 2\n");
    git(clone, "add", "other.yaml");
    expect(await bump(clone, ...set("2"), "--push")).toMatchObject({ code: 0, err: "" });
    expect(git(server, "show", "main:values.yaml")).toBe("shop: {image: shop:2}\ncart: {image: cart:3}");
    expect(git(clone, "rev-parse", "HEAD")).toBe(git(server, "rev-parse", "main"));
    expect(git(clone, "status", "--porcelain")).toBe("M  other.yaml");
    expect(git(clone, "for-each-ref", "refs/factory-bump")).toBe("");
  });

  it("says when somebody else has set the same version in the meantime", async () => {
    const second = join(folder, "second");
    git(folder, "clone", "--quiet", server, second);
    // By hand: the same bump by the same author in the same second would be the very same commit.
    writeFileSync(join(second, "values.yaml"), values.replace("shop:1", "shop:2"));
    git(second, "commit", "--quiet", "--all", "--message", "by hand");
    git(second, "push", "--quiet");
    const { code, err } = await bump(clone, ...set("2"), "--push");
    expect(code).toBe(3);
    expect(err).toMatch(/origin\/main has got this version from somebody else: nothing was pushed/);
    expect(git(clone, "rev-parse", "HEAD")).toBe(git(server, "rev-parse", "main"));
  });

  it("shows the server's words when it refuses, and a further run pushes the commit that is there", async () => {
    const hook = join(server, "hooks", "pre-receive");
    writeFileSync(
      hook,
      "#!/bin/sh\necho 'GitLab: You are not allowed to push code to protected branches.' >&2\nexit 1\n",
    );
    chmodSync(hook, 0o755);
    const before = git(server, "rev-parse", "main");
    const { code, err } = await bump(clone, ...set("2"), "--push");
    expect(code).toBe(1);
    expect(err).toMatch(
      /origin\/main: the server refused the push; commit \w{10} is on your branch main and not pushed\n/,
    );
    expect(err).toContain("remote: GitLab: You are not allowed to push code to protected branches.");
    expect(git(server, "rev-parse", "main")).toBe(before);
    rmSync(hook);
    expect(await bump(clone, ...set("2"), "--push")).toMatchObject({ code: 0 });
    expect(git(server, "show", "main:values.yaml")).toContain("shop:2");
  });

  it("stops at Ctrl-C in the middle of a push, says where it is, and goes on in the next run", async () => {
    const hook = join(server, "hooks", "pre-receive");
    const [asked, go] = [join(folder, "asked"), join(folder, "go")];
    writeFileSync(
      hook,
      `#!/bin/sh\ntouch ${asked}\nfor i in $(seq 300); do [ -e ${go} ] && break; sleep 0.1; done\nexit 1\n`,
    );
    chmodSync(hook, 0o755);
    const running = startBump(folder, clone, [...set("2"), "--push"], (child) => {
      const watch = setInterval(() => {
        if (!existsSync(asked)) return;
        clearInterval(watch);
        child.kill("SIGINT");
      }, 50);
      child.on("close", () => clearInterval(watch));
    });
    const { code, err } = await running;
    writeFileSync(go, "");
    expect(code).toBe(130);
    expect(err).toMatch(/commit \w{10} is on your branch main and not pushed, or it arrived just now; run the same/);
    rmSync(hook);
    expect(await bump(clone, ...set("2"), "--push")).toMatchObject({ code: 0 });
    expect(git(server, "show", "main:values.yaml")).toContain("shop:2");
  });

  it.each([
    [
      "a detached HEAD",
      () => git(clone, "switch", "--quiet", "--detach"),
      /no branch is checked out \(detached HEAD\)/,
    ],
    [
      "a file with changes of its own",
      () => writeFileSync(join(clone, "values.yaml"), `${values}# mine\n`),
      /values\.yaml: it has changes that are not committed/,
    ],
    [
      "a file that Git does not track",
      () => git(clone, "rm", "--quiet", "--cached", "values.yaml"),
      /values\.yaml: Git does not track it/,
    ],
    [
      "a folder without a repository",
      () => rmSync(join(clone, ".git"), { recursive: true }),
      /it is not in a Git repository/,
    ],
    ["no remote", () => git(clone, "remote", "remove", "origin"), /the repository has no remote to push to/],
  ])("refuses %s, and writes nothing", async (_, prepare, message) => {
    prepare();
    const before = readFileSync(join(clone, "values.yaml"));
    const { code, err } = await bump(clone, ...set("2"), "--push");
    expect({ code, err }).toEqual({ code: 1, err: expect.stringMatching(message) as string });
    expect(readFileSync(join(clone, "values.yaml"))).toEqual(before);
  });

  it("restores the files when a hook refuses the commit", async () => {
    const hook = join(clone, ".git", "hooks", "pre-commit");
    writeFileSync(hook, "#!/bin/sh\necho 'not on a Friday' >&2\nexit 1\n");
    chmodSync(hook, 0o755);
    const { code, err } = await bump(clone, ...set("2"), "--commit");
    expect(code).toBe(1);
    expect(err).toMatch(
      /git did not commit \(exit code 1\); the files are as they were\n {2}found: {3}not on a Friday/,
    );
    expect(readFileSync(join(clone, "values.yaml"), "utf8")).toBe(values);
    expect(git(clone, "status", "--porcelain")).toBe("");
  });
});

describe("factory bump without Git", () => {
  it("ends with 3 on the unchanged tag, with the documents' warning", async () => {
    const { code, out, err } = await bump(clone, ...set("1"));
    expect({ code, out }).toEqual({ code: 3, out: "" });
    expect(err).toMatch(
      /^warning: values\.yaml: shop\.image: the image has this tag already: nothing will be redeployed\n/,
    );
  });

  it("prints the diff with --dry-run, and writes nothing", async () => {
    const { code, out } = await bump(clone, ...set("2"), "--dry-run", "--push");
    expect(code).toBe(0);
    expect(out).toBe(
      "--- a/values.yaml\n+++ b/values.yaml\n@@ -1,2 +1,2 @@\n-shop: {image: shop:1}\n+shop: {image: shop:2}\n cart: {image: cart:1}\n",
    );
    expect(readFileSync(join(clone, "values.yaml"), "utf8")).toBe(values);
  });

  it("leaves all files untouched when one has a mistake", async () => {
    const { code, err } = await bump(clone, "other.yaml", ...set("2"));
    expect(code).toBe(1);
    expect(err).toMatch(/other\.yaml: the image shop is not in this file/);
    expect(readFileSync(join(clone, "values.yaml"), "utf8")).toBe(values);
  });

  it("keeps the file's mode, and a link as a link", async () => {
    chmodSync(join(clone, "values.yaml"), 0o640);
    symlinkSync("values.yaml", join(clone, "link.yaml"));
    expect((await bump(clone, "link.yaml", "--image", "shop", "--tag", "2")).code).toBe(0);
    expect(lstatSync(join(clone, "link.yaml")).isSymbolicLink()).toBe(true);
    expect(statSync(join(clone, "values.yaml")).mode & 0o777).toBe(0o640);
    expect(readFileSync(join(clone, "values.yaml"), "utf8")).toContain("shop:2");
  });
});

it("Credentials in what git says are not shown", () => {
  const said =
    "fatal: Authentication failed for 'https://bot:s3cret@git.example/a.git/'\nAuthorization: Basic czNjcmV0";
  expect(withoutCredentials(said)).toBe(
    "fatal: Authentication failed for 'https://git.example/a.git/'\nAuthorization: (not shown)",
  );
});
