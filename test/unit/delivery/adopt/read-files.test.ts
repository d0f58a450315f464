import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { stringify } from "yaml";
import { readFiles } from "../../../../delivery/adopt/read-files";
import { UserError } from "../../../../model/problem";
import { adoptFound } from "./found";

function folder(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), "gitops-factory-adopt-"));
  onTestFinished(() => {
    rmSync(root, { recursive: true, force: true });
  });
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), text);
  }
  return root;
}

const named = (kind: string, name: string) => ({ apiVersion: "argoproj.io/v1alpha1", kind, metadata: { name } });

function namesIn(files: Readonly<Record<string, string>>, path = ""): string[] {
  return readFiles([join(folder(files), path)]).objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
}

function problemsOf(files: Readonly<Record<string, string>>, path = "") {
  try {
    readFiles([join(folder(files), path)]);
  } catch (error) {
    if (error instanceof UserError) return error.problems;
    throw error;
  }
  throw new Error("it was read, but a problem was expected");
}

describe("Objects are read from", () => {
  it("a file with several documents", () => {
    const text = [named("Application", "a"), named("AppProject", "b")].map((one) => stringify(one)).join("---\n");
    expect(namesIn({ "all.yml": text }, "all.yml")).toEqual(["Application a", "AppProject b"]);
  });

  it("lists, as kubectl prints them and as the API has them, in JSON too", () => {
    const list = { apiVersion: "v1", kind: "List", items: [named("Application", "a")] };
    const typed = { apiVersion: "argoproj.io/v1alpha1", kind: "ApplicationList", items: [{ metadata: { name: "b" } }] };
    expect(namesIn({ "a.json": JSON.stringify(list), "b.json": JSON.stringify(typed) })).toEqual([
      "Application a",
      "Application b",
    ]);
  });

  it("folders in folders, where templates that are no YAML are told and passed over", () => {
    const files = {
      "argo/a.yaml": stringify(named("Application", "a")),
      "chart/t.yaml": "{{ if }}\na: [\n",
      "README.md": "-",
    };
    const read = readFiles([folder(files)]);
    expect(read.objects.map(({ metadata }) => metadata.name)).toEqual(["a"]);
    expect(read.warnings.map(({ severity }) => severity)).toContain("warning");
  });

  it("no Secret's value", () => {
    const secret = {
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "s" },
      stringData: { url: "u", password: "hunter2" },
    };
    const text = [named("Application", "a"), secret].map((one) => stringify(one)).join("---\n");
    expect(JSON.stringify(readFiles([folder({ "a.yaml": text })]))).not.toContain("hunter2");
  });
});

describe("It is told where", () => {
  it("the indentation was lost in a copy from a web page, as in Protobox's document", () => {
    const pasted =
      "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\nname: argo-docserver\nnamespace: argocd\nspec:\nproject: default\nsource:\npath: factory/CD/base\n";
    expect(problemsOf({ "application.yml": pasted }, "application.yml")).toMatchObject([
      {
        path: "metadata",
        message: expect.stringContaining("the indentation is lost") as string,
        fix: expect.stringContaining("factory/CD/argo/application.yml") as string,
      },
    ]);
  });

  it.each([
    ["there is no such file", {}, "no.yaml", "there is no such file or folder"],
    [
      "nothing in it is Argo CD's",
      { "a.yaml": "kind: Pod\napiVersion: v1\nmetadata: { name: a }\n" },
      "a.yaml",
      "it holds no object of Argo CD",
    ],
    [
      "a file is no YAML",
      { "a.yaml": "a: [\n" },
      "a.yaml",
      "not valid YAML: the indentation does not fit the lines around it",
    ],
  ])("%s", (_, files, path, message) => {
    expect(problemsOf(files, path).map((problem) => problem.message)).toContain(message);
  });
});

describe("A repository of argocd-autopilot", () => {
  const template = {
    metadata: { name: "staging-{{ userGivenName }}", labels: { "app.kubernetes.io/managed-by": "argocd-autopilot" } },
    spec: {
      project: "staging",
      source: { repoURL: "{{ srcRepoURL }}", path: "{{ srcPath }}", targetRevision: "{{ srcTargetRevision }}" },
      destination: { server: "{{ destServer }}", namespace: "{{ destNamespace }}" },
      syncPolicy: { automated: { prune: true, selfHeal: true, allowEmpty: true } },
    },
  };
  const generator = (file: string, more: object = {}) => ({
    git: { files: [{ path: `apps/**/staging/${file}` }], ...more },
  });
  const directory = { template: { spec: { source: { directory: { recurse: true, exclude: "{{ exclude }}" } } } } };
  const set = {
    ...named("ApplicationSet", "staging"),
    spec: { generators: [generator("config.json"), generator("config_dir.json", directory)], template },
  };
  const config = (name: string, srcPath: string) =>
    JSON.stringify({
      appName: name,
      userGivenName: name,
      destNamespace: name,
      destServer: "https://kubernetes.default.svc",
      srcPath,
      srcRepoURL: "https://git.acme.example/acme/gitops.git",
      srcTargetRevision: "",
      exclude: "",
    });
  const files = {
    "projects/staging.yaml": [named("AppProject", "staging"), set].map((one) => stringify(one)).join("---\n"),
    "apps/hello/overlays/staging/config.json": config("hello", "apps/hello/overlays/staging"),
    "apps/world/staging/config_dir.json": config("world", "apps/world/staging"),
    "apps/hello/overlays/prod/config.json": config("hello", "apps/hello/overlays/prod"),
  };

  it("has an Application for each app of a project, each with a place of its own", () => {
    const { objects, notes } = readFiles([folder(files)]);
    expect(notes).toEqual([]);
    const { applications, projects } = adoptFound(objects, { environment: undefined });
    expect(
      applications.map(({ application, project, environment, namespace }) => [
        application.metadata.name,
        project,
        environment,
        namespace,
      ]),
    ).toEqual([
      ["staging-hello", "hello", "staging", "hello"],
      ["staging-world", "world", "staging", "world"],
    ]);
    expect(projects.map(({ content }) => (content["repositories"] as object[])[0])).toMatchObject([
      {
        kind: "kustomize",
        path: "apps/hello/overlays/staging",
        environments: { staging: { applicationName: "staging-hello" } },
      },
      { kind: "manifests", path: "apps/world/staging", recurse: true },
    ]);
  });

  it("is told what of it cannot be read", () => {
    const other = { ...set, spec: { ...set.spec, generators: [{ clusters: {} }] } };
    const { notes } = readFiles([folder({ "a.yaml": stringify(other) })]);
    expect(notes).toMatchObject([
      { object: "ApplicationSet staging", path: "spec.generators[0]", value: "clusters", weight: "refused" },
    ]);
  });
});
