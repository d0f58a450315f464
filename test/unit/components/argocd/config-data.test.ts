import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { patchManifests } from "../../../../components/argocd/patch-manifests";
import type { ArgoCdSettings } from "../../../../model/argocd-settings";
import { SecretText } from "../../../../model/secret";
import { MANIFESTS, objectNamed } from "./manifests";
import { argocdSettings } from "./settings";

function dataOf(name: string, changes: Partial<ArgoCdSettings> = {}): unknown {
  return objectNamed(patchManifests(MANIFESTS, argocdSettings(changes)), "ConfigMap", name)["data"];
}

describe("argocd-cm", () => {
  it("keeps the official keys and tracks resources by annotation", () => {
    expect(dataOf("argocd-cm")).toEqual({
      "resource.exclusions": "- kinds: [Lease]\n",
      "application.resourceTrackingMethod": "annotation",
      "admin.enabled": "true",
    });
  });

  it("takes further settings, the official and our defaults included", () => {
    const settings = {
      "application.resourceTrackingMethod": "label",
      "resource.exclusions": "",
      "exec.enabled": "true",
    };
    expect(dataOf("argocd-cm", { settings })).toEqual({ ...settings, "admin.enabled": "true" });
  });

  it("has the address and the login, with the client secret by reference only", () => {
    const data = dataOf("argocd-cm", {
      url: "https://argocd.example.org",
      admin: { enabled: false },
      oidc: {
        name: "SSO",
        issuer: "https://login.example.org",
        clientId: "argocd",
        clientSecret: SecretText.known("hunter2"),
        requestedScopes: ["openid", "groups"],
        cliClientId: "argocd-cli",
        rootCa: "-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n",
      },
    });
    expect(data).toMatchObject({ url: "https://argocd.example.org", "admin.enabled": "false" });
    expect((data as Record<string, string>)["oidc.config"]).toBe(
      [
        "name: SSO",
        "issuer: https://login.example.org",
        "clientID: argocd",
        "clientSecret: $oidc.clientSecret",
        "requestedScopes:",
        "  - openid",
        "  - groups",
        "cliClientID: argocd-cli",
        "rootCA: |",
        "  -----BEGIN CERTIFICATE-----",
        "  AA==",
        "  -----END CERTIFICATE-----",
        "",
      ].join("\n"),
    );
  });
});

describe("the objects that Argo CD watches", () => {
  const resources = { officialExclusions: true, exclusions: [], inclusions: [] };
  const filter = { apiGroups: ["", "apps"], kinds: ["Endpoints"], clusters: ["https://east:6443"] };

  it("are without the official exclusions and further ones, in one list", () => {
    const data = dataOf("argocd-cm", { resources: { ...resources, exclusions: [filter] } }) as Record<string, string>;
    expect(parse(data["resource.exclusions"] ?? "")).toEqual([{ kinds: ["Lease"] }, filter]);
    expect(data).not.toHaveProperty("resource.inclusions");
  });

  it("may be without the official exclusions no longer", () => {
    const open = { ...resources, officialExclusions: false };
    expect(dataOf("argocd-cm", { resources: open })).toMatchObject({ "resource.exclusions": "" });
  });

  it("may be only some", () => {
    const data = dataOf("argocd-cm", { resources: { ...resources, inclusions: [{ kinds: ["*"] }] } });
    expect(data).toMatchObject({
      "resource.exclusions": "- kinds: [Lease]\n",
      "resource.inclusions": expect.stringContaining("kinds:") as unknown,
    });
  });
});

describe("the other ConfigMaps", () => {
  it("give nobody any right unless the settings say so", () => {
    expect(dataOf("argocd-rbac-cm")).toEqual({ "policy.default": "", "policy.csv": "", scopes: '["groups"]' });
  });

  it("make administrators of the groups and add the policies", () => {
    const rbac = {
      defaultRole: "role:readonly",
      adminGroups: ["platform", "/sre/on call"],
      policies: ["p, role:auditor, applications, get, */*, allow"],
      scopes: ["groups", "email"],
    };
    expect(dataOf("argocd-rbac-cm", { rbac })).toEqual({
      "policy.default": "role:readonly",
      "policy.csv":
        "g, platform, role:admin\ng, /sre/on call, role:admin\np, role:auditor, applications, get, */*, allow\n",
      scopes: '["groups","email"]',
    });
  });

  it("hold parameters, and no empty data without them", () => {
    expect(dataOf("argocd-cmd-params-cm", { parameters: { "server.insecure": "true" } })).toEqual({
      "server.insecure": "true",
    });
    expect(dataOf("argocd-cmd-params-cm")).toBeUndefined();
  });

  it("name the namespaces in which Applications are heeded", () => {
    expect(dataOf("argocd-cmd-params-cm", { applicationNamespaces: ["team-*", "acme-shop-dev-6293"] })).toEqual({
      "application.namespaces": "team-*,acme-shop-dev-6293",
    });
  });

  it("add known hosts to the official ones, and touch nothing without any", () => {
    expect(dataOf("argocd-ssh-known-hosts-cm", { knownHosts: ["git.example ssh-ed25519 BBBB"] })).toEqual({
      ssh_known_hosts: "# generated\ngithub.com ssh-ed25519 AAAA\ngit.example ssh-ed25519 BBBB\n",
    });
    expect(dataOf("argocd-ssh-known-hosts-cm")).toEqual({
      ssh_known_hosts: "# generated\ngithub.com ssh-ed25519 AAAA\n",
    });
  });

  it("hold certificates by host", () => {
    expect(dataOf("argocd-tls-certs-cm", { tlsCertificates: { "git.example": "PEM" } })).toEqual({
      "git.example": "PEM",
    });
  });
});
