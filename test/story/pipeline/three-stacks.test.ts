import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Factory } from "../../engine/support/factory";
import { smallInstall } from "../../engine/support/small-install";
import type { Told } from "../gitlab/pipelines-lab";
import type { PlatformRepository } from "./platform-repository";
import { onGitLab, project } from "./production";

const STACKS = ["dev", "staging", "prod"];

/** Three environments in one cluster, as platforms without clusters of their own have them. */
describe("A platform of three stacks, planned in one merge request", { timeout: 1_200_000 }, () => {
  let factory: Factory;
  let repository: PlatformRepository;
  let main: Told;

  beforeAll(async () => {
    factory = await Factory.start();
    const { program, stack } = factory;
    program.remove("catalog");
    program.config(["dns"], undefined);
    program.config(["argocd", "admin"], { enabled: false });
    program.config(["secrets"], undefined);
    program.config(["deletion"], { protect: true, workloads: "orphan" });
    smallInstall(program);
    program.write("catalog/acme/shop.yaml", project("shop", STACKS));
    for (const name of STACKS) {
      program.config(["environment"], name);
      program.write(`Pulumi.${name}.yaml`, program.read("Pulumi.dev.yaml"));
    }
    program.config(["environment"], "dev");
    for (const name of STACKS.slice(1)) await stack.must("stack", "init", name, "--no-select");
    repository = await onGitLab(factory, { stacks: STACKS });
  }, 1_200_000);
  afterAll(async () => {
    await repository?.dispose();
    await factory?.dispose();
  });

  const environments = async (): Promise<string[]> =>
    (await factory.list("namespaces")).flatMap(({ metadata }) => /^acme-shop-(\w+)-/.exec(metadata.name)?.[1] ?? []);

  it("tells in one note what would come to be in each", async () => {
    const iid = await repository.propose("blog", { "catalog/acme/blog.yaml": project("blog", ["dev"]) });
    const { id, status } = await repository.reviewed(iid);
    const logs = await Promise.all(STACKS.map((stack) => repository.log(id, `preview: [${stack}]`)));
    expect(status, logs.join("\n")).toBe("success");
    const [note = ""] = await repository.notes(iid);
    for (const stack of STACKS) expect(note).toMatch(new RegExp(`^### .*${stack}`, "m"));
    main = await repository.merge(iid);
  });

  it("gives each its own plan, in their order, and goes no further than it was asked to", async () => {
    const reached: string[][] = [];
    for (const tier of ["development", "staging", "production"]) {
      const name = `apply ${tier}`;
      if (tier !== "development") {
        const waiting = await repository.job(main.id, name, ["manual"]);
        expect((await repository.press("play", waiting)).status).toBe(200);
      }
      const { status } = await repository.job(main.id, name);
      expect(status, await repository.log(main.id, name)).toBe("success");
      reached.push((await environments()).sort());
    }
    expect(reached).toEqual([["dev"], ["dev", "staging"], ["dev", "prod", "staging"]]);
    expect((await repository.ended(main.id, ["success", "failed"])).status).toBe("success");
  });
});
