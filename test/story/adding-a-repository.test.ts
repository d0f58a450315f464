import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { gitLogin } from "../../lab/git/part";
import { changes, messages } from "../engine/support/pulumi-run";
import { conditionsOf, isDeployed } from "./support/application";
import { applicationName, askGitOften, catalogueFile, projectName, setCatalogue } from "./support/catalogue";
import { GitRepository } from "./support/git-repository";
import { configMap, deployment, yaml } from "./support/manifests";
import { setSecrets } from "./support/stack-secrets";
import { Story } from "./support/story";

const PROJECT = projectName("shop");
const FIRST = applicationName("shop", "first");
const SECOND = applicationName("shop", "second");
const THIRD = applicationName("shop", "third");
const FOURTH = applicationName("shop", "fourth");

describe("Adding a repository takes three lines of the catalogue", { timeout: 300_000 }, () => {
  let story: Story;
  let second: GitRepository;

  beforeAll(async () => {
    story = await Story.start({ parts: ["git"] });
    const first = await GitRepository.create(story, "shop/first", { "first.yaml": yaml(configMap("first", {})) });
    second = await GitRepository.create(story, "shop/second", {
      "second.yaml": yaml(deployment("second", "registry.acme.example/second:1.0.0")),
    });
    askGitOften(story);
    await setSecrets(story.factory.stack, { developer: { username: gitLogin.user, password: gitLogin.password } });
    setCatalogue(story, {
      name: "shop",
      repositories: [{ name: "first", url: first.url(), kind: "manifests" }],
    });
    await story.deploy();
  }, 600_000);
  afterAll(() => story?.dispose());

  /** Adds lines to the end of the catalogue file, as one does in an editor. */
  function add(...lines: string[]): void {
    const { program } = story.factory;
    const file = catalogueFile("shop");
    program.write(file, [program.read(file).trimEnd(), ...lines, ""].join("\n"));
  }

  it("the preview shows one Application more and what its project may read", async () => {
    await story.untilApplication(FIRST, isDeployed);
    expect(await story.get(`/apis/apps/v1/namespaces/${PROJECT}/deployments/second`)).toBeUndefined();
    add("  - name: second", `    url: ${second.url()}`, "    kind: manifests");
    const preview = await story.factory.stack.preview();
    expect(changes(preview).filter((change) => !change.startsWith("read "))).toEqual([
      `update ${PROJECT}`,
      `update ${PROJECT}-app-project`,
      `create ${PROJECT}-application-second`,
    ]);
  });

  it("and after `pulumi up` what is in it runs", async () => {
    await story.deploy();
    await story.untilApplication(SECOND, isDeployed);
    const [found] = await story.factory.list("deployments", "-n", PROJECT);
    expect([found?.metadata.name, found?.status?.["availableReplicas"]]).toEqual(["second", 2]);
  });

  it("a repository that does not exist says so on its Application, and the others go on", async () => {
    const missing = (name: string): string => second.url().replace("second", name);
    add(
      ...["  - name: third", `    url: ${missing("third")}`, "    kind: manifests", "    credentials: developer"],
      ...["  - name: fourth", `    url: ${missing("fourth")}`, "    kind: manifests"],
    );
    await story.deploy();
    const unknown = (name: string) => story.untilApplication(name, (found) => conditionsOf(found) !== "");
    expect(conditionsOf(await unknown(THIRD))).toMatch(/^ComparisonError: .*repository not found/);
    // To who has not logged in, GitLab does not say what there is.
    expect(conditionsOf(await unknown(FOURTH))).toMatch(/^ComparisonError: .*authentication required/);
    const commit = await second.commit({ "more.yaml": yaml(configMap("more", {})) });
    await story.untilApplication(SECOND, (found) => isDeployed(found) && found.status?.sync?.revision === commit);
  });

  it("and is deployed as soon as somebody makes it", async () => {
    await GitRepository.create(story, "shop/third", { "third.yaml": yaml(configMap("third", {})) });
    await story.refresh(THIRD);
    await story.untilApplication(THIRD, isDeployed);
    expect(await story.get(`/api/v1/namespaces/${PROJECT}/configmaps/third`)).toBeDefined();
  });

  it("a repository of a kind that there is not is refused before anything is changed", async () => {
    add("  - name: fifth", `    url: ${second.url()}`, "    kind: kustomise");
    const run = await story.factory.stack.up();
    expect(run.exitCode).not.toBe(0);
    expect(run.steps).toEqual([]);
    expect(messages(run, "error")).toMatch(
      /catalog\/acme\/shop\.yaml:\d+:\d+: repositories\[4\]\.kind: .*\n.*kustomise/,
    );
  });
});
