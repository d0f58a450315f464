import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { componentPackageSchema } from "../../model/schema/component-package";
import { runKubectl } from "./support/kubectl";
import { type RunningCluster, startTestCluster } from "./support/kubernetes-cluster";
import { PulumiEngine } from "./support/pulumi-engine";
import type { PulumiProject } from "./support/pulumi-project";
import { changes, messages, objectChanges, succeeded } from "./support/pulumi-run";
import { smallManifests } from "./support/small-install";
import { type YamlFile, yamlProgram } from "./support/yaml-program";

const root = join(__dirname, "..", "..");
const folder = join(root, "component-package");
const example = readFileSync(join(root, "docs", "examples", "yaml", "Pulumi.yaml"), "utf8");
const PASSWORD = "a-password-of-git";

let cluster: RunningCluster;
let engine: PulumiEngine;
let project: PulumiProject;

/** The example, on as much of Argo CD as it needs; none of its controllers runs, so that nothing waits for finalizers. */
function program(change: (file: YamlFile) => void = () => {}): string {
  return yamlProgram(example, (file) => {
    const { location, sha256 } = smallManifests((text) => project.write("install.yaml", text));
    Object.assign(file.resources["argocd"]?.properties ?? {}, { manifests: { location, sha256 } });
    Object.assign(file.resources["shop"]?.properties ?? {}, { deletion: { workloads: "orphan" } });
    change(file);
  });
}

beforeAll(async () => {
  [cluster, engine] = await Promise.all([startTestCluster(), PulumiEngine.create()]);
  project = await engine.project({ program: "", name: "platform", env: { KUBECONFIG: cluster.kubeconfig } });
  project.write(
    "Pulumi.yaml",
    `name: platform\nruntime: nodejs\nmain: index.js\npackages:\n  gitops-factory: ${folder}\n`,
  );
  await project.config("gitPassword", PASSWORD, "--secret");
  project.program(program());
});

afterAll(async () => {
  engine.dispose();
  await cluster.stop();
});

describe("The component package", () => {
  it("gives its schema to the real CLI, which finds nothing to change in it", async () => {
    const given = await project.must("package", "get-schema", join(folder, "pulumi-resource-gitops-factory"));
    expect(JSON.parse(given)).toEqual({ ...componentPackageSchema(), config: {}, provider: {} });
  });

  it("is served by what newer language hosts run for PulumiPlugin.yaml", async () => {
    const runPlugin = join(root, "node_modules", "@pulumi", "pulumi", "cmd", "run-plugin");
    const served = spawn(process.execPath, [runPlugin, folder, "127.0.0.1:1"], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [port] = (await once(served.stdout, "data")) as [Buffer];
    served.kill();
    expect(port.toString()).toMatch(/^\d+\n$/);
  });

  it("previews the example, and shows no secret", async () => {
    const run = await succeeded(project.preview("--diff"));
    expect(changes(run)).toEqual(
      expect.arrayContaining([
        "create argocd",
        "create dns",
        "create shop",
        "create acme-shop-dev-6293",
        "create acme-shop-dev-6293-application-deploy",
      ]),
    );
    expect(messages(run, "warning", "error")).toBe("");
    expect(run.stdout).not.toContain(PASSWORD);
  });

  it("makes of the example what the program makes of the same settings", async () => {
    await succeeded(project.up());
    const { adminPassword, ...outputs } = await project.outputs();
    expect(outputs).toEqual({ namespace: "acme-shop-dev-6293", applications: ["acme-shop-dev-deploy-6293"] });
    expect(adminPassword).toMatch(/^[A-Za-z0-9]{32}$/);
    const get = async (...what: string[]) =>
      JSON.parse(await runKubectl(cluster, ["get", ...what, "-o", "json"])) as Record<string, object>;
    expect(await get("application", "-n", "argocd", "acme-shop-dev-deploy-6293")).toMatchObject({
      spec: { project: "acme-shop-dev-6293", destination: { namespace: "acme-shop-dev-6293" } },
    });
    expect(await get("resourcequota", "-n", "acme-shop-dev-6293", "dso-quota")).toMatchObject({
      spec: { hard: { "limits.cpu": "4", "requests.memory": "8Gi" } },
    });
    expect(await runKubectl(cluster, ["get", "configmap", "-n", "kube-system", "coredns", "-o", "yaml"])).toContain(
      "protobox:53 {",
    );
    const secrets = await runKubectl(cluster, ["get", "secret", "-n", "argocd", "-o", "yaml"]);
    expect(secrets).toContain(Buffer.from(PASSWORD).toString("base64"));
  });

  it("keeps secrets out of the state in clear", () => {
    const state = project.stateFile();
    expect(state).not.toContain(PASSWORD);
    expect(state).not.toContain(Buffer.from(PASSWORD).toString("base64"));
  });

  it("changes nothing the second time", async () => {
    expect(objectChanges(await succeeded(project.up()))).toEqual([]);
  });

  it("changes what a changed input is about, and nothing else", async () => {
    project.program(
      program(({ resources }) => Object.assign(resources["shop"]?.properties ?? {}, { quota: { cpu: "6" } })),
    );
    expect(objectChanges(await succeeded(project.up()))).toEqual(["update acme-shop-dev-6293-quota"]);
  });

  it("refuses wrong inputs, all of them at once, with the place, what is allowed and the fix", async () => {
    project.program(
      program(({ resources }) => {
        Object.assign(resources["shop"]?.properties ?? {}, {
          environment: "Dev",
          secrets: { git: { pasword: PASSWORD } },
        });
      }),
    );
    const run = await project.preview();
    expect(run.exitCode).not.toBe(0);
    const said = messages(run, "error");
    expect(said).toContain("Project shop: environment: ");
    expect(said).toContain("Project shop: secrets.git.pasword: unknown key");
    expect(run.stdout + run.stderr).not.toContain(PASSWORD);
    expect(run.stdout + run.stderr).not.toMatch(/\n {4}at /);
  });

  it("goes in the order that Argo CD needs", async () => {
    project.program(program());
    const gone = objectChanges(await succeeded(project.destroy()));
    const place = (name: string): number => gone.indexOf(`delete ${name}`);
    expect(place("acme-shop-dev-6293-application-deploy")).toBeGreaterThanOrEqual(0);
    expect(place("acme-shop-dev-6293-application-deploy")).toBeLessThan(place("acme-shop-dev-6293-app-project"));
    expect(place("acme-shop-dev-6293-app-project")).toBeLessThan(place("argocd-deployment-argocd-server"));
  });
});
