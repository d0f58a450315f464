import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const script = join(__dirname, "..", "..", "..", "mirror", "repository", "mirror.sh");

const good = {
  PROJECT_NAME: "shop",
  // Nobody is asked: the variables are judged before.
  GIT_INPUT_URL: "https://git.invalid/team/shop.git",
  GIT_OUTPUT_URL: "https://gitlab.invalid/acme/shop.git",
  GIT_OUTPUT_PASSWORD: "glpat-s3cret",
};

function mirror(variables: Readonly<Record<string, string>>, ...args: string[]): { code: number | null; err: string } {
  const env = { PATH: process.env["PATH"], ...good, ...variables };
  const { status, stdout, stderr } = spawnSync("sh", [script, ...args], { env, encoding: "utf8" });
  expect(stdout + stderr).not.toContain("s3cret");
  return { code: status, err: stderr };
}

describe("mirror.sh refuses, before it asks anybody,", () => {
  it.each([
    [{ PROJECT_NAME: "" }, "PROJECT_NAME is not set"],
    [{ PROJECT_NAME: "mirror" }, "PROJECT_NAME is mirror, which is this repository"],
    [{ PROJECT_NAME: "../shop" }, "PROJECT_NAME is no name of a repository"],
    [{ PROJECT_NAME: "-shop" }, "PROJECT_NAME is no name of a repository"],
    [{ PROJECT_NAME: "shop.git" }, "PROJECT_NAME is no name of a repository"],
    [{ GIT_BRANCH_DEPLOY: "a..b" }, "GIT_BRANCH_DEPLOY is no name of a branch: a..b"],
    [{ GIT_BRANCH_DEPLOY: "--mirror" }, "GIT_BRANCH_DEPLOY is no name of a branch: --mirror"],
    [{ GIT_BRANCH_DEPLOY: "main:main" }, "GIT_BRANCH_DEPLOY is no name of a branch: main:main"],
    [{ SYNC_ALL: "yes" }, "SYNC_ALL is yes"],
    [{ MIRROR_TIMEOUT: "10m" }, "MIRROR_TIMEOUT is no number of seconds"],
    [{ GIT_INPUT_URL: "" }, "GIT_INPUT_URL is not set"],
    [{ GIT_INPUT_URL: "https://bot:s3cret@git.invalid/team/shop.git" }, "GIT_INPUT_URL has an @: a user or a password"],
    [{ GIT_INPUT_URL: "https://bot:s3cret/x@git.invalid/shop.git" }, "GIT_INPUT_URL has an @: a user or a password"],
    [{ GIT_INPUT_URL: "git@git.invalid:team/shop.git" }, "GIT_INPUT_URL has an @: a user or a password"],
    [{ GIT_INPUT_URL: "ssh://git.invalid/team/shop.git" }, "GIT_INPUT_URL is no URL by https or http"],
    [{ GIT_INPUT_URL: "git://git.invalid/team/shop.git" }, "GIT_INPUT_URL is no URL by https or http"],
    [{ GIT_INPUT_URL: "file:///etc" }, "GIT_INPUT_URL is no URL by https or http"],
    [{ GIT_INPUT_URL: "ext::sh -c true" }, "GIT_INPUT_URL is no URL of a repository"],
    [{ GIT_INPUT_URL: "/srv/shop.git" }, "GIT_INPUT_URL is no URL by https or http"],
    [{ GIT_INPUT_URL: "--upload-pack=x" }, "GIT_INPUT_URL is no URL by https or http"],
    [{ GIT_INPUT_URL: "https:///shop.git" }, "GIT_INPUT_URL is no URL of a repository"],
    [{ GIT_INPUT_URL: "https://git.invalid/shop.git?token=s3cret" }, "GIT_INPUT_URL is no URL of a repository"],
    [{ GIT_INPUT_URL: "https://git.invalid/a b.git" }, "GIT_INPUT_URL is no URL of a repository"],
    [{ GIT_INPUT_USER: "bot" }, "GIT_INPUT_PASSWORD is not set, and GIT_INPUT_USER is"],
    [{ GIT_INPUT_PASSWORD: "s3cret\nhost=evil.invalid" }, "GIT_INPUT_PASSWORD has more than one line"],
    [{ GIT_INPUT_CA: "-----BEGIN CERTIFICATE-----" }, "GIT_INPUT_CA names no file"],
    [{ GIT_OUTPUT_PASSWORD: "" }, "GIT_OUTPUT_PASSWORD is not set"],
    [{ GIT_OUTPUT_URL: "https://gitlab.invalid/acme/docs.git" }, "GIT_OUTPUT_URL is of another repository than shop"],
    [{ GIT_OUTPUT_URL: good.GIT_INPUT_URL }, "GIT_INPUT_URL and GIT_OUTPUT_URL are the same repository"],
  ])("%j", (variables, message) => {
    const { code, err } = mirror(variables as Record<string, string>);
    expect(code).toBe(1);
    expect(err).toContain(`error: ${message}`);
    expect(err).toMatch(/\n {2}fix: \S/);
  });

  it("all that is wrong at once", () => {
    const { err } = mirror({ GIT_INPUT_URL: "", GIT_OUTPUT_URL: "", GIT_OUTPUT_PASSWORD: "", SYNC_ALL: "1" });
    expect(err.match(/^error: /gm)).toHaveLength(4);
    expect(err).toContain("with the environment scope shop");
  });

  it("arguments", () => {
    expect(mirror({}, "--force")).toMatchObject({ code: 2 });
  });
});

describe("mirror.sh -h", () => {
  it("tells the variables and the exit codes, in 80 columns", () => {
    const { status, stdout } = spawnSync("sh", [script, "-h"], { encoding: "utf8" });
    expect(status).toBe(0);
    for (const name of ["PROJECT_NAME", "GIT_BRANCH_DEPLOY", "SYNC_ALL", "GIT_INPUT_URL", "GIT_OUTPUT_PASSWORD"]) {
      expect(stdout).toContain(name);
    }
    expect(stdout.match(/^ {2,3}\d+ {2}/gm)?.map(Number)).toEqual([0, 1, 2, 4, 10, 11, 12, 20, 21, 22, 70]);
    expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });
});
