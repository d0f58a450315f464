import { describe, expect, it } from "vitest";
import { buildReview } from "../../../../delivery/review/build";
import { plain } from "../../../../delivery/review/phrase";
import { previewOf, type Change } from "../preview/support/preview-files";
import {
  applicationChange,
  appProjectChange,
  namespaceChange,
  networkChange,
  objectChange,
  projectChange,
  quotaChange,
  source,
} from "./support/shop";

function dangers(changes: Change[]): string[] {
  const [stack] = buildReview([previewOf(changes)]).stacks;
  return (stack?.dangers ?? []).map(({ kind, subject, what }) => `${kind}, ${subject}: ${plain(what)}`);
}

const role = (name: string, policies: string[], groups: string[] = []) => ({ name, policies, groups });
const spec = (more: object) => ({ destinations: [], sourceRepos: [], ...more });
const cluster = objectChange("kubernetes:rbac.authorization.k8s.io/v1:ClusterRole", "deployer");
const binding = objectChange("kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding", "deployers");
const settings = objectChange("kubernetes:core/v1:ConfigMap", "argocd-cm");
const gitlab = (type: string, name: string, before: object | undefined, after: object): Change => ({
  op: before === undefined ? "create" : "update",
  type: `factory:gitlab:GitLabSide$gitlab:index/${type}`,
  name,
  ...(before && { before }),
  after,
});
const enforced = (level: string) => ({ "pod-security.kubernetes.io/enforce": level });
const crd = "factory:argocd:ArgoCd$kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition";
const crdInputs = (v: number) => ({ metadata: { name: "applications.argoproj.io" }, spec: { v } });

