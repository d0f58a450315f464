import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { runFactory } from "../../../../delivery/factory";
import { load, SHOP, workspace } from "../../model/workspace";
import { catchPrinted } from "../support/printed";
import type { Printed } from "../support/printed";

/** Protobox's file, as its document has it. */
const APPLICATION = `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: argo-docserver
  namespace: argocd
spec:
  project: default
  source:
    repoURL: http://192.168.1.7/gitlab/protobox1/docserver.git
    targetRevision: CD
    path: factory/CD/base
  destination:
    server: https://kubernetes.default.svc
  syncPolicy:
    syncOptions:
      - CreateNamespace=true
`;

const FILE = "catalog/protobox1/docserver.yaml";

describe("factory adopt", () => {
  let printed: Printed;
  let root: string;
  beforeEach(() => {
    printed = catchPrinted();
    process.exitCode = undefined;
  });
  afterEach(() => {
    vi.restoreAllMocks();
    process.exitCode = undefined;
  });

  function given(): void {
    root = workspace({ "catalog/acme/shop.yaml": SHOP, "application.yml": APPLICATION });
  }

  async function run(...args: string[]): Promise<unknown> {
    process.exitCode = undefined;
    await runFactory(["adopt", ...args, "--root", root]);
    return process.exitCode ?? 0;
  }

  it("makes a catalogue file of Protobox's Application that the platform takes, and keeps its name", async () => {
    given();
    expect(await run(join(root, "application.yml"), "--stack", "dev")).toBe(0);
    const text = readFileSync(join(root, FILE), "utf8");
    expect(text).toBe(`# yaml-language-server: $schema=../../schemas/project.json
organisation: protobox1
name: docserver
environments: [dev]
repositories:
  - name: docserver
    url: http://192.168.1.7/gitlab/protobox1/docserver.git
    kind: kustomize
    revision: CD
    path: factory/CD/base
    autosync: false
    retryLimit: 0
    syncOptions:
      - CreateNamespace=true
    environments:
      dev:
        applicationName: argo-docserver
`);
    const project = load({ [FILE]: text }).platform.projects.find(({ name }) => name === "docserver");
    expect(project?.repositories[0]?.applicationName).toBe("argo-docserver");
  });

  it("writes nothing with --dry-run, and nothing a second time", async () => {
    given();
    expect(await run(join(root, "application.yml"), "-s", "dev", "--dry-run")).toBe(0);
    expect(printed.out).toContain(`--- ${FILE}`);
    expect(existsSync(join(root, FILE))).toBe(false);
    await run(join(root, "application.yml"), "-s", "dev");
    printed.out = "";
    expect(await run(join(root, "application.yml"), "-s", "dev")).toBe(0);
    expect(printed.out).toContain(`says the same  ${FILE}`);
  });

  it("replaces a file that says otherwise with --force alone", async () => {
    given();
    await run(join(root, "application.yml"), "-s", "dev");
    const edited = readFileSync(join(root, FILE), "utf8").replace("revision: CD", "revision: main # ours");
    writeFileSync(join(root, FILE), edited);
    expect(await run(join(root, "application.yml"), "-s", "dev")).toBe(1);
    expect(printed.err).toContain(`${FILE}: the file is there, and says otherwise: repository docserver`);
    expect(readFileSync(join(root, FILE), "utf8")).toBe(edited);
    expect(await run(join(root, "application.yml"), "-s", "dev", "--force")).toBe(0);
    expect(readFileSync(join(root, FILE), "utf8")).toContain("revision: CD\n");
  });

  it("puts the server's name in the place of its address", async () => {
    given();
    const rule = "http://192.168.1.7/gitlab=http://git.protobox/gitlab";
    await run(join(root, "application.yml"), "-s", "dev", "--rewrite", rule);
    expect(readFileSync(join(root, FILE), "utf8")).toContain(
      "url: http://git.protobox/gitlab/protobox1/docserver.git\n",
    );
  });

  it("takes the mapping file's word, and refuses what is wrong with it", async () => {
    given();
    const map = join(root, "adoption.yaml");
    writeFileSync(map, "applications: { argo-docserver: { project: docs, environment: staging } }\n");
    expect(await run(join(root, "application.yml"), "--map", map)).toBe(0);
    expect(readFileSync(join(root, "catalog/protobox1/docs.yaml"), "utf8")).toContain("environments: [staging]");
    writeFileSync(map, "applications: { argo-docs: {} }\n");
    expect(await run(join(root, "application.yml"), "--map", map, "-s", "dev")).toBe(1);
    expect(printed.err).toContain("--map: applications.argo-docs: there is no Application of this name");
  });

  it("asks for the environment where nothing tells it", async () => {
    given();
    expect(await run(join(root, "application.yml"))).toBe(1);
    expect(printed.err).toContain("tell its environment");
    expect(printed.err).toContain("add --environment NAME");
  });

  it("ends with 4 where some are left as they are, and with 3 where all are", async () => {
    given();
    const other = APPLICATION.replaceAll("docserver", "other").replace(
      "    path",
      "    helm: { values: 'a: b' }\n    path",
    );
    writeFileSync(join(root, "both.yml"), `${APPLICATION}---\n${other}`);
    writeFileSync(join(root, "other.yml"), other);
    expect(await run(join(root, "both.yml"), "-s", "dev")).toBe(4);
    expect(printed.out).toContain("Not adopted, and left as it is:");
    expect(await run(join(root, "other.yml"), "-s", "dev")).toBe(3);
  });

  it("writes no imports over a file that is there, and does not preview for it", async () => {
    given();
    const file = join(root, "imports.json");
    writeFileSync(file, "{}");
    expect(await run("--import-file", file, "--stack", "dev")).toBe(1);
    expect(printed.err).toContain(`${file}: the file is there`);
    expect(readFileSync(file, "utf8")).toBe("{}");
  });

  it("writes imports of what the catalogue says, not of what is to be adopted yet", async () => {
    given();
    expect(await run("a.yml", "--import-file", "imports.json", "--take-over", "--dry-run")).toBe(2);
    expect(printed.err).toContain("leave the files, --take-over, --dry-run out");
  });

  it.each([[[]], [["a.yml", "--from-cluster"]], [["a.yml", "--take-over", "--dry-run"]]])(
    "refuses %j as a wrong call",
    async (args) => {
      given();
      expect(await run(...args)).toBe(2);
    },
  );
});
