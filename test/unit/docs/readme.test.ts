import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { startSummary } from "../../../delivery/start-summary";

const root = join(__dirname, "..", "..", "..");
const pages = readdirSync(join(root, "docs")).filter((file) => file.endsWith(".md"));
const documents = [
  "README.md",
  "ARCHITECTURE.md",
  "CONTRIBUTING.md",
  "CHANGELOG.md",
  ...pages.map((file) => join("docs", file)),
];

function read(file: string): string {
  return readFileSync(join(root, file), "utf8");
}

/** The commands of the `console` blocks, with what the document says they print. */
function examples(file: string): { command: string; output: string }[] {
  return [...read(file).matchAll(/```console\n\$ (.+)\n([\s\S]*?)```/g)].map(([, command = "", output = ""]) => ({
    command,
    output,
  }));
}

describe("The README", () => {
  it.each(examples("README.md"))("prints what `$command` prints", ({ command, output }) => {
    const [program, name, ...args] = command.split(" ");
    expect([program, name]).toEqual(["npx", "factory"]);
    const result = spawnSync(process.execPath, [join(root, "bin", "factory.js"), ...args], {
      cwd: root,
      encoding: "utf8",
    });
    expect(result.stderr).toBe("");
    expect(result.stdout).toBe(output);
  });

  it("has such examples", () => {
    expect(examples("README.md").length).toBeGreaterThanOrEqual(2);
  });

  it("shows the summary that `npm start` ends with", () => {
    const shown = /<!-- npm start -->\n```text\n([\s\S]*?)```/.exec(read("README.md"))?.[1];
    const outputs = {
      environment: "dev",
      argocd: { namespace: "argocd", version: "v3.2.12" },
      dns: { zones: ["protobox", "service.consul"] },
      projects: {
        "acme-shop-dev-6293": ["acme-shop-dev-deploy-6293"],
        "ministere-demarches-dev-6293": ["ministere-demarches-dev-api-6293", "ministere-demarches-dev-front-6293"],
        "protobox1-docserver-dev-6293": ["protobox1-docserver-dev-docserver-6293"],
      },
    };
    const lab = { kubeconfig: "~/.local/state/gitops-factory/lab/kubeconfig" };
    expect(startSummary(outputs, lab, {}).trim()).toBe(shown?.trim());
  });
});

describe("The documents", () => {
  it.each(documents)("%s links to files that exist", (file) => {
    const targets = [...read(file).matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, target = ""]) => target);
    expect(targets.filter((target) => !existsSync(join(root, dirname(file), target)))).toEqual([]);
  });

  it.each(pages)("docs/%s is in the README", (page) => {
    expect(read("README.md")).toContain(`(docs/${page})`);
  });

  it.each(documents)("%s names tests that exist", (file) => {
    const named = [...read(file).matchAll(/\btest\/[\w./-]+\.test\.ts\b/g)].map(([path]) => path);
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it.each(documents)("%s names npm scripts that exist", (file) => {
    const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
    const named = [...read(file).matchAll(/npm run ([a-z]+)/g)].map(([, script = ""]) => script);
    expect(named.filter((script) => !(script in scripts))).toEqual([]);
  });
});
