import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { load, problemOf, problemsOf, SHOP, shop, shopRepository, stack, workspace } from "./workspace";

const FILE = "catalog/acme/shop.yaml";

/** The shop with one text in place of another. */
function edited(from: string, to: string): Record<string, string> {
  expect(SHOP).toContain(from);
  return { [FILE]: SHOP.replace(from, to) };
}

describe("a catalogue file is refused", () => {
  it("for an unknown key, with the one that was meant", () => {
    expect(problemOf(shopRepository("revison: main"))).toEqual({
      severity: "error",
      file: FILE,
      path: "repositories[0].revison",
      position: { line: 8, column: 5 },
      message: 'unknown key "revison"',
      allowed: expect.stringContaining("revision, path, images") as string,
      fix: 'did you mean "revision"?',
    });
  });

  it("for a key that belongs to another kind of repository", () => {
    expect(problemOf(shopRepository("valueFiles: [values.yaml]"))).toMatchObject({
      path: "repositories[0].valueFiles",
      fix: "remove it",
    });
  });

  it("for a number where text is wanted", () => {
    expect(problemOf(edited("name: shop", "name: 2024"))).toMatchObject({
      path: "name",
      value: "2024",
      message: "the value has the wrong type",
      allowed: "text",
      fix: "put it in quotes",
    });
  });

  it("for a missing key", () => {
    expect(problemOf(edited("organisation: acme\n", ""))).toMatchObject({
      path: "organisation",
      message: "a required value is missing",
      fix: "add it",
    });
  });

  it("for a key without a value", () => {
    expect(problemOf(shop("quota:"))).toMatchObject({
      path: "quota",
      message: "the key has no value",
      fix: "add the value, or remove the key",
    });
  });

  it("for an unknown kind, with the kinds there are", () => {
    expect(problemOf(edited("kind: kustomize", "kind: kustomise"))).toMatchObject({
      path: "repositories[0].kind",
      value: "kustomise",
      allowed: "manifests, kustomize, helm",
      fix: 'did you mean "kustomize"?',
    });
  });

  it("for an unknown kind, with all else that is wrong beside it", () => {
    const text = SHOP.replace("kustomize", "helmm").replace("https://", "https://u:p@");
    const problems = problemsOf(workspace({ [FILE]: `${text}    charts: redis\n` }));
    expect(problems.map(({ path }) => path)).toEqual([
      "repositories[0].url",
      "repositories[0].kind",
      "repositories[0].charts",
    ]);
  });

  it("for a missing kind, without guessing which keys it would have", () => {
    const text = SHOP.replace("    kind: kustomize\n", "    images: [nginx=nginx:1]\n    retryLimit: -1\n");
    const problems = problemsOf(workspace({ [FILE]: text }));
    expect(problems.map(({ path }) => path)).toEqual(["repositories[0].kind", "repositories[0].retryLimit"]);
  });

  it("for an empty list of repositories", () => {
    expect(problemOf({ [FILE]: SHOP.replace(/repositories:[^]*/, "repositories: []\n") })).toMatchObject({
      path: "repositories",
      message: "the list is empty",
    });
  });

  it.each([
    ["environments: [dev, staging]", "environments: dev", "a list or a map"],
    ["environments: [dev, staging]", "environments: 3", "a list or a map"],
  ])("for %s written as %s", (from, to, allowed) => {
    expect(problemOf(edited(from, to))).toMatchObject({ path: "environments", allowed });
  });

  it.each([
    ["[dev, Staging]", 'write "staging"', "environments[1]"],
    ["[dev, pre-prod]", 'write "preprod"', "environments[1]"],
    ["[dev, preproduction1]", "shorten it by 3 characters", "environments[1]"],
    ["[dev, p]", "lengthen it by 1 character", "environments[1]"],
    ["[dev, dev]", "remove one of the two", "environments"],
    ["{ dev: , Prod: {} }", 'write "prod"', "environments.Prod"],
  ])("for the environments %s: %s", (environments, fix, path) => {
    expect(problemOf(edited("[dev, staging]", environments))).toMatchObject({ path, fix });
  });

  it("for a key that stands twice", () => {
    expect(problemOf({ [FILE]: `${SHOP}name: shop\n` })).toEqual({
      severity: "error",
      file: FILE,
      path: "",
      position: { line: 8, column: 1 },
      message: "not valid YAML: the same key stands here twice",
      fix: "remove one of the two",
    });
  });

  it("for broken syntax, with line and column and without the text", () => {
    const problems = problemsOf(workspace({ [FILE]: "organisation: acme\n\tname: [hunter2\n" }));
    expect(problems[0]).toMatchObject({ file: FILE, path: "", position: { line: 2 } });
    expect(JSON.stringify(problems)).not.toContain("hunter2");
  });

  it("for a second document and for no content", () => {
    expect(problemOf({ [FILE]: `${SHOP}---\n${SHOP}` }).message).toBe("the file holds more than one YAML document");
    expect(problemOf({ [FILE]: "# nothing yet\n" }).message).toBe("the file is empty");
  });

  it("for aliases that multiply beyond reason", () => {
    const bomb = ["a: &a [x, x, x, x, x, x, x, x, x]"];
    for (const [from, to] of ["ab", "bc", "cd", "de", "ef"])
      bomb.push(`${String(to)}: &${String(to)} [${`*${String(from)},`.repeat(9)}]`);
    expect(problemOf({ [FILE]: bomb.join("\n") }).message).toContain("the aliases multiply beyond reason");
  });

  it("for another folder or file name than its organisation and name", () => {
    expect(
      problemsOf(workspace({ [FILE]: SHOP.replace("acme\n", "emca\n").replace("shop\n", "shops\n") })),
    ).toMatchObject([
      { path: "organisation", value: "emca", allowed: "acme" },
      { path: "name", value: "shops", allowed: "shop", fix: expect.stringContaining("shops.yaml") as string },
    ]);
  });

  it.each(["2 GB", "4GB", "1,5Gi", "-1", "lots"])("for the quantity %s", (memory) => {
    expect(problemOf(shop(`quota: { memory: "${memory}" }`))).toMatchObject({
      path: "quota.memory",
      value: memory,
      message: "the value is not a Kubernetes quantity",
    });
  });

  it("for a quantity with a unit, with the quantity that was meant", () => {
    expect(problemOf(shop('quota: { memory: "2 GB" }')).fix).toBe("write 2Gi");
  });

  it("for a container's request above its limit", () => {
    const defaults = "containerDefaults: { requests: { memory: 1Gi }, limits: { memory: 512Mi } }";
    expect(problemOf(shop(defaults))).toMatchObject({ path: "containerDefaults", value: "1Gi > 512Mi" });
  });

  it("for an unknown cluster, with those known", () => {
    const clusters = stack("clusters:\n  east: { server: https://east.example:6443, context: east }");
    expect(problemOf({ ...clusters, ...shop("cluster: esat") })).toMatchObject({
      path: "cluster",
      value: "esat",
      allowed: "in-cluster, east",
      fix: 'did you mean "east"?',
    });
  });

  it("for an override of an environment that the project has not", () => {
    expect(problemOf(shopRepository("environments: { stagin: { revision: v1 } }"))).toMatchObject({
      path: "repositories[0].environments.stagin",
      allowed: "dev, staging",
      fix: 'did you mean "staging"?',
    });
  });
});

