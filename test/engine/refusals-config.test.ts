import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ProgramCopy } from "./support/program-copy";
import { PulumiEngine } from "./support/pulumi-engine";
import type { Run } from "./support/pulumi-run";
import { PulumiStack } from "./support/pulumi-stack";
import { refusal } from "./support/refusal";
import { smallInstall } from "./support/small-install";

const shop = "catalog/acme/shop.yaml";
const logs = mkdtempSync(join(tmpdir(), "gitops-factory-refusals-"));
let engine: PulumiEngine;
let program: ProgramCopy;
let stack: PulumiStack;

beforeAll(async () => {
  engine = await PulumiEngine.create();
});

beforeEach(async () => {
  program = new ProgramCopy();
  const backend = join(program.dir, ".state");
  mkdirSync(backend);
  stack = new PulumiStack({
    cli: engine.cli,
    // Whatever asks a cluster fails in another way than expected.
    env: {
      ...engine.env,
      PULUMI_BACKEND_URL: `file://${backend}`,
      PULUMI_CONFIG_PASSPHRASE: "lab",
      KUBECONFIG: "/dev/null",
    },
    dir: program.dir,
    backend,
    logs,
    project: "gitops-factory",
    stack: "dev",
  });
  await stack.must("stack", "select", "--create", "dev");
});

afterEach(() => {
  program.dispose();
});

afterAll(() => {
  engine.dispose();
  rmSync(logs, { recursive: true, force: true });
});

/** What the program says, which must be all that is said, without the stack's name above it. */
function errorsOf(run: Run): string {
  const [head, ...lines] = refusal(run).split("\n");
  expect(head).toBe("pulumi:pulumi:Stack (gitops-factory-dev):");
  return lines.map((line) => line.replace(/^ {2}/, "")).join("\n");
}

