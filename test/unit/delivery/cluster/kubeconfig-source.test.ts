import { chmodSync, existsSync, readFileSync, statSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { furtherAccess, HOME, homeAccess } from "../../../../delivery/cluster/cluster-access";
import { kubeconfigSource, withKubeconfig } from "../../../../delivery/cluster/kubeconfig-source";
import { SecretText } from "../../../../model/secret";
import { workspace } from "../../model/workspace";

const { signal } = new AbortController();
const around = { root: "/", stack: "dev", signal, env: {} };

/** An environment whose pulumi does this when it is asked to open a secret; the real one is asked in test/story. */
function pulumiDoes(script: string): NodeJS.ProcessEnv {
  const folder = workspace({ pulumi: `#!/bin/sh\n${script}\n` });
  chmodSync(join(folder, "pulumi"), 0o755);
  return { PATH: `${folder}${delimiter}/usr/bin${delimiter}/bin` };
}

describe("The way to a cluster", () => {
  it("is what the stack's config says, each cluster by its name", () => {
    const server = "https://a";
    const config = {
      kubernetes: { context: "home" },
      clusters: { west: { server }, edge: { server, kubeconfig: "e" } },
    };
    expect(homeAccess(config)).toEqual({ cluster: HOME, context: "home" });
    expect(homeAccess({})).toEqual({ cluster: HOME });
    expect(furtherAccess(config)).toEqual([{ cluster: "edge", secret: "e" }, { cluster: "west" }]);
  });

  it("to Argo CD's own is what the flags say, before what the stack says", async () => {
    const file = join(workspace({ config: "" }), "config");
    const flags = { kubeconfig: file, context: "green" };
    const source = await kubeconfigSource({ cluster: HOME, context: "blue", secret: "home" }, { ...around, ...flags });
    expect(source).toEqual({ file, context: "green", args: ["--kubeconfig", file, "--context", "green"] });
  });

  it("to a further one is another context of the same kubeconfig", async () => {
    const file = join(workspace({ config: "" }), "config");
    const options = { ...around, kubeconfig: file, context: "home" };
    const source = await kubeconfigSource({ cluster: "edge", context: "edge" }, options);
    expect(source).toEqual({ file, context: "edge", args: ["--kubeconfig", file, "--context", "edge"] });
  });

  it.each([
    [{}, "~/.kube/config"],
    [{ KUBECONFIG: "/a" }, "/a"],
    [{ KUBECONFIG: `/a${delimiter}/b` }, `$KUBECONFIG (/a${delimiter}/b)`],
  ])("is called by the file that kubectl reads (%j)", async (env, file) => {
    expect((await kubeconfigSource({ cluster: HOME }, { ...around, env })).file).toBe(file);
  });

  it("is not looked for in a file that is not there", async () => {
    const source = kubeconfigSource({ cluster: HOME }, { ...around, kubeconfig: "nowhere/config" });
    await expect(source).rejects.toThrow("nowhere/config: there is no such kubeconfig");
  });
});

describe("A kubeconfig that is a secret", () => {
  const access = { cluster: "edge", secret: "far", context: "blue" };

  it("is opened by pulumi, and on the disk only while kubectl needs it, for nobody else to read", async () => {
    const env = pulumiDoes(
      `[ "$*" = "config get --path gitops-factory:secrets.far.value --stack dev --non-interactive" ] && printf 'way-to-edge'`,
    );
    const source = await kubeconfigSource(access, { ...around, env });
    expect(source).toMatchObject({ file: 'the secret "far" of Pulumi.dev.yaml', args: ["--context", "blue"] });
    expect(JSON.stringify(source)).not.toContain("way-to-edge");
    const file = await withKubeconfig(source, (args) => {
      const [, name = "", ...rest] = args;
      expect(readFileSync(name, "utf8")).toBe("way-to-edge");
      expect([statSync(name).mode & 0o777, statSync(dirname(name)).mode & 0o777]).toEqual([0o600, 0o700]);
      expect(rest).toEqual(["--context", "blue"]);
      return Promise.resolve(name);
    });
    expect(existsSync(dirname(file))).toBe(false);
  });

  it("leaves no file behind where kubectl fails", async () => {
    let file = "";
    const source = { file: "a secret", args: [], text: SecretText.known("text") };
    const failed = withKubeconfig(source, (args) => {
      file = args[1] ?? "";
      return Promise.reject(new Error("no"));
    });
    await expect(failed).rejects.toThrow("no");
    expect(file).not.toBe("");
    expect(existsSync(file)).toBe(false);
  });

  it("that pulumi cannot open is told in its words, and no other cluster is taken for it", async () => {
    const env = pulumiDoes(`printf 'warning: old\\nerror: incorrect passphrase\\n' >&2; exit 255`);
    const source = kubeconfigSource({ ...access, cluster: HOME }, { ...around, env, context: "blue" });
    await expect(source).rejects.toThrow(
      "Pulumi.dev.yaml: secrets.far: the kubeconfig is a secret, and pulumi cannot open it: incorrect passphrase\n  fix:     set what pulumi opens the stack's secrets with, such as PULUMI_CONFIG_PASSPHRASE, or name the cluster with --kubeconfig",
    );
  });

  it("needs pulumi, or a file in its place", async () => {
    const source = kubeconfigSource(access, { ...around, env: { PATH: workspace() } });
    await expect(source).rejects.toThrow("pulumi, which opens it, is not on the PATH");
  });
});