describe("the catalogue's folder is refused", () => {
  it("when it is missing", () => {
    expect(problemOf(stack("catalog: teams"))).toMatchObject({
      file: "teams",
      message: "the catalogue's folder does not exist",
    });
  });

  it("when it holds no project", () => {
    const root = workspace();
    rmSync(join(root, FILE));
    expect(problemsOf(root)).toMatchObject([{ file: "catalog", message: "the catalogue is empty" }]);
  });

  it("when it holds a symbolic link", () => {
    const root = workspace({ "elsewhere.yaml": SHOP });
    symlinkSync(join(root, "elsewhere.yaml"), join(root, "catalog/acme/linked.yaml"));
    symlinkSync(join(root, "catalog/acme"), join(root, "catalog/linked"));
    expect(problemsOf(root).map(({ file, message }) => [file, message.slice(0, 38)])).toEqual(
      [
        ["catalog/linked", "the catalogue holds a symbolic link, w"],
        ["catalog/acme/linked.yaml", "the catalogue holds a symbolic link, w"],
      ].sort(),
    );
  });

  it.each([
    ["catalog/acme/pay.yml", "rename it to .yaml"],
    ["catalog/shop.yaml", "move it"],
    ["catalog/acme/deep/shop.yaml", "move it"],
  ])("when it holds %s", (file, fix) => {
    const root = workspace();
    mkdirSync(join(root, file, ".."), { recursive: true });
    writeFileSync(join(root, file), SHOP);
    expect(problemsOf(root)).toMatchObject([{ severity: "error", fix }]);
  });

  it("not for another file, which is named in a warning, nor for a README or a dot file", () => {
    const { warnings } = load({ "catalog/acme/notes.txt": "", "catalog/README.md": "", "catalog/acme/.gitkeep": "" });
    expect(warnings).toMatchObject([{ severity: "warning", file: "catalog/acme/notes.txt" }]);
  });
});

it("all problems of all files are told at once", () => {
  const root = workspace({
    "Pulumi.dev.yaml": "config:\n  gitops-factory:dsn: {}\n",
    [FILE]: SHOP.replace("name: shop", "name: 1").replace("kind: kustomize", "kind: x"),
    "catalog/acme/pay.yaml": "organisation: [",
  });
  expect(problemsOf(root).map(({ file, path }) => `${file} ${path}`.trim())).toEqual([
    "Pulumi.dev.yaml dsn",
    "catalog/acme/pay.yaml",
    "catalog/acme/shop.yaml name",
    "catalog/acme/shop.yaml repositories[0].kind",
  ]);
});
