import { describe, expect, it } from "vitest";
import { buildReview } from "../../../../delivery/review/build";
import { plain } from "../../../../delivery/review/phrase";
import { previewOf, type Change } from "../preview/support/preview-files";

function told(...changes: Change[]): Record<string, string[]> {
  const [stack] = buildReview([previewOf(changes)]).stacks;
  return Object.fromEntries((stack?.subjects ?? []).map((one) => [one.name, one.changes.map(plain)]));
}

describe("What belongs to GitLab is told of the project that it is for", () => {
  const SIDE = "factory:gitlab:GitLabSide$factory:gitlab:ProjectGroup";
  const REPOSITORY = `${SIDE}$factory:gitlab:Repository`;

  it.each<[string, Change, string]>([
    [
      "a member",
      {
        op: "create",
        type: `${SIDE}$gitlab:index/groupMembership:GroupMembership`,
        name: "gitlab-acme/my-portal-member-alice",
        parent: `${SIDE}::gitlab-acme/my-portal`,
        after: { accessLevel: "maintainer", userId: 42 },
      },
      "GitLab role of alice: maintainer",
    ],
    [
      "a repository",
      {
        op: "create",
        type: `${REPOSITORY}$gitlab:index/project:Project`,
        name: "gitlab-acme/my-portal/deploy-project",
        parent: `${REPOSITORY}::gitlab-acme/my-portal/deploy`,
        after: { path: "deploy", visibilityLevel: "private" },
      },
      "GitLab repository deploy",
    ],
    [
      "a variable, without its value",
      {
        op: "update",
        type: `${REPOSITORY}$gitlab:index/projectVariable:ProjectVariable`,
        name: "gitlab-acme/my-portal/portal-variable-HARBOR",
        parent: `${REPOSITORY}::gitlab-acme/my-portal/portal`,
        before: { key: "HARBOR_PASSWORD", value: "[secret]" },
        after: { key: "HARBOR_PASSWORD", value: "[secret]" },
      },
      "ProjectVariable gitlab-acme/my-portal/portal-variable-HARBOR changes",
    ],
    [
      "the token by which Argo CD reads it",
      {
        op: "create",
        type: "factory:gitlab:GitLabSide$gitlab:index/groupDeployToken:GroupDeployToken",
        name: "gitlab-acme/my-portal-argocd",
        parent: "factory:gitlab:GitLabSide::gitlab",
        after: { name: "argocd-dev", scopes: ["read_repository"] },
      },
      "access for argocd-dev",
    ],
  ])("%s", (_, step, words) => {
    expect(told(step)).toEqual({ "acme/my-portal": [words] });
  });
});

describe("A part of the platform", () => {
  it("is told by what it is given, and by how many objects change", () => {
    const dns = (forwards: object[]) => ({ forwards, targets: [] });
    const zone = (name: string, to: string) => ({ zone: name, to: [to] });
    const component = { op: "update", type: "factory:dns:ClusterDns", name: "dns" };
    const patch = { op: "update", type: "factory:dns:ClusterDns$kubernetes:core/v1:ConfigMapPatch", name: "coredns" };
    expect(
      told(
        {
          ...component,
          before: dns([zone("a", "10.0.0.1:53")]),
          after: dns([zone("a", "10.0.0.2:53"), zone("b", "10.0.0.3:53")]),
        },
        { ...patch, before: { data: { Corefile: "." } }, after: { data: { Corefile: ".:53" } } },
      ),
    ).toEqual({
      DNS: ["zone a forwarded to 10.0.0.1:53 → 10.0.0.2:53", "zone b forwarded to 10.0.0.3:53", "objects: 1 changed"],
    });
  });

  it("Argo CD is one part, whatever its objects are", () => {
    const type = "factory:argocd:ArgoCd";
    const settings = (version: string) => ({ settings: { manifests: { version } } });
    expect(
      told(
        { op: "update", type, name: "argocd", before: settings("v3.2.5"), after: settings("v3.2.12") },
        {
          op: "update",
          type: `${type}$kubernetes:apps/v1:Deployment`,
          name: "server",
          before: { a: 1 },
          after: { a: 2 },
        },
        { op: "create", type: `${type}$kubernetes:core/v1:Service`, name: "metrics", after: {} },
      ),
    ).toEqual({ "Argo CD": ["Argo CD version v3.2.5 → v3.2.12", "objects: 1 made, 1 changed"] });
  });
});
