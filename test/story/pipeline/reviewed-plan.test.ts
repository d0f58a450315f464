import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Told } from "../gitlab/pipelines-lab";
import { Production, project } from "./production";

const JOB = "apply development";
const PREVIEW = "preview: [dev]";

/** Each step is a pipeline with runs of Pulumi in it. */
describe("A platform whose GitLab pipeline applies what was reviewed", { timeout: 1_200_000 }, () => {
  let platform: Production;
  /** The last pipelines of a merge request with a plan, and of main after its merge. */
  let planned: Told;
  let earlier: Told;
  let main: Told;

  beforeAll(async () => {
    platform = await Production.create();
  }, 1_200_000);
  afterAll(() => platform?.dispose());

  const log = (pipeline: number, job: string): Promise<string> => platform.repository.log(pipeline, job);
  const namespaces = async (): Promise<string[]> =>
    (await platform.factory.list("namespaces"))
      .map(({ metadata }) => metadata.name)
      .filter((name) => /^acme-/.test(name));

  it("comes up by a pipeline that was started by hand, without a plan", async () => {
    const pipeline = await platform.withoutPlan();
    const job = await platform.repository.job(pipeline, JOB);
    expect(job.status, await log(pipeline, JOB)).toBe("success");
    expect(await namespaces()).toEqual([expect.stringMatching(/^acme-shop-prod-/)]);
  });

  it("adds a project after a merge request whose note said so", async () => {
    const iid = await platform.repository.propose("blog", { "catalog/acme/blog.yaml": project("blog") });
    planned = await platform.repository.reviewed(iid);
    const { id, status } = planned;
    expect(status, (await log(id, PREVIEW)) + (await log(id, "review"))).toBe("success");
    const notes = await platform.repository.notes(iid);
    expect(notes).toHaveLength(1);
    expect(notes[0]).toContain("blog");
    main = await platform.repository.merge(iid);
    const job = await platform.repository.job(main.id, JOB);
    const said = await log(main.id, JOB);
    expect(job.status, said).toBe("success");
    expect(said).toMatch(/^create kubernetes:core\/v1:Namespace acme-blog-prod-/m);
    expect(await namespaces()).toHaveLength(2);
  });

  it("does nothing when the same job runs again", async () => {
    const job = await platform.repository.job(main.id, JOB);
    expect((await platform.repository.press("retry", job)).status).toBe(201);
    expect((await platform.repository.job(main.id, JOB)).status).toBe("success");
    expect(await log(main.id, JOB)).toContain("dev: nothing to do, it is already as this commit says");
  });

  it("is stopped by a policy where a merge request widens rights, and the note says by which", async () => {
    const { program } = platform.factory;
    const before = program.read("Pulumi.dev.yaml");
    program.config(["argocd", "settings"], { "exec.enabled": "true" });
    const changed = program.read("Pulumi.dev.yaml");
    program.write("Pulumi.dev.yaml", before);
    const iid = await platform.repository.propose("exec", { "Pulumi.dev.yaml": changed });
    const { id, status } = await platform.repository.reviewed(iid);
    expect(status).toBe("failed");
    expect(await log(id, PREVIEW)).toContain("argocd-cm-exec-off");
    const [note] = await platform.repository.notes(iid);
    expect(note).toContain("argocd-cm-exec-off");
  });

  it("does not delete a production project, which the note shows on top", async () => {
    const iid = await platform.repository.propose("no-shop", { "catalog/acme/shop.yaml": undefined });
    const { id, status } = await platform.repository.reviewed(iid);
    expect(status).toBe("failed");
    expect(await log(id, PREVIEW)).toMatch(/protect/);
    const [note = ""] = await platform.repository.notes(iid);
    // Before what is said of each stack.
    const [top = ""] = note.split("\n### ");
    expect(top.split("\n")[0]).toContain("deletes the project `acme/shop`");
    expect(top).toMatch(/\*\*protected\*\* in `dev`, `acme\/shop`.*the update will be refused/);
    expect(await namespaces()).toHaveLength(2);
  });

  it("refuses a plan that another update has overtaken, and says what to do", async () => {
    const iid = await platform.repository.propose("wiki", { "catalog/acme/wiki.yaml": project("wiki") });
    earlier = planned;
    planned = await platform.repository.reviewed(iid);
    expect(planned.status).toBe("success");
    // The quickest way to another state: the namespace of blog is no longer protected.
    await platform.factory.stack.must("state", "unprotect", "--all", "--yes", "--stack", "dev");
    main = await platform.repository.merge(iid);
    expect((await platform.repository.job(main.id, JOB)).status).toBe("failed");
    const said = await log(main.id, JOB);
    expect(said).toContain("the stack dev has changed since the plan was made");
    expect(said).toContain(`fix:     retry the job \`${PREVIEW}\` of`);
    expect(said).toContain("ERROR: Job failed: exit code 3");
    expect(await namespaces()).toHaveLength(2);
  });

  it("refuses what somebody has put into the place of the plan", async () => {
    const repository = platform.repository;
    const place = await repository.artifacts(planned.id, PREVIEW);
    const plan = join(place, "plans", "dev", "plan.json");
    const whole = readFileSync(plan, "utf8");
    writeFileSync(plan, whole.replaceAll("acme-wiki-", "acme-evil-"));
    expect(await again()).toContain("the plan is not the one that was made together with its origin.json");
    // Another merge request's, whole.
    cpSync(await repository.artifacts(earlier.id, PREVIEW), place, { recursive: true });
    const said = await again();
    expect(said).toContain("what is merged is not what was reviewed: files differ from those of the plan");
    expect(said).toContain("found:   catalog/acme/wiki.yaml\n");
    expect(await namespaces()).toHaveLength(2);
  });

  it("refuses where somebody has changed the cluster by hand, and does it when that is put back", async () => {
    const repository = platform.repository;
    // What the refusal of an overtaken plan says.
    await repository.press("retry", await repository.job(planned.id, PREVIEW));
    expect((await repository.job(planned.id, PREVIEW)).status, await log(planned.id, PREVIEW)).toBe("success");
    const [shop = ""] = (await namespaces()).filter((name) => name.startsWith("acme-shop-"));
    const label = "pod-security.kubernetes.io/enforce";
    const { labels = {} } = (await platform.factory.object("namespace", shop)).metadata;
    await platform.factory.kubectl(["label", "namespace", shop, "--overwrite", `${label}=privileged`]);
    const said = await again();
    expect(said).toContain("the update would do what the plan does not say");
    expect(said).toContain(`found:   ${shop}-namespace: `);
    expect(said).toContain(`fix:     retry the job \`${PREVIEW}\` of`);
    expect(await namespaces()).toHaveLength(2);
    await platform.factory.kubectl(["label", "namespace", shop, "--overwrite", `${label}=${labels[label] ?? ""}`]);
    await repository.press("retry", await repository.job(main.id, JOB));
    expect((await repository.job(main.id, JOB)).status, await log(main.id, JOB)).toBe("success");
    expect(await namespaces()).toHaveLength(3);
  });

  /** Retries the update, which has to refuse. @returns what it says */
  const again = async (): Promise<string> => {
    await platform.repository.press("retry", await platform.repository.job(main.id, JOB));
    expect((await platform.repository.job(main.id, JOB)).status).toBe("failed");
    const said = await log(main.id, JOB);
    expect(said).toContain("ERROR: Job failed: exit code 3");
    return said;
  };
});
