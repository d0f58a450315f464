import { execFileSync, spawn } from "node:child_process";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type InstalledPlugin, type InstallOptions, installPlugins } from "../../../../lab/plugins/install";
import { pluginDir, pluginPackages, pluginProgram } from "../../../../lab/plugins/package";

const announced = {
  missing:
    "the official provider plugins are not installed here; the lab uses its own doubles for gitlab, kubernetes and random",
  impossible:
    "the official provider plugins cannot be installed here; the lab uses its own doubles for gitlab, kubernetes and random",
};

describe("installing the provider plugins", () => {
  let dir: string;
  let lines: string[];

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), "gitops factory's-"));
    lines = [];
  });

  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  const labHome = (): string => join(dir, "lab");

  const install = (options: Partial<InstallOptions> = {}): Promise<InstalledPlugin[]> =>
    installPlugins({
      pulumiHome: labHome(),
      pulumi: "/nonexistent/pulumi",
      attemptOfficial: false,
      report: (line) => lines.push(line),
      env: { PATH: process.env["PATH"], HOME: join(dir, "home"), GITOPS_FACTORY_CACHE: join(dir, "cache") },
      ...options,
    });

  const origins = (plugins: readonly InstalledPlugin[]): string[] => plugins.map(({ origin }) => origin);

  /** A Pulumi CLI of which the test says what `plugin install` does; it counts how often it is asked. */
  function cli(script: string): string {
    const file = join(dir, "pulumi");
    writeFileSync(file, `#!/bin/sh\necho "$*" >> '${join(dir, "asked").replaceAll("'", `'\\''`)}'\n${script}\n`);
    chmodSync(file, 0o755);
    return file;
  }

  const asked = (): string[] => {
    const file = join(dir, "asked");
    return existsSync(file) ? readFileSync(file, "utf8").trim().split("\n").sort() : [];
  };

  /** The official plugins, as the engine would have installed them. */
  function official(home: string): void {
    for (const plugin of pluginPackages) {
      const folder = pluginDir(home, plugin);
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, pluginProgram(plugin)), "official", { mode: 0o755 });
    }
  }

  it("puts a double where the engine looks, says so in one line, and marks it", async () => {
    const plugins = await install();
    expect(origins(plugins)).toEqual(["double", "double", "double"]);
    expect(lines).toEqual([announced.missing]);
    for (const { name, version, path } of plugins) {
      expect(path).toBe(join(labHome(), "plugins", `resource-${name}-v${version}`, `pulumi-resource-${name}`));
      expect(readFileSync(path, "utf8")).toContain("a double of the official provider plugin");
      expect(readdirSync(dirname(path))).toContain("gitops-factory-double.txt");
    }
    expect(readdirSync(join(labHome(), "plugins"))).toHaveLength(3);
  });

  it("asks the engine for the versions that the SDKs declare", () => {
    const declared = pluginPackages.map(({ name }) => {
      const sdk = join(__dirname, "..", "..", "..", "..", "node_modules", "@pulumi", name, "package.json");
      return (JSON.parse(readFileSync(sdk, "utf8")) as { pulumi: object }).pulumi;
    });
    expect(declared).toEqual(pluginPackages.map((plugin) => ({ resource: true, ...plugin })));
  });

  it("takes the official plugins that the user has, in a real folder with links in it", async () => {
    official(join(dir, "home", ".pulumi"));
    const plugins = await install();
    expect(origins(plugins)).toEqual(["official", "official", "official"]);
    expect(lines).toEqual([]);
    for (const { path } of plugins) {
      expect(lstatSync(dirname(path)).isSymbolicLink()).toBe(false);
      expect(realpathSync(path)).toContain(".pulumi");
      expect(readFileSync(path, "utf8")).toBe("official");
    }
  });

  it("replaces a double once the user has the official plugin", async () => {
    await install();
    official(join(dir, "home", ".pulumi"));
    expect(origins(await install())).toEqual(["official", "official", "official"]);
    expect(origins(await install({ env: { HOME: "/nonexistent", GITOPS_FACTORY_CACHE: dir } }))).toEqual([
      "official",
      "official",
      "official",
    ]);
  });

  it("does not take its own doubles for the user's plugins when PULUMI_HOME is the lab's", async () => {
    const env = { PULUMI_HOME: labHome(), HOME: dir, GITOPS_FACTORY_CACHE: join(dir, "cache") };
    await install({ env });
    expect(origins(await install({ env }))).toEqual(["double", "double", "double"]);
  });

  it("does not use a plugin whose download was interrupted", async () => {
    const home = join(dir, "home", ".pulumi");
    official(home);
    for (const plugin of pluginPackages) writeFileSync(`${pluginDir(home, plugin)}.partial`, "");
    expect(origins(await install())).toEqual(["double", "double", "double"]);
  });

  it("lets the CLI download the official plugins once, for all labs", async () => {
    const pulumi = cli(
      'mkdir -p "$PULUMI_HOME/plugins/resource-$4-$5" && echo new > "$PULUMI_HOME/plugins/resource-$4-$5/pulumi-resource-$4"',
    );
    expect(origins(await install({ pulumi, attemptOfficial: true }))).toEqual(["official", "official", "official"]);
    expect(asked()).toEqual(pluginPackages.map(({ name, version }) => `plugin install resource ${name} v${version}`));
    const other = await install({ pulumi, attemptOfficial: true, pulumiHome: join(dir, "other") });
    expect(origins(other)).toEqual(["official", "official", "official"]);
    expect(asked()).toHaveLength(3);
    expect(lines).toEqual([]);
  });

  it("remembers that they cannot be installed, and does not ask again", async () => {
    const pulumi = cli('echo "warning: Error downloading plugin: dial tcp: no such host" >&2; exec sleep 30');
    const [plugin] = await install({ pulumi, attemptOfficial: true });
    expect(plugin).toMatchObject({ origin: "double", reason: expect.stringContaining("no such host") as string });
    expect(lines).toEqual([announced.impossible]);
    await install({ pulumi, attemptOfficial: true });
    expect(asked()).toHaveLength(3);
    expect(lines).toEqual([announced.impossible, announced.impossible]);
  });

  it("says of plugins that it may not download only that they are not installed, whatever it remembers", async () => {
    await install({ pulumi: cli("exit 1"), attemptOfficial: true });
    const [plugin] = await install();
    expect(plugin).not.toHaveProperty("reason");
    expect(lines).toEqual([announced.impossible, announced.missing]);
  });

  it("tries again after a week", async () => {
    const pulumi = cli("exit 1");
    const memory = join(dir, "cache", "plugins.json");
    await install({ pulumi, attemptOfficial: true });
    const eightDaysAgo = new Date(Date.now() - 8 * 86_400_000).toISOString();
    writeFileSync(memory, readFileSync(memory, "utf8").replaceAll(/"at": "[^"]*"/g, `"at": "${eightDaysAgo}"`));
    await install({ pulumi, attemptOfficial: true });
    expect(asked()).toHaveLength(6);
  });

  it("never runs the CLI when it may not", async () => {
    await install({ pulumi: cli("exit 1") });
    expect(asked()).toEqual([]);
  });

  it("survives a damaged memory and a CLI that is not there", async () => {
    mkdirSync(join(dir, "cache"));
    writeFileSync(join(dir, "cache", "plugins.json"), "{");
    const [plugin] = await install({ attemptOfficial: true });
    expect(plugin).toMatchObject({ origin: "double", reason: expect.stringContaining("ENOENT") as string });
  });

  it("starts a double from any folder: a port on stdout, and an end with the engine", async () => {
    const random = (await install()).find(({ name }) => name === "random");
    // The program's folder has a tsconfig.json of its own, which is none of the plugin's business.
    writeFileSync(join(dir, "tsconfig.json"), "not JSON");
    const child = spawn(random?.path ?? "", ["-v=9", "127.0.0.1:1"], { cwd: dir, stdio: ["pipe", "pipe", "inherit"] });
    const port = await new Promise<string>((resolve) => child.stdout.once("data", (text) => resolve(String(text))));
    expect(port).toMatch(/^\d+\n$/);
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.stdin.end();
    expect(await ended).toBe(0);
  });

  it("ends a double on the engine's interrupt", async () => {
    const random = (await install()).find(({ name }) => name === "random");
    const child = spawn(random?.path ?? "", [], { stdio: ["pipe", "pipe", "inherit"] });
    await new Promise((resolve) => child.stdout.once("data", resolve));
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGINT");
    expect(await ended).toBe(0);
  });

  it("writes a launcher that any shell accepts, whatever the folder is called", async () => {
    for (const { path } of await install()) execFileSync("sh", ["-n", path]);
  });
});
