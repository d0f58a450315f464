import { describe, expect, it } from "vitest";
import type { Project } from "../../../model/project";
import { load, shop, stack } from "./workspace";
import type { Files } from "./workspace";

function project(files: Files, name = "dev"): Project {
  const [first] = load(files, name).platform.projects;
  if (first === undefined) throw new Error("the shop is expected");
  return first;
}

/** A shop of one repository whose environments are a map. */
function shopOf(environments: string, lines = "", repository = ""): Files {
  return {
    "catalog/acme/shop.yaml": `organisation: acme
name: shop
${lines === "" ? "" : `${lines}\n`}environments: ${environments}
repositories:
  - { name: deploy, url: "https://git.acme.example/deploy.git", kind: manifests${repository === "" ? "" : `, ${repository}`} }
`,
  };
}

describe("autosync", () => {
  const automated = (files: Files): boolean | undefined => project(files).repositories[0]?.sync.automated;

  it.each([
    { stack: undefined, project: "", environment: "", repository: "", own: "", automated: true },
    { stack: false, project: "", environment: "", repository: "", own: "", automated: false },
    { stack: false, project: "autosync: true", environment: "", repository: "", own: "", automated: true },
    { stack: true, project: "autosync: false", environment: "", repository: "", own: "", automated: false },
    {
      stack: true,
      project: "autosync: false",
      environment: "autosync: true",
      repository: "",
      own: "",
      automated: true,
    },
    {
      stack: true,
      project: "autosync: true",
      environment: "",
      repository: "autosync: false",
      own: "",
      automated: false,
    },
    {
      stack: true,
      project: "",
      environment: "autosync: true",
      repository: "autosync: false",
      own: "",
      automated: false,
    },
    {
      stack: true,
      project: "",
      environment: "autosync: false",
      repository: "autosync: true",
      own: "",
      automated: false,
    },
    {
      stack: true,
      project: "",
      environment: "",
      repository: "autosync: true",
      own: "autosync: false",
      automated: false,
    },
    {
      stack: false,
      project: "autosync: false",
      environment: "",
      repository: "",
      own: "autosync: true",
      automated: true,
    },
  ])("is $automated with $stack, $project, $environment, $repository, $own", (row) => {
    const repository = [row.repository, row.own && `environments: { dev: { ${row.own} } }`].filter(Boolean).join(", ");
    const files = shopOf(`{ dev: { ${row.environment} } }`, row.project, repository);
    expect(
      automated(
        row.stack === undefined ? files : { ...files, ...stack(`projects: { autosync: ${String(row.stack)} }`) },
      ),
    ).toBe(row.automated);
  });
});

describe("a revision", () => {
  it.each([
    { project: "", environment: "", repository: "", own: "", revision: "HEAD" },
    { project: "revision: p", environment: "", repository: "", own: "", revision: "p" },
    { project: "revision: p", environment: "", repository: "revision: r", own: "", revision: "r" },
    { project: "revision: p", environment: "revision: e", repository: "revision: r", own: "", revision: "e" },
    {
      project: "revision: p",
      environment: "revision: e",
      repository: "revision: r",
      own: "revision: o",
      revision: "o",
    },
    { project: "", environment: "", repository: "revision: env/<env>", own: "", revision: "env/dev" },
  ])("is $revision with $project, $environment, $repository, $own", (row) => {
    const repository = [row.repository, row.own && `environments: { dev: { ${row.own} } }`].filter(Boolean).join(", ");
    const { repositories } = project(shopOf(`{ dev: { ${row.environment} } }`, row.project, repository));
    expect(repositories[0]?.sources[0].revision).toBe(row.revision);
  });

  it("of a chart is its version, which no branch of the project takes the place of", () => {
    const chart = `  - { name: redis, url: "https://charts.example", kind: helm, chart: redis, revision: 1.2.3 }\n`;
    const files = shop("revision: main", chart);
    expect(project(files).repositories[0]?.sources[0].revision).toBe("1.2.3");
  });
});

describe("a quota", () => {
  it("is merged key by key from stack, project and environment, and bounds requests and limits alike", () => {
    const files = {
      ...shopOf("{ dev: { quota: { memory: 16Gi } } }", "quota: { cpu: 3, gpu: 1, storage: 10Gi }"),
      ...stack("projects: { quota: { cpu: 1, volumes: 5, loadBalancers: 0 } }"),
    };
    expect(project(files).quota).toEqual({
      "requests.cpu": "3",
      "limits.cpu": "3",
      "requests.memory": "16Gi",
      "limits.memory": "16Gi",
      "requests.nvidia.com/gpu": "1",
      "requests.storage": "10Gi",
      pods: "50",
      persistentvolumeclaims: "5",
      "services.loadbalancers": "0",
    });
  });
});