describe("A danger is told", () => {
  it.each<[string, Change[], string[]]>([
    [
      "a repository",
      [appProjectChange(spec({}), spec({ sourceRepos: ["https://evil.example/x.git"] }))],
      ["rights, acme/shop: may deploy from https://evil.example/x.git"],
    ],
    [
      "a destination",
      [appProjectChange(spec({}), spec({ destinations: [{ server: "https://k", namespace: "*" }] }))],
      ["rights, acme/shop: may deploy to * on https://k"],
    ],
    [
      "a cluster-wide kind",
      [appProjectChange(spec({}), spec({ clusterResourceWhitelist: [{ group: "*", kind: "*" }] }))],
      ["rights, acme/shop: may deploy the cluster-wide kind *.*"],
    ],
    [
      "an allowed kind",
      [appProjectChange(spec({}), spec({ namespaceResourceWhitelist: [{ group: "", kind: "Secret" }] }))],
      ["rights, acme/shop: may deploy the kind Secret"],
    ],
    [
      "a kind that is denied no more",
      [
        appProjectChange(
          spec({ namespaceResourceBlacklist: [{ group: "", kind: "ResourceQuota" }] }),
          spec({ namespaceResourceBlacklist: [] }),
        ),
      ],
      ["rights, acme/shop: may now deploy the kind ResourceQuota, which was denied"],
    ],
    [
      "Applications in its own namespace",
      [appProjectChange(spec({}), spec({ sourceNamespaces: ["acme-shop"] }))],
      ["rights, acme/shop: may keep Applications in the namespace acme-shop"],
    ],
    [
      "a policy of a role",
      [
        appProjectChange(
          spec({ roles: [role("ci", [])] }),
          spec({ roles: [role("ci", ["p, x, applications, *, x/*, allow"])] }),
        ),
      ],
      ["rights, acme/shop: may do more: p, x, applications, *, x/*, allow"],
    ],
    [
      "a group of a role",
      [
        appProjectChange(
          spec({ roles: [role("rw-group", [])] }),
          spec({ roles: [role("rw-group", [], ["everyone"])] }),
        ),
      ],
      ["rights, acme/shop: more people have access: group everyone (role rw-group)"],
    ],
    [
      "a new project for everything",
      [
        projectChange("create"),
        appProjectChange(undefined, spec({ sourceRepos: ["*", "https://git.acme.example/a.git"] })),
      ],
      ["rights, acme/shop: may deploy from *"],
    ],
    [
      "a rule of a role of Kubernetes",
      [cluster({ rules: [] }, { rules: [{ verbs: ["*"] }] })],
      ['rights, acme/shop: the role deployer has a further rule: {"verbs":["*"]}'],
    ],
    [
      "a subject of a binding",
      [binding({ subjects: [] }, { subjects: [{ kind: "Group", name: "system:authenticated" }] })],
      ["rights, acme/shop: deployers is given to Group system:authenticated"],
    ],
    [
      "a new binding to what may do everything",
      [binding(undefined, { roleRef: { name: "cluster-admin" }, subjects: [{ kind: "User", name: "eve" }] })],
      ["rights, acme/shop: User eve may do everything (cluster-admin)"],
    ],
    [
      "a log-in without a name",
      [settings({ data: {} }, { data: { "users.anonymous.enabled": "true" } })],
      ["rights, acme/shop: Argo CD's users.anonymous.enabled becomes true"],
    ],
    [
      "Argo CD's own policies",
      [
        settings(
          { data: { "policy.csv": "g, a, role:admin\n" } },
          { data: { "policy.csv": "g, a, role:admin\ng, b, role:admin\n", "policy.default": "role:readonly" } },
        ),
      ],
      [
        "rights, acme/shop: Argo CD's policies have a further line: g, b, role:admin",
        "rights, acme/shop: everybody who is logged in to Argo CD has the role role:readonly",
      ],
    ],
    [
      "a role on GitLab",
      [
        gitlab(
          "groupMembership:GroupMembership",
          "g-member-bob",
          { accessLevel: "developer" },
          { accessLevel: "owner" },
        ),
      ],
      ["rights, GitLab: bob is owner on GitLab"],
    ],
    [
      "what is public on GitLab",
      [
        gitlab(
          "project:Project",
          "p",
          { path: "deploy", visibilityLevel: "private" },
          { path: "deploy", visibilityLevel: "public" },
        ),
      ],
      ["rights, GitLab: deploy is public on GitLab"],
    ],
    [
      "a branch that more may push to",
      [
        gitlab(
          "branchProtection:BranchProtection",
          "b",
          { branch: "main", pushAccessLevel: "maintainer" },
          { branch: "main", pushAccessLevel: "developer" },
        ),
      ],
      ["rights, GitLab: the branch main is open to developer (pushAccessLevel, was maintainer)"],
    ],
    [
      "an opening of the network",
      [networkChange(undefined, { egress: [{ to: [{ ipBlock: { cidr: "10.0.0.0/8" } }] }] })],
      ["network, acme/shop: outgoing traffic to 10.0.0.0/8"],
    ],
    [
      "a new project's opening to everywhere",
      [
        projectChange("create"),
        networkChange(undefined, { egress: [{}], ingress: [{ from: [{ namespaceSelector: {} }] }] }),
      ],
      ["network, acme/shop: incoming traffic from all namespaces", "network, acme/shop: outgoing traffic to anywhere"],
    ],
    [
      "Pod Security that is lowered",
      [namespaceChange(enforced("restricted"), enforced("privileged"))],
      ["pod security, acme/shop: its pods may be privileged, were restricted"],
    ],
    [
      "Pod Security that is gone",
      [namespaceChange(enforced("baseline"), {})],
      ["pod security, acme/shop: its pods may be privileged, were baseline"],
    ],
    [
      "a CRD that changes",
      [{ op: "update", type: crd, name: "c", before: crdInputs(1), after: crdInputs(2) }],
      ["CRD, Argo CD: applications.argoproj.io changes"],
    ],
  ])("%s", (_, changes, words) => {
    expect(dangers(changes)).toEqual(words);
  });
});

describe("No danger", () => {
  it.each<[string, Change[]]>([
    [
      "is a new project with its own repository, roles and openings",
      [
        projectChange("create"),
        namespaceChange(undefined, enforced("restricted")),
        appProjectChange(
          undefined,
          spec({
            sourceRepos: ["https://git.acme.example/a.git"],
            destinations: [{ server: "https://k", namespace: "acme-shop" }],
            roles: [role("rw-group", ["p, proj:a:rw, applications, action/*, a/*, allow"], ["shop"])],
          }),
        ),
        networkChange(undefined, {
          ingress: [
            { from: [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "ingress-nginx" } } }] },
          ],
        }),
      ],
    ],
    [
      "is a right that is taken away",
      [
        appProjectChange(spec({ sourceRepos: ["a"] }), spec({})),
        namespaceChange(enforced("baseline"), enforced("restricted")),
        networkChange({ egress: [{}] }, { egress: [] }),
      ],
    ],
    [
      "is a quota or a revision",
      [
        quotaChange({ pods: "1" }, { pods: "2" }),
        applicationChange(source({ targetRevision: "1" }), source({ targetRevision: "2" })),
      ],
    ],
    [
      "is a role on GitLab that is lowered",
      [gitlab("groupMembership:GroupMembership", "g-member-bob", { accessLevel: "owner" }, { accessLevel: "guest" })],
    ],
  ])("%s", (_, changes) => {
    expect(dangers(changes)).toEqual([]);
  });
});
