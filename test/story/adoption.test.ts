import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FactoryCommand, type Outcome } from "../engine/support/factory-command";
import { objectChanges, succeeded } from "../engine/support/pulumi-run";
import { isDeployed } from "./support/application";
import { projectName, setCatalogue } from "./support/catalogue";
import { applyFoundPlatform, FOUND } from "./support/found-platform";
import { GitRepository } from "./support/git-repository";
import { Imports } from "./support/imports";
import { deployment, yaml } from "./support/manifests";
import { Story } from "./support/story";

/** An object by what tells whether it is still the same one. */
interface Identified {
  readonly metadata: { readonly uid: string; readonly name: string; readonly generation?: number };
}

const FILES = [
  "catalog/acme/start.yaml",
  "catalog/etat/fiscal.yaml",
  "catalog/mi/ville.yaml",
  "catalog/protobox1/docserver.yaml",
];

/** The steps build on one another: what was there is read, written down, taken over, and never touched. */
describe("Adopting what exists", { timeout: 300_000 }, () => {
  let story: Story;
  let before: unknown;
  let imports: Imports;
  let importing: string;

  beforeAll(async () => {
    story = await Story.start({ parts: ["git"] });
    const start = await GitRepository.create(story, "acme/start", { "all.yaml": yaml(deployment("start", "web:1")) });
    setCatalogue(story, { name: "start", repositories: [{ name: "start", url: start.url(), kind: "manifests" }] });
    await story.deploy();
    await applyFoundPlatform(story);
    for (const { application } of Object.values(FOUND)) await story.untilApplication(application, isDeployed);
    before = await running();
    imports = new Imports(story);
  }, 600_000);
  afterAll(() => story?.dispose());

  function adopt(...flags: readonly string[]): Promise<Outcome> {
    const { lab, program } = story.factory;
    const args = ["adopt", "--from-cluster", "--stack", "dev", "--root", program.dir, ...flags];
    return new FactoryCommand(args, { ...lab.env }).outcome;
  }

  /** What must be the same objects afterwards: Applications, namespaces, Deployments with their template, pods. */
  async function running(): Promise<unknown> {
    const all = Object.values(FOUND).map(async ({ application, namespace, deployment: name }) => {
      const inside = `namespaces/${namespace}`;
      const ofUid = async (path: string) => ((await story.get(path)) as Identified | undefined)?.metadata.uid;
      const live = (await story.get(`/apis/apps/v1/${inside}/deployments/${name}`)) as Identified | undefined;
      const pods = (await story.get(`/api/v1/${inside}/pods`)) as { items: Identified[] };
      return {
        application: (await story.application(application))?.metadata.uid,
        namespace: await ofUid(`/api/v1/${inside}`),
        deployment: [live?.metadata.uid, live?.metadata.generation],
        // A pod's name has the hash of its template.
        pods: pods.items.map(({ metadata }) => [metadata.uid, metadata.name]).sort(),
      };
    });
    return Promise.all(all);
  }

  it("makes a catalogue file of each project, and leaves the one that says the same alone", async () => {
    const own = story.factory.program.read("catalog/acme/start.yaml");
    const outcome = await adopt("--json");
    expect(outcome.stderr).toBe("");
    const { files } = JSON.parse(outcome.stdout) as { files: { file: string; state: string }[] };
    expect(files.map(({ file, state }) => [file, state])).toEqual(
      FILES.map((file, index) => [file, index === 0 ? "unchanged" : "new"]),
    );
    expect(outcome.code).toBe(0);
    expect(story.factory.program.read("catalog/acme/start.yaml")).toBe(own);
  });

  it("keeps the names, and says what the document's Application says", () => {
    const text = story.factory.program.read("catalog/protobox1/docserver.yaml");
    expect(text).toContain("applicationName: argo-docserver");
    expect(text).toContain("namespace: docserver");
    expect(text).toContain("revision: CD");
    expect(story.factory.program.read("catalog/etat/fiscal.yaml")).toContain("podSecurity: baseline");
  });

  it("is refused by the engine as long as others own the fields, and nothing is changed", async () => {
    const run = await story.factory.stack.up();
    expect(run.exitCode).not.toBe(0);
    expect(run.stdout + run.stderr).toContain("field conflict");
    expect(await running()).toEqual(before);
  });

  it("takes the fields over without changing a value", async () => {
    const spec = (await story.application(FOUND.docserver.application))?.spec;
    const outcome = await adopt("--take-over");
    expect(outcome.stderr).toBe("");
    expect(outcome.stdout).toContain(`Application argocd/${FOUND.api.application}`);
    expect((await story.application(FOUND.docserver.application))?.spec).toEqual(spec);
    expect((await adopt("--take-over")).stdout).toMatch(/^0 objects of /);
  });

  it("tells what the first update changes on what exists, and what it makes", async () => {
    const { imported, absent, steps } = await imports.write();
    const of = (kind: string, name: string) => imported.find((one) => one.kind === kind && one.name === name)?.changes;
    expect(of("Application", FOUND.docserver.application)).toContainEqual({
      path: "spec.project",
      before: "default",
      after: projectName("docserver").replace("acme", "protobox1"),
    });
    expect(of("AppProject", `${FOUND.api.namespace}-app`)).toContainEqual({ path: "spec.sourceRepos[]", before: "*" });
    expect(of("ResourceQuota", "dso-quota")).toContainEqual({ path: "spec.hard.pods", after: "50" });
    expect(imported.flatMap(({ ownedByOthers }) => ownedByOthers)).toEqual([]);
    expect(absent.map(({ kind, namespace }) => `${kind} ${namespace ?? ""}`)).toContain(
      `ResourceQuota ${FOUND.docserver.namespace}`,
    );
    // The state has the provider, and nobody else owns a field.
    const [first = "", ...others] = steps.flatMap(({ commands }) => commands);
    expect(others).toEqual(["pulumi preview --stack dev --diff", "pulumi up --stack dev"]);
    importing = first;
    expect(await running()).toEqual(before);
  });

  it("is imported, and imported once, so that the preview says update where it said create", async () => {
    imports.leaveOut(`argocd/${FOUND.docserver.application}`);
    expect(await imports.run(importing)).toMatch(/= \d+ imported/);
    expect(await imports.run(importing)).not.toContain("imported");
    const { steps: planned } = await succeeded(story.factory.stack.preview());
    const opOf = (namespace: string, part: string) => planned.find(({ name }) => name === `${namespace}-${part}`)?.op;
    expect(opOf(FOUND.front.namespace, "application-front")).toBe("update");
    expect(opOf(FOUND.front.namespace, "quota")).toBe("update");
    expect(opOf(FOUND.api.namespace, "app-project")).toBe("update");
    expect(opOf(FOUND.api.namespace, "namespace")).toBe("update");
    // What was not imported is taken over by the update itself.
    expect(opOf(FOUND.docserver.namespace, "application-docserver")).toBe("create");
    expect(await running()).toEqual(before);
  });

  it("the first update deletes and replaces nothing, and no pod starts anew", async () => {
    const run = await succeeded(story.factory.stack.up());
    expect(run.steps.filter(({ op }) => /delete|replace/.test(op))).toEqual([]);
    for (const { application } of Object.values(FOUND)) {
      await story.refresh(application);
      await story.untilApplication(application, isDeployed);
    }
    expect(await running()).toEqual(before);
  });

  it("closes what was open, and takes out what the catalogue does not say", async () => {
    const api = (await story.application(FOUND.api.application))?.spec;
    expect(api?.["destination"]).toEqual({ server: "https://kubernetes.default.svc", namespace: FOUND.api.namespace });
    const path = `/apis/argoproj.io/v1alpha1/namespaces/argocd/appprojects/${FOUND.api.namespace}-app`;
    const { spec } = (await story.get(path)) as { spec: Record<string, unknown> };
    expect(spec["sourceRepos"]).toHaveLength(1);
    expect(spec["namespaceResourceWhitelist"]).toBeUndefined();
    expect((await story.application(FOUND.docserver.application))?.spec["project"]).toBe(
      projectName("docserver").replace("acme", "protobox1"),
    );
  });

  it("the next update changes nothing, and a later change meets no other owner", async () => {
    expect(objectChanges(await succeeded(story.factory.stack.up()))).toEqual([]);
    const { program } = story.factory;
    program.write(
      "catalog/mi/ville.yaml",
      program.read("catalog/mi/ville.yaml").replace("    kind: manifests", "    kind: manifests\n    revision: main"),
    );
    program.write(
      "catalog/etat/fiscal.yaml",
      program
        .read("catalog/etat/fiscal.yaml")
        .replace("    kind: manifests", "    kind: manifests\n    revision: main"),
    );
    expect(objectChanges(await succeeded(story.factory.stack.up())).sort()).toEqual([
      `update ${FOUND.api.namespace}-application-api`,
      `update ${FOUND.front.namespace}-application-front`,
    ]);
  });

  it("has nothing to import where the state has all that is declared", async () => {
    const outcome = await imports.adopt("--force");
    expect([outcome.code, outcome.stderr]).toEqual([
      3,
      "nothing to import: the stack dev has all that the program declares\n",
    ]);
  });

  it("imports bring a lost state back, and what runs does not notice", async () => {
    const { stack } = story.factory;
    await stack.must("stack", "rm", "--force", "--yes", "--preserve-config");
    await stack.must("stack", "select", "--create", "dev");
    const { imported, steps } = await imports.write();
    const commands = steps.flatMap((step) => step.commands);
    expect(commands.map((command) => command.split(" ").slice(0, 2).join(" "))).toEqual([
      ...["pulumi up", "pulumi import", "pulumi preview", "pulumi up"],
    ]);
    for (const command of commands.slice(0, 2)) await imports.run(command);
    const run = await succeeded(stack.up());
    expect(run.steps.filter(({ op }) => /delete|replace/.test(op))).toEqual([]);
    expect(run.steps.filter(({ op, type }) => op === "create" && /:Application$|:Namespace$/.test(type))).toEqual([]);
    expect(imported.filter(({ kind }) => kind === "Application")).toHaveLength(4);
    expect(await running()).toEqual(before);
  });

  it("adopting what the factory made gives the same catalogue", async () => {
    const outcome = await adopt("--json");
    const { files } = JSON.parse(outcome.stdout) as { files: { file: string; state: string; differences: string[] }[] };
    expect(files.map(({ file, state, differences }) => [file, state, differences])).toEqual(
      FILES.map((file) => [file, "unchanged", []]),
    );
  });
});
