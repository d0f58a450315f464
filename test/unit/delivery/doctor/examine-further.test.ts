import { describe, expect, it } from "vitest";
import { judgeManagerNamespace } from "../../../../delivery/doctor/examine-further";
import { furtherPurposes, type Need } from "../../../../delivery/doctor/purposes";
import { gatherRights, judgeRights } from "../../../../delivery/doctor/rights";
import type { TargetCluster } from "../../../../model/platform";

const edge: TargetCluster = {
  name: "edge",
  server: "https://edge",
  access: {},
  trust: { kind: "cluster" },
  managerNamespace: "argocd-managers",
};

/** What is said of rights that the rule decides on. */
function judge(rule: (need: Need) => boolean) {
  return gatherRights(furtherPurposes(edge, ["shop", "docs"]), {
    get: () => Promise.reject(new Error("rights are asked for by POST")),
    post: (_, body) => {
      const { spec } = body as { spec: { resourceAttributes: Need } };
      return Promise.resolve({ status: 201, body: { status: { allowed: rule(spec.resourceAttributes) } } });
    },
  }).then(judgeRights);
}

describe("Rights on a further cluster", () => {
  it("that suffice are told so", async () => {
    expect(await judge(() => true)).toMatchObject([{ severity: "ok" }]);
  });

  it("are those to make namespaces, Argo CD's account and its Roles, by what cannot be done without them", async () => {
    const findings = await judge(({ verb, resource }) => verb === "get" || resource === "limitranges");
    expect(findings.map(({ severity, message }) => `${severity}: ${message}`)).toEqual([
      "error: you may not make the projects' namespaces: create, patch namespaces",
      "error: you may not make Argo CD's account in argocd-managers: create, patch serviceaccounts, secrets",
      "error: you may not guard the projects' namespaces, and let Argo CD into them: create, patch resourcequotas, networkpolicies.networking.k8s.io, roles.rbac.authorization.k8s.io, rolebindings.rbac.authorization.k8s.io in shop, docs",
      expect.stringMatching(/^error: you may not write Argo CD's Role, .* the verb escalate on roles$/),
      expect.stringMatching(/^error: you may not bind Argo CD's Role, .* the verb bind on roles$/),
      "warning: you may not take it all down again (pulumi destroy): delete namespaces, serviceaccounts, secrets",
    ]);
  });

  it("to give Argo CD its own may be the verbs for it, instead of all rights", async () => {
    expect(await judge(({ verb }) => verb !== "*")).toMatchObject([{ severity: "ok" }]);
  });
});

describe("The namespace of Argo CD's account", () => {
  it("must be there, as the program does not make it", () => {
    expect(judgeManagerNamespace("absent", edge)).toMatchObject([
      { check: "namespaces", severity: "error", message: expect.stringContaining("argocd-managers") as string },
    ]);
    expect(judgeManagerNamespace({ metadata: { name: "argocd-managers" } }, edge)).toEqual([]);
    expect(judgeManagerNamespace("hidden", edge)).toEqual([]);
  });
});
