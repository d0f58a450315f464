import { cpSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { ensureTools } from "../../../lab/toolchain";
import { Factory } from "../../engine/support/factory";
import { smallInstall } from "../../engine/support/small-install";
import { PlatformRepository } from "./platform-repository";

const root = join(__dirname, "..", "..", "..");
const template = "templates/factory/factory.gitlab-ci.yml";

/** A project's file in the catalogue, for production unless other environments are named. */
export function project(name: string, environments = ["prod"]): string {
  const repository = { name: "deploy", kind: "kustomize", url: `https://git.acme.example/${name}/deploy.git` };
  return stringify({
    organisation: "acme",
    name,
    environments,
    repositories: [{ ...repository, revision: "v1.4.0" }],
  });
}

/**
 * Puts the program into a repository on a double of GitLab, with the template as its pipeline, and the lab's cluster and
 * backend as its variables.
 */
export async function onGitLab({ program, lab }: Factory, inputs: object): Promise<PlatformRepository> {
  for (const entry of ["policies", template]) {
    cpSync(join(root, entry), join(program.dir, entry), { recursive: true });
  }
  const { binDirs } = await ensureTools(["pulumi", "pulumi-language-nodejs"]);
  const here = {
    // Packages and the command are those of this checkout: nothing is downloaded.
    setup: `ln -s '${join(root, "node_modules")}' node_modules && export PATH="${binDirs.join(":")}:$PATH"`,
    factory: `node '${join(root, "bin", "factory.js")}'`,
  };
  program.write(".gitlab-ci.yml", stringify({ include: [{ local: template, inputs: { ...inputs, ...here } }] }));
  program.write(".gitignore", "node_modules\nplans/\n");
  const repository = await PlatformRepository.create(program.dir);
  const engine = Object.entries(lab.env).filter(([name]) => /^(?:PULUMI_|KUBECONFIG$)/.test(name));
  await repository.variables({
    ...Object.fromEntries(engine.filter(([name]) => name !== "PULUMI_EXPERIMENTAL")),
    FACTORY_GITLAB_TOKEN: await repository.token("api"),
  });
  return repository;
}

/**
 * The program in a repository on a double of GitLab, with the template as its pipeline, and a lab as its one cluster:
 * production, by the stack `dev`, whose file the lab's passphrase opens.
 */
export class Production {
  private constructor(
    readonly factory: Factory,
    readonly repository: PlatformRepository,
  ) {}

  static async create(): Promise<Production> {
    const factory = await Factory.start();
    const { program } = factory;
    smallInstall(program);
    program.remove("catalog");
    program.write("catalog/acme/shop.yaml", project("shop"));
    program.config(["environment"], "prod");
    program.config(["deletion"], { protect: true, workloads: "orphan" });
    program.config(["argocd", "admin"], { enabled: false });
    program.config(["secrets"], undefined);
    const inputs = { stacks: ["dev"], development: "dev", staging: "none", production: "none" };
    const repository = await onGitLab(factory, inputs);
    return new Production(factory, repository);
  }

  /** Starts main's pipeline by hand, without a plan. @returns its id */
  async withoutPlan(): Promise<number> {
    const { gitlab, project } = this.repository;
    const variables = [{ key: "FACTORY_WITHOUT_PLAN", value: "true" }];
    return (await gitlab.must("POST", `/projects/${String(project)}/pipeline`, { ref: "main", variables })).id;
  }

  async dispose(): Promise<void> {
    await this.repository.dispose();
    await this.factory.dispose();
  }
}
