import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { readConfig } from "../../../../delivery/redeploy/config";
import { parseDuration } from "../../../../delivery/redeploy/duration";
import { planOf, secretsOf, stepsOf } from "../../../../delivery/redeploy/plan";
import { CONFIG } from "./config-file";

const whole = CONFIG("https://gitlab.example/");

function written(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), "redeploy-config-"));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  writeFileSync(join(folder, "redeploy.yaml"), text);
  return join(folder, "redeploy.yaml");
}

const plan = (text: string, environment?: string) => planOf(readConfig(written(text)), environment);
const refusal = (text: string): string => {
  try {
    plan(text);
    return "it was taken";
  } catch (error) {
    return String(error).replace(/(error: )\S*\/redeploy\.yaml/g, "$1redeploy.yaml");
  }
};

describe("redeploy.yaml", () => {
  it("comes to a plan with every default filled in", () => {
    const found = plan(whole);
    expect(found).toMatchObject({
      environment: "dev",
      gitlab: { url: "https://gitlab.example", group: "acme/shop" },
      app: { path: "acme/shop/api", branch: "main", mirrored: true, build: true, onPlatform: false },
      infra: { path: "acme/shop/deploy", branch: "main", mirrored: true, files: ["values.yaml"] },
      argocd: { url: "https://gitlab.example", application: "acme-shop-dev-deploy-6293" },
    });
    expect(stepsOf(found)).toEqual(["mirror-app", "build", "bump", "mirror-infra", "deploy"]);
    expect(secretsOf(found)).toEqual(["GITLAB_TOKEN", "MIRROR_TRIGGER_TOKEN", "ARGOCD_AUTH_TOKEN"]);
  });

  it("leaves out the steps that a team does not have", () => {
    const onPlatform = whole.replaceAll(/, url: "http:\/\/git[^"]*"/g, "");
    expect(stepsOf(plan(onPlatform))).toEqual(["build", "bump", "deploy"]);
    expect(plan(onPlatform).infra.url).toBe("https://gitlab.example/acme/shop/deploy.git");
    expect(secretsOf(plan(onPlatform))).toEqual(["GITLAB_TOKEN", "ARGOCD_AUTH_TOKEN"]);
    const alone = whole.replace(/^gitlab.*\n/m, "").replace(/^argocd.*\n/m, "");
    expect(stepsOf(plan(alone))).toEqual(["bump"]);
    expect(secretsOf(plan(alone))).toEqual([]);
    expect(stepsOf(plan(whole.replace('api.git" }', 'api.git", build: false, mirror: false }')))).toEqual([
      "bump",
      "mirror-infra",
      "deploy",
    ]);
  });

  it("is asked which environment is meant where it has several", () => {
    const two = `${whole}  prod: { files: [prod.yaml], branch: release, application: shop }\n`;
    expect(() => plan(two)).toThrow(
      /environments: the file has several environments\n {2}allowed: dev, prod\n {2}fix: {5}choose one: --environment dev/,
    );
    expect(() => plan(two, "prd")).toThrow(
      /no such environment\n {2}found: {3}prd\n {2}allowed: dev, prod\n {2}fix: {5}did you mean "prod"\?/,
    );
    expect(plan(two, "prod")).toMatchObject({ infra: { branch: "release" }, argocd: { application: "shop" } });
  });

  it.each([
    [
      "an unknown key, with its place",
      `${whole}enviroments: {}\n`,
      /redeploy\.yaml:10:1: enviroments: unknown key "enviroments"/,
    ],
    [
      "a password in a URL",
      whole.replace("http://git.example/infra", "http://bot:pw@git.example/infra"),
      /infra\.url: the URL holds a user or a password[^]*INFRA_GIT_PASSWORD/,
    ],
    [
      "a file outside the repository",
      whole.replace("values.yaml", "../values.yaml"),
      /files\[0\]: the path leaves the infra repository\n {2}found: {3}\.\.\/values\.yaml/,
    ],
    [
      "an image that is not named",
      whole.replace(/^image.*\n/m, ""),
      /environments\.dev: the image is not named\n.*\n? *fix: {5}set image/,
    ],
    [
      "a mirror without a GitLab",
      whole.replace(/^gitlab.*\n/m, "").replace('infra.git"', 'infra.git", mirror: true'),
      /infra\.mirror: there is no GitLab to mirror to/,
    ],
    [
      "a repository that nobody knows of",
      whole.replace(/^gitlab.*\n/m, "").replace(/^app.*$/m, "app: { repository: api }"),
      /app: nobody knows where this repository is/,
    ],
    ["YAML that is broken", "a: [", /redeploy\.yaml:1:\d+: not valid YAML/],
    ["nothing at all", "", /organisation: a required value is missing/],
  ])("is refused with %s", (_, text, message) => {
    expect(refusal(text)).toMatch(message);
  });

  it("never repeats a password", () => {
    expect(refusal(whole.replace("http://git.example/infra", "http://bot:pw@git.example/infra"))).not.toContain("pw");
  });

  it("is told to be missing", () => {
    expect(() => readConfig("none/redeploy.yaml")).toThrow(
      /none\/redeploy\.yaml: there is no such file\n {2}fix: .*--config/,
    );
  });
});

describe("A time on the command line", () => {
  it.each([
    ["90s", 90_000],
    ["10m", 600_000],
    ["1h", 3_600_000],
    ["5", 5_000],
  ])("%s is %d ms", (text, milliseconds) => {
    expect(parseDuration(text)).toBe(milliseconds);
  });

  it.each(["", "0s", "-1s", "soon", "10 m"])("is not '%s'", (text) => {
    expect(() => parseDuration(text)).toThrow("A duration is a number with s, m or h");
  });
});
