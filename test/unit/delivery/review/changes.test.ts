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

function told(...changes: Change[]): Record<string, string[]> {
  const [stack] = buildReview([previewOf(changes)]).stacks;
  return Object.fromEntries((stack?.subjects ?? []).map((one) => [one.name, one.changes.map(plain)]));
}

const role = (name: string, ...groups: string[]) => ({ name, groups, policies: [] });

describe("A project's change is told in its team's words", () => {
  it.each<[string, Change, string[]]>([
    [
      "a quota, requests and limits as one",
      quotaChange(
        { "requests.cpu": "4", "limits.cpu": "4", pods: "50" },
        { "requests.cpu": "5", "limits.cpu": "5", pods: "50" },
      ),
      ["quota cpu 4 → 5"],
    ],
    [
      "a quota whose requests and limits differ",
      quotaChange({ "requests.cpu": "4", "limits.cpu": "4" }, { "requests.cpu": "2", "limits.cpu": "4" }),
      ["no longer quota cpu 4", "quota requests.cpu 2", "quota limits.cpu 4"],
    ],
    [
      "a revision",
      applicationChange(source({ targetRevision: "v1" }), source({ targetRevision: "v2" })),
      ["revision of deploy v1 → v2"],
    ],
    [
      "an image by its name",
      applicationChange(
        source({ kustomize: { images: ["nginx=harbor.acme.example:5000/nginx:1.28"] } }),
        source({ kustomize: { images: ["nginx=harbor.acme.example:5000/nginx:1.29"] } }),
      ),
      ["image nginx of deploy harbor.acme.example:5000/nginx:1.28 → harbor.acme.example:5000/nginx:1.29"],
    ],
    [
      "a parameter of a chart, a secret one without its value",
      applicationChange(
        source({ helm: { parameters: [{ name: "replicas", value: "2" }] } }),
        source({
          helm: {
            parameters: [
              { name: "replicas", value: "3" },
              { name: "db.password", value: "hunter2-hunter2" },
            ],
          },
        }),
      ),
      ["parameter replicas of deploy 2 → 3", "parameter db.password of deploy [secret]"],
    ],
    [
      "who synchronises",
      applicationChange(source({}), { ...source({}), syncPolicy: { automated: { prune: true } } }),
      ["deploy is synchronised by hand → by Argo CD", "deploy deletes what left Git: true"],
    ],
    [
      "several sources",
      applicationChange(
        {
          sources: [
            { repoURL: "https://a.example", targetRevision: "1" },
            { repoURL: "https://b.example", targetRevision: "x" },
          ],
        },
        {
          sources: [
            { repoURL: "https://a.example", targetRevision: "1" },
            { repoURL: "https://b.example", targetRevision: "y" },
          ],
        },
      ),
      ["revision of deploy[1] x → y"],
    ],
    [
      "who gets access, and who loses it",
      appProjectChange(
        { roles: [role("ro-group", "a"), role("rw-group", "b")] },
        { roles: [role("ro-group", "a", "c"), role("rw-group")] },
      ),
      ["read access for group c", "no longer write access for group b"],
    ],
    [
      "a sync window",
      appProjectChange(
        {},
        {
          syncWindows: [
            { kind: "deny", schedule: "0 18 * * fri", duration: "60h", timeZone: "Europe/Paris", applications: ["*"] },
          ],
        },
      ),
      ["sync window deny 0 18 * * fri for 60h, Europe/Paris"],
    ],
    [
      "openings of the network",
      networkChange(
        { egress: [{ to: [{ ipBlock: { cidr: "10.0.0.0/8" } }] }] },
        {
          egress: [{ to: [{ ipBlock: { cidr: "10.1.0.0/16" } }], ports: [{ port: 443 }] }],
          ingress: [
            { from: [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "ingress-nginx" } } }] },
          ],
        },
      ),
      [
        "outgoing traffic to 10.1.0.0/16, port 443",
        "no longer outgoing traffic to 10.0.0.0/8",
        "incoming traffic from namespace ingress-nginx",
      ],
    ],
    [
      "Pod Security",
      namespaceChange(
        { "pod-security.kubernetes.io/enforce": "restricted" },
        { "pod-security.kubernetes.io/enforce": "baseline" },
      ),
      ["Pod Security restricted → baseline"],
    ],
    [
      "the credentials of a repository, not what they are",
      objectChange("kubernetes:core/v1:Secret", "repo")(
        {
          metadata: {
            labels: {
              "dso/organization": "acme",
              "dso/project": "shop",
              "argocd.argoproj.io/secret-type": "repository",
            },
          },
          data: "[secret]",
        },
        {
          metadata: {
            labels: {
              "dso/organization": "acme",
              "dso/project": "shop",
              "argocd.argoproj.io/secret-type": "repository",
            },
          },
          data: "[secret]",
        },
      ),
      ["credentials of a repository change"],
    ],
    [
      "an object that nobody has words for",
      objectChange("kubernetes:core/v1:ConfigMap", "settings")({ data: { a: "1" } }, { data: { a: "2" } }),
      ["objects: 1 changed"],
    ],
  ])("%s", (_, step, words) => {
    expect(told(step)).toEqual({ "acme/shop": words });
  });

  it("all that a new project is", () => {
    const changes = [
      projectChange("create"),
      namespaceChange(undefined, {}),
      quotaChange(undefined, { pods: "50" }),
      appProjectChange(undefined, {
        roles: [role("rw-group", "shop")],
        sourceRepos: ["https://git.acme.example/shop.git"],
      }),
      applicationChange(undefined, source({ targetRevision: "v1", path: "." })),
    ];
    expect(told(...changes)).toEqual({
      "acme/shop": [
        "namespace acme-shop-dev-1",
        "quota pods 50",
        "write access for group shop",
        "Application acme-shop-deploy",
        "repository of deploy https://git.acme.example/shop.git",
        "revision of deploy v1",
        "deploy is synchronised by hand",
      ],
    });
    expect(buildReview([previewOf(changes)]).stacks[0]?.subjects[0]).toMatchObject({
      action: "adds",
      file: "catalog/acme/shop.yaml",
    });
  });

  it("that a project goes, and what stays of it", () => {
    const namespace = { ...namespaceChange({}, undefined), retain: true };
    expect(told(projectChange("delete"), namespace, applicationChange(source({}), undefined))).toEqual({
      "acme/shop": ["Namespace acme-shop-dev-1 is left to itself", "Application acme-shop-deploy goes"],
    });
  });
});
