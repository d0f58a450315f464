import { describe, expect, it } from "vitest";
import { adoptFound, application, found } from "./found";

const NAMESPACE = found("Namespace", "shop");

function contentOf(...objects: Parameters<typeof adoptFound>[0][number][]) {
  const { projects, notes, kept } = adoptFound([application("deploy"), ...objects]);
  return { content: projects[0]?.content ?? {}, notes, kept };
}

/** What is said of the environment or, where all are alike, of the project. */
function settingsOf(...objects: Parameters<typeof adoptFound>[0][number][]) {
  return contentOf(NAMESPACE, ...objects).content;
}

describe("The namespace of an Application", () => {
  it("keeps its name, its openness and what it admits", () => {
    const { content, kept } = contentOf(NAMESPACE);
    expect(content).toMatchObject({
      environments: { dev: { names: { namespace: "shop" } } },
      podSecurity: "privileged",
      network: { open: true },
    });
    expect(kept).toContainEqual({ kind: "Namespace", name: "shop" });
  });

  it("keeps the Pod Security Standard that it enforces, which is left out where it is the default", () => {
    const labelled = (level: string) =>
      contentOf(found("Namespace", "shop", { metadata: { labels: { "pod-security.kubernetes.io/enforce": level } } }))
        .content;
    expect(labelled("baseline")).toMatchObject({ podSecurity: "baseline" });
    expect(labelled("restricted")).not.toHaveProperty("podSecurity");
  });

  it("keeps its quota under the catalogue's names, and the greater of requests and limits", () => {
    const hard = { "requests.cpu": "4", "limits.cpu": "8", "requests.nvidia.com/gpu": 1, pods: "50" };
    expect(settingsOf(found("ResourceQuota", "dso-quota", { spec: { hard } }, "shop"))).toMatchObject({
      quota: { cpu: "8", gpu: "1" },
    });
  });

  it("tells of quota that the catalogue does not count, and of one by another name", () => {
    const { notes } = contentOf(
      NAMESPACE,
      found("ResourceQuota", "team", { spec: { hard: { secrets: "10" } } }, "shop"),
    );
    expect(notes.map(({ path }) => path)).toEqual(
      expect.arrayContaining(["ResourceQuota team: secrets", "ResourceQuota team"]),
    );
  });

  it("keeps the defaults of its containers", () => {
    const limits = [{ type: "Container", default: { memory: "1Gi", cpu: "500m" }, defaultRequest: { memory: "64Mi" } }];
    expect(settingsOf(found("LimitRange", "any", { spec: { limits } }, "shop"))).toMatchObject({
      containerDefaults: { limits: { memory: "1Gi" } },
    });
  });

  it("is told to be unknown where it was not read", () => {
    expect(contentOf().notes.find(({ object }) => object === "Namespace shop")?.reason).toBe(
      "it was not among what was read",
    );
  });

  it("is not taken for one of the same name, where it is on a further cluster", () => {
    const destination = { server: "https://far", namespace: "shop" };
    const stack = { clusters: { far: { server: "https://far" } } };
    const { projects, kept } = adoptFound([application("deploy", { destination }), NAMESPACE], { stack });
    expect(projects[0]?.content).toMatchObject({ cluster: "far" });
    expect(projects[0]?.content).not.toHaveProperty("podSecurity");
    expect(kept.map(({ kind }) => kind)).toEqual(["Application"]);
  });

  it("is taken from where the objects lie, where the Application does not say it", () => {
    const status = { resources: [{ kind: "ConfigMap", name: "a", namespace: "docs" }] };
    const one = application("deploy", { destination: { server: "https://kubernetes.default.svc" } });
    const { applications } = adoptFound([{ ...one, status }]);
    expect(applications[0]?.namespace).toBe("docs");
  });
});

describe("An Application is left as it is", () => {
  it.each([
    [
      "where its namespace is the cluster's",
      { destination: { namespace: "kube-system" } },
      {},
      "spec.destination.namespace",
    ],
    ["where it deploys Applications", { destination: { namespace: "argocd" } }, {}, "spec.destination.namespace"],
    [
      "where the stack does not know its cluster",
      { destination: { server: "https://far", namespace: "shop" } },
      {},
      "spec.destination",
    ],
    ["where it deploys a namespace", {}, { resources: [{ kind: "Namespace", name: "shop" }] }, "status.resources"],
    [
      "where it deploys its own quota",
      {},
      { resources: [{ kind: "ResourceQuota", name: "q", namespace: "shop" }] },
      "status.resources",
    ],
    [
      "where it deploys into two namespaces",
      {},
      { resources: [{ kind: "Pod", name: "p", namespace: "other" }] },
      "status.resources",
    ],
  ])("%s", (_, spec, status, path) => {
    const { applications, notes } = adoptFound([{ ...application("deploy", spec), status }]);
    expect(applications).toEqual([]);
    expect(notes.filter(({ weight }) => weight === "refused").map((note) => note.path)).toEqual([path]);
  });
});

describe("The AppProject of an Application", () => {
  const own = (spec: object) => [
    application("deploy", { project: "team" }),
    found("AppProject", "team", { spec }, "argocd"),
  ];

  it("keeps its name, its groups and its windows, where it is this project's alone", () => {
    const roles = [
      { name: "ro-group", groups: ["/shop/RO"] },
      { name: "ci", groups: ["bots"], jwtTokens: [{ iat: 1 }] },
    ];
    const syncWindows = [{ kind: "deny", schedule: "0 1 * * *", duration: "1h", applications: ["deploy"] }];
    const { projects, notes } = adoptFound(own({ roles, syncWindows, sourceRepos: ["*"] }));
    expect(projects[0]?.content).toMatchObject({
      environments: { dev: { names: { appProject: "team" } } },
      groups: { read: ["/shop/RO"] },
      syncWindows: [{ kind: "deny", applications: ["deploy"] }],
    });
    expect(notes.map(({ path }) => path)).toEqual(
      expect.arrayContaining(["spec.roles: ci", "spec.roles: ci.jwtTokens", "spec.sourceRepos"]),
    );
  });

  it("is left behind where another Application has it too", () => {
    const { applications } = adoptFound([
      ...own({}),
      application("other", { project: "team", destination: { namespace: "kube-system" } }),
    ]);
    expect(applications.map(({ appProject }) => appProject)).toEqual(["shop-deploy-dev-6293"]);
  });

  it("loses the entry that never matched, and keeps the one that does", () => {
    const namespaceResourceBlacklist = [
      { group: "v1", kind: "ResourceQuota" },
      { group: "batch", kind: "CronJob" },
    ];
    const { projects } = adoptFound(own({ namespaceResourceBlacklist }));
    expect(projects[0]?.content).toMatchObject({ deniedKinds: [{ group: "batch", kind: "CronJob" }] });
  });
});
