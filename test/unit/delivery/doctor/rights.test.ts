import { describe, expect, it } from "vitest";
import type { ClusterApi } from "../../../../delivery/cluster/cluster-api";
import { homePurposes, type Need } from "../../../../delivery/doctor/purposes";
import { gatherRights, judgeRights } from "../../../../delivery/doctor/rights";
import { load, SHOP, stack, type Files } from "../../model/workspace";

/** Allows what the rule allows, as an API server would answer. */
function judge(rule: (need: Need) => boolean, status = 201, files: Files = {}) {
  const api: ClusterApi = {
    get: () => Promise.reject(new Error("rights are asked for by POST")),
    post: (path, body) => {
      expect(path).toBe("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews");
      const { spec } = body as { spec: { resourceAttributes: Need } };
      return Promise.resolve({ status, body: { status: { allowed: rule(spec.resourceAttributes) } } });
    },
  };
  const { platform } = load({ ...stack("dns:\n  targets: [coredns]"), ...files });
  return gatherRights(homePurposes(platform), api).then(judgeRights);
}

describe("Rights", () => {
  it("that suffice are told so", async () => {
    expect(await judge(() => true)).toEqual([
      { check: "rights", severity: "ok", message: "you may do all that pulumi up and destroy do" },
    ]);
  });

  it("that are missing are listed by what cannot be done without them", async () => {
    const findings = await judge(({ resource, verb }) => !(resource === "clusterroles" && verb === "patch"));
    expect(findings).toMatchObject([
      {
        severity: "error",
        message: "you may not make what belongs to the cluster: patch clusterroles.rbac.authorization.k8s.io",
      },
    ]);
  });

  it("to give Argo CD its own rights may be those of an administrator or the verb escalate", async () => {
    const escalate = await judge(({ verb }) => verb !== "*");
    expect(escalate).toMatchObject([{ severity: "ok" }]);
    const neither = await judge(({ verb }) => verb !== "*" && verb !== "escalate");
    expect(neither).toMatchObject([
      {
        severity: "error",
        message: expect.stringMatching(/^you may not write the ClusterRole .* the verb escalate/) as string,
      },
    ]);
  });

  it("to change the cluster's DNS are asked for by the target's name", async () => {
    const [finding] = await judge(({ namespace, name }) => !(namespace === "kube-system" && name === "coredns"));
    expect(finding?.message).toBe("you may not change the cluster's DNS (kube-system/coredns): get, patch configmaps");
  });

  it("in the projects' namespaces are missed once, with the namespaces that lack them", async () => {
    const many = ["a1", "a2", "a3", "a4"].map(
      (name) => [`catalog/acme/${name}.yaml`, SHOP.replace("name: shop", `name: ${name}`)] as const,
    );
    const findings = await judge(
      ({ resource, verb }) => resource !== "limitranges" || verb === "get",
      201,
      Object.fromEntries(many),
    );
    expect(findings).toMatchObject([
      {
        message:
          "you may not guard the projects' namespaces: create, patch limitranges in acme-a1-dev-6293, acme-a2-dev-6293, acme-a3-dev-6293, … (5 namespaces)",
      },
    ]);
  });

  it("to delete are missed only when the stack is destroyed", async () => {
    const findings = await judge(({ verb }) => verb !== "delete");
    expect(findings).toMatchObject([
      { severity: "warning", message: expect.stringContaining("pulumi destroy") as string },
    ]);
  });

  it("of a reader are missed for everything that is made", async () => {
    const findings = await judge(({ verb }) => verb === "get");
    expect(findings.map(({ severity }) => severity)).toEqual([
      "error",
      "error",
      "error",
      "error",
      "error",
      "error",
      "warning",
    ]);
  });

  it("are not claimed where the server does not tell", async () => {
    expect(await judge(() => false, 403)).toMatchObject([{ severity: "note" }]);
  });
});