describe("pulumi preview refuses, before it asks any cluster,", () => {
  it("a wrong type, a bad address and an unknown key, all at once, with their place in each file", async () => {
    program.config(["dns", "forwards", 0, "to"], "10.0.0.53");
    program.config(["dns", "forwards", 1, "to", 0], "10.0.0.256");
    program.replace(shop, "environments: [dev, staging]", "environments: [dev, staging]\nquotas: { cpu: 2 }");
    expect(errorsOf(await stack.preview())).toBe(
      `error: 3 problems
error: Pulumi.dev.yaml:10:9: dns.forwards[0].to: the value has the wrong type
  found:   10.0.0.53
  allowed: a list
  fix:     write a list here
error: Pulumi.dev.yaml:13:15: dns.forwards[1].to[0]: the value is not the address of a DNS server
  found:   10.0.0.256
  allowed: an IP address with or without a port: 10.0.0.53, 10.0.0.53:8600, [fd00::53]:53
  fix:     write the server's IP address: a name cannot be looked up before DNS works
error: catalog/acme/shop.yaml:5:1: quotas: unknown key "quotas"
  allowed: organisation, name, description, owners, groups, environments, quota, autosync, cluster, revision, containerDefaults, podSecurity, network, ownApplications, syncWindows, deniedKinds, repositories, appRepositories, gitlab
  fix:     did you mean "quota"?`,
    );
  });

  it("projects that collide, a name too long, a secret that is not there, and a password, which is shown nowhere", async () => {
    const project = (organisation: string, name: string): void => {
      const text = program.read(shop).replace("acme", organisation).replace("name: shop", `name: ${name}`);
      program.write(
        `catalog/${organisation}/${name}.yaml`,
        text.replace("environments: [dev, staging]", "environments: [dev]"),
      );
    };
    project("acme-web", "shop");
    project("acme", "web-shop");
    program.replace(
      "catalog/protobox1/docserver.yaml",
      "http://git.protobox/",
      "http://bob:s3cr3t-t0ken@git.protobox/",
    );
    program.replace(
      "catalog/ministere/demarches.yaml",
      "credentials: gitlab\n    sync",
      "credentials: gitlap\n    sync",
    );
    program.replace(shop, "name: deploy", "name: deploy-for-all-of-them");
    const run = await stack.preview();
    expect(errorsOf(run)).toBe(`error: 5 problems
error: catalog/acme/shop.yaml:6:5: repositories[0].name: the repository's name is too long
  found:   deploy-for-all-of-them
  allowed: 2 to 20 characters
  fix:     shorten it by 2 characters
error: catalog/acme-web/shop.yaml:3:1: name: the namespace of dev would have the same name as one of catalog/acme/web-shop.yaml
  found:   acme-web-shop-dev-6293
  fix:     rename the project here or in catalog/acme/web-shop.yaml: a hyphen may stand in either part, so a-b + c and a + b-c are the same
error: catalog/acme-web/shop.yaml:6:5: repositories[0].name: the Application of dev would have the same name as one of catalog/acme/web-shop.yaml
  found:   acme-web-shop-dev-deploy-6293
  fix:     rename the project here or in catalog/acme/web-shop.yaml: a hyphen may stand in either part, so a-b + c and a + b-c are the same
error: catalog/ministere/demarches.yaml:45:5: repositories[1].credentials: the stack's config has no secret of this name
  allowed: gitlab
  fix:     did you mean "gitlab"?
error: catalog/protobox1/docserver.yaml:12:5: repositories[0].url: the URL holds a user or a password, which everyone who reads Git would see
  found:   http://(not shown)@git.protobox/gitlab/protobox1/docserver.git
  allowed: https://host/path.git, http://host/path.git, ssh://git@host/path.git or git@host:path.git
  fix:     remove it, put it into the stack's config (pulumi config set --path --secret secrets.NAME.password), write \`credentials: NAME\` here, and revoke the one that stood here`);
    expect(JSON.stringify(run)).not.toMatch(/s3cr3t|bob:/);
  });

  it("an empty catalogue, rather than take every project down", async () => {
    program.remove("catalog");
    mkdirSync(join(program.dir, "catalog"));
    expect(errorsOf(await stack.preview())).toBe(
      `error: catalog: the catalogue is empty
  allowed: one file a project: <organisation>/<project>.yaml
  fix:     add a project; to take everything down, use pulumi destroy`,
    );
  });

  it("manifests that are not there", async () => {
    program.config(["argocd", "manifests"], { location: "manifests/install.yaml" });
    expect(errorsOf(await stack.preview())).toBe(
      `error: manifests/install.yaml: there is no such file; it should hold the manifests of Argo CD v3.2.12
  allowed: a file, by its path relative to the project's folder
  fix:     commit the file there, or correct gitops-factory:argocd.manifests.location`,
    );
  });

  it("manifests with another checksum than the one that is pinned", async () => {
    program.config(["argocd", "manifests"], { location: "install.yaml" });
    program.write("install.yaml", "apiVersion: v1\n");
    expect(errorsOf(await stack.preview())).toBe(
      `error: install.yaml: the file is not the one that the config pins for Argo CD v3.2.12: its SHA-256 differs
  found:   776ae142428e754b67d7d6e3dfdbe1b448f0bac355d8fa24ec9471e21d90b432
  allowed: 1097a8e8cdc1ed00831ec35338584ecaa2f79d29868fc0c2c5be61cce96253b8
  fix:     when you mean to change the version, look at what changed in the file and set gitops-factory:argocd.manifests.sha256 to the value found; otherwise do not use this file`,
    );
  });

  it("manifests that lack a CRD, and settings of a workload that they do not hold", async () => {
    smallInstall(program, ({ metadata }) => metadata.name !== "appprojects.argoproj.io");
    program.config(["argocd", "workloads"], { "argocd-servr": { replicas: 2 } });
    expect(errorsOf(await stack.preview())).toBe(`error: 2 problems
error: install.yaml: the file is not an install of Argo CD: it lacks CustomResourceDefinition appprojects.argoproj.io
  allowed: the install.yaml or ha/install.yaml of a release of Argo CD
  fix:     correct gitops-factory:argocd.manifests: location and sha256
error: Pulumi.dev.yaml: argocd.workloads.argocd-servr: Argo CD v3.2.12 (install) has no workload of this name
  found:   argocd-servr
  allowed: argocd-repo-server, argocd-server
  fix:     name one of these, or remove the entry`);
  });

  it("a stack whose name is no environment", async () => {
    await stack.must("stack", "init", "try-out");
    const run = await stack.preview("--stack", "try-out");
    expect(refusal(run)).toBe(
      `pulumi:pulumi:Stack (gitops-factory-try-out):
  error: Pulumi.try-out.yaml: environment: the stack's name is no environment, and the config names none
    found:   try-out
    allowed: 2 to 11 lower-case letters and digits
    fix:     pulumi config set environment dev`,
    );
  });
});