describe("container defaults", () => {
  it("lower a default request with a limit below it", () => {
    expect(project(shop("containerDefaults: { limits: { memory: 32Mi } }")).containerDefaults).toEqual({
      requests: { cpu: "50m", memory: "32Mi" },
      limits: { cpu: "500m", memory: "32Mi" },
    });
  });

  it("are refused when stack and project together contradict each other", () => {
    const files = {
      ...stack("projects: { containerDefaults: { requests: { memory: 1Gi }, limits: { memory: 2Gi } } }"),
      ...shop("containerDefaults: { limits: { memory: 512Mi } }"),
    };
    expect(() => load(files)).toThrow(/containerDefaults\.requests\.memory: .*greater than its limit/);
  });
});

describe("the other settings of a project", () => {
  it("add openings and denied kinds to those of the stack, each once", () => {
    const { network, deniedKinds } = project({
      ...stack(`projects:
  network: { ingressFromNamespaces: [ingress-nginx], egressToCidrs: [10.0.0.0/8] }
  deniedKinds: [{ group: "", kind: Endpoints }]`),
      ...shop(`network: { ingressFromNamespaces: [ingress-nginx, monitoring] }
deniedKinds: [{ group: "", kind: Endpoints }, { group: batch, kind: CronJob }]`),
    });
    expect(network).toEqual({ ingressFromNamespaces: ["ingress-nginx", "monitoring"], egressToCidrs: ["10.0.0.0/8"] });
    expect(deniedKinds).toEqual([
      { group: "", kind: "Endpoints" },
      { group: "batch", kind: "CronJob" },
    ]);
  });

  it("open the addresses of the DNS to the pods of its cluster only", () => {
    const config = stack(
      "dns: { forwards: [], clusterDnsAddresses: [10.96.0.10] }\nclusters: { east: { server: https://e, context: east } }",
    );
    expect(project(config).network.dnsAddresses).toEqual(["10.96.0.10"]);
    expect(project({ ...config, ...shop("cluster: east") }).network).not.toHaveProperty("dnsAddresses");
    expect(project({}).network).not.toHaveProperty("dnsAddresses");
  });

  it("give an environment another cluster", () => {
    const files = {
      ...shopOf("{ dev: { cluster: east }, staging: }"),
      ...stack("clusters:\n  east: { server: https://east.example:6443, context: east }"),
    };
    expect(project(files).destination).toEqual({ cluster: "east", server: "https://east.example:6443" });
    expect(load(files).platform.clusters).toEqual([
      {
        name: "east",
        server: "https://east.example:6443",
        access: { context: "east" },
        trust: { kind: "cluster" },
        managerNamespace: "kube-system",
      },
    ]);
  });

  it("let a group both read and write", () => {
    expect(project(shop("groups: { read: [a, b], write: [b] }")).groups).toEqual({ read: ["a", "b"], write: ["b"] });
  });

  it("put the environment into paths and value files, and numbers into parameters as text", () => {
    const helm = `  - name: api
    url: https://git.acme.example/api.git
    kind: helm
    path: charts/<env>
    valueFiles: [values.yaml, values-<env>.yaml]
    parameters: { replicas: 2, ingress.enabled: true, host: shop.example }
`;
    expect(project(shop("", helm), "dev").repositories[0]?.sources).toEqual([
      {
        kind: "helm",
        url: "https://git.acme.example/api.git",
        revision: "HEAD",
        path: "charts/dev",
        releaseName: "api",
        valueFiles: ["values.yaml", "values-dev.yaml"],
        parameters: { replicas: "2", "ingress.enabled": "true", host: "shop.example" },
      },
    ]);
  });

  it("switch the account admin off where people log in by an identity provider", () => {
    const secrets = "secrets:\n  sso: { value: { secure: x } }";
    const oidc =
      "url: https://argocd.example\n  oidc: { issuer: https://login.example, clientId: argocd, clientSecret: sso }";
    const enabled = (more: string) =>
      load(stack(`argocd:\n  ${oidc}\n${more}${secrets}`)).platform.argocd.admin.enabled;
    expect(enabled("")).toBe(false);
    expect(enabled("  admin: { enabled: true }\n")).toBe(true);
  });
});
