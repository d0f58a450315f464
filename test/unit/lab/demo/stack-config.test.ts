import { mkdtempSync, readFileSync, rmSync, writeFileSync, cpSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { Authority } from "../../../../lab/control-plane/certificate";
import { demoRepositories } from "../../../../lab/demo/repositories";
import { demoConfig } from "../../../../lab/demo/stack-config";
import { loadPlatform } from "../../../../model/load";

const root = join(__dirname, "..", "..", "..", "..");
const facts = {
  argocdUrl: "https://127.77.7.20",
  oidc: {
    issuer: "https://127.77.7.80",
    clientId: "argocd",
    clientSecret: "s3cret",
    cliClientId: "argocd-cli",
    adminGroup: "platform",
  },
  privateCa: new Authority("sample").pair.cert,
  gitHosts: ["git.acme.example"],
  zones: ["acme.example"],
  dnsServer: "10.0.0.53:53",
};
const before = readFileSync(join(root, "Pulumi.dev.yaml"), "utf8");

const folder = mkdtempSync(join(tmpdir(), "gitops-factory-demo-config-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe("the config of the demonstration's stack", () => {
  it("is the config of the stack dev with what the lab knows, and nothing else", () => {
    const { config } = parse(demoConfig(before, facts)) as { config: Record<string, Record<string, unknown>> };
    const { config: was } = parse(before) as {
      config: Record<string, { forwards?: unknown[] } & Record<string, unknown>>;
    };
    expect(Object.keys(config)).toEqual(Object.keys(was));
    expect(config["gitops-factory:deletion"]).toEqual(was["gitops-factory:deletion"]);
    expect(config["gitops-factory:argocd"]).toMatchObject({
      ...was["gitops-factory:argocd"],
      url: facts.argocdUrl,
      tlsCertificates: { "git.acme.example": facts.privateCa },
    });
    expect(config["gitops-factory:dns"]?.["forwards"]).toEqual([
      ...(was["gitops-factory:dns"]?.forwards ?? []),
      { zone: "acme.example", to: ["10.0.0.53:53"] },
    ]);
  });

  it("keeps the comments", () => {
    expect(demoConfig(before, facts)).toContain("# dnsmasq knows git.protobox.");
  });

  it("is one that the program takes", () => {
    cpSync(join(root, "catalog"), join(folder, "catalog"), { recursive: true });
    writeFileSync(join(folder, "Pulumi.dev.yaml"), before);
    const { config } = parse(demoConfig(before, facts)) as { config: Record<string, unknown> };
    const opened = JSON.parse(JSON.stringify(config), (_, value: unknown) =>
      typeof value === "object" && value !== null && "secure" in value ? "opened" : value,
    ) as Record<string, unknown>;
    const engine = Object.fromEntries(Object.entries(opened).map(([key, value]) => [key, JSON.stringify(value)]));
    const { platform } = loadPlatform({ root: folder, stack: "dev", config: engine });
    expect(platform.argocd.oidc?.clientSecret.reveal()).toBe("s3cret");
    expect(platform.argocd.rbac.adminGroups).toEqual(["platform"]);
  });
});

describe("the repositories of the demonstration", () => {
  it("are those that the stack dev deploys", () => {
    const { platform } = loadPlatform({ root, stack: "dev" });
    const urls = platform.projects.flatMap(({ repositories }) => repositories.map(({ sources }) => sources[0].url));
    const ours = demoRepositories.map(({ host, path }) => `${host}/${path}.git`);
    expect(ours.sort()).toEqual(urls.map((url) => url.replace(/^https?:\/\//, "")).sort());
  });
});
