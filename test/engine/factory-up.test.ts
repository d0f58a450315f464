import { compareSync } from "bcryptjs";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { manifestCacheDir } from "../../manifests/cache";
import { DEFAULT_ARGOCD_VERSION, officialChecksum } from "../../model/argocd-releases";
import { Factory } from "./support/factory";
import { inventory } from "./support/inventory";
import type { LiveObject } from "./support/kubectl";
import { changes, messages, type Run } from "./support/pulumi-run";
import { managedBlocks } from "./support/managed-blocks";

const SHOP = "acme-shop-dev-6293";
const DEMARCHES = "ministere-demarches-dev-6293";
const DOCSERVER = "protobox1-docserver-dev-6293";

/** What the program declares for a project; `more` are the objects that not every project has. */
const projectObjects = (project: string, applications: readonly string[], more: readonly string[] = []): string[] => [
  `Namespace ${project}`,
  `ResourceQuota ${project}/dso-quota`,
  `LimitRange ${project}/dso-limits`,
  ...["default-deny", "allow-dns", "allow-same-namespace"].map((name) => `NetworkPolicy ${project}/${name}`),
  `AppProject argocd/${project}`,
  ...applications.map((name) => `Application argocd/${name}`),
  ...more,
];

const OURS = [
  "Namespace argocd",
  "AppProject argocd/default",
  ...projectObjects(SHOP, ["acme-shop-dev-deploy-6293"]),
  ...projectObjects(
    DEMARCHES,
    ["ministere-demarches-dev-api-6293", "ministere-demarches-dev-front-6293"],
    [
      `NetworkPolicy ${DEMARCHES}/allow-ingress`,
      `Secret argocd/${DEMARCHES}-repo-368a1d3b`,
      `Secret argocd/${DEMARCHES}-repo-bc18ef7e`,
    ],
  ),
  ...projectObjects(DOCSERVER, ["protobox1-docserver-dev-docserver-6293"]),
];

/** The objects of Argo CD's `install.yaml`, which `kubectl apply -n argocd` would make. */
function officialObjects(): LiveObject[] {
  const file = join(manifestCacheDir(), `${officialChecksum(DEFAULT_ARGOCD_VERSION, "install") ?? ""}.yaml`);
  return parseAllDocuments(readFileSync(file, "utf8")).map((document) => document.toJS() as LiveObject);
}

const CLUSTER_WIDE = ["CustomResourceDefinition", "ClusterRole", "ClusterRoleBinding"];

describe("The whole factory comes up on a cluster that knows nothing of it", { timeout: 1_200_000 }, () => {
  let factory: Factory;
  let before: string[];
  let foretold: Run;
  let up: Run;

  beforeAll(async () => {
    factory = await Factory.start();
    before = await inventory(factory);
    foretold = await factory.stack.preview();
    up = await factory.stack.up();
  }, 1_800_000);
  afterAll(() => factory?.dispose());

  const text = async (secret: string, key: string): Promise<string> =>
    Buffer.from((await factory.object("secret", secret)).data?.[key] ?? "", "base64").toString();

  it("does what the preview foretold, CustomResourceDefinitions and their objects at once", () => {
    expect(foretold.exitCode, foretold.stdout).toBe(0);
    expect(up.exitCode, up.stdout).toBe(0);
    expect(up.failed).toEqual([]);
    expect(changes(up).sort()).toEqual(changes(foretold).sort());
    expect(new Set(up.steps.map(({ op }) => op))).toEqual(new Set(["create", "read"]));
  });

  it("makes every object of the official manifests, those of the projects, and nothing else", async () => {
    const official = officialObjects().map(({ kind, metadata: { name } }) =>
      CLUSTER_WIDE.includes(kind) ? `${kind} ${name}` : `${kind} argocd/${name}`,
    );
    expect(official.length).toBeGreaterThan(50);
    const made = (await inventory(factory)).filter((object) => !before.includes(object));
    expect(made).toEqual([...official, ...OURS].sort());
  });

  it("has made every Deployment and StatefulSet of the official manifests available", async () => {
    const workloads = await factory.list("deployments,statefulsets", "-n", "argocd");
    const names = officialObjects().filter(({ kind }) => /^(Deployment|StatefulSet)$/.test(kind));
    expect(workloads.map(({ metadata }) => metadata.name).sort()).toEqual(
      names.map(({ metadata }) => metadata.name).sort(),
    );
    for (const { metadata, spec, status } of workloads) {
      expect(status?.["availableReplicas"], metadata.name).toBe(spec?.["replicas"]);
    }
  });

  it("confines each project to its own namespace, repositories and quota", async () => {
    const projects = await factory.list("appprojects");
    const allowed = projects.map(({ metadata, spec }) => [
      metadata.name,
      spec?.["sourceRepos"],
      spec?.["destinations"],
    ]);
    const here = (namespace: string) => [{ server: "https://kubernetes.default.svc", namespace }];
    const git = "https://gitlab.cpn.example/ministere/demarches";
    expect(allowed).toEqual([
      [SHOP, ["https://git.acme.example/shop/deploy.git"], here(SHOP)],
      ["default", [], []],
      [DEMARCHES, [`${git}/infra-api.git`, `${git}/infra-front.git`], here(DEMARCHES)],
      [DOCSERVER, ["http://git.protobox/gitlab/protobox1/docserver.git"], here(DOCSERVER)],
    ]);
    const quotas = await factory.list("resourcequotas");
    const hard = (cpu: string, memory: string) => ({
      "requests.cpu": cpu,
      "limits.cpu": cpu,
      "requests.memory": memory,
      "limits.memory": memory,
      pods: "50",
    });
    expect(quotas.map(({ metadata, spec }) => [metadata.namespace, spec?.["hard"]])).toEqual([
      [SHOP, expect.objectContaining(hard("2", "4Gi"))],
      [DEMARCHES, expect.objectContaining(hard("4", "8Gi"))],
      [DOCSERVER, expect.objectContaining(hard("2", "4Gi"))],
    ]);
  });

  it("declares the docserver as its document wants it, but in an AppProject of its own", async () => {
    const { spec } = await factory.object("application", "protobox1-docserver-dev-docserver-6293");
    expect(spec).toEqual({
      project: DOCSERVER,
      source: {
        repoURL: "http://git.protobox/gitlab/protobox1/docserver.git",
        targetRevision: "CD",
        path: "factory/CD/base",
      },
      destination: { server: "https://kubernetes.default.svc", namespace: DOCSERVER },
      syncPolicy: {
        syncOptions: ["CreateNamespace=true"],
        retry: { limit: 5, backoff: { duration: "5s", factor: 2, maxDuration: "3m" } },
      },
    });
  });

  it("gives a project's credentials to that project only", async () => {
    const secrets = await factory.list("secrets", "-l", "argocd.argoproj.io/secret-type=repository");
    expect(secrets).toHaveLength(2);
    const decoded = secrets.map(({ data = {} }) =>
      Object.fromEntries(Object.entries(data).map(([key, value]) => [key, Buffer.from(value, "base64").toString()])),
    );
    const password: unknown = expect.stringMatching(/.+/);
    const common = { type: "git", project: DEMARCHES, username: "demarches-bot", password };
    expect(decoded.sort((one, other) => ((one["url"] ?? "") < (other["url"] ?? "") ? -1 : 1))).toEqual([
      { ...common, url: "https://gitlab.cpn.example/ministere/demarches/infra-api.git" },
      { ...common, url: "https://gitlab.cpn.example/ministere/demarches/infra-front.git" },
    ]);
  });

  it.each([
    ["coredns", ""],
    ["nodelocaldns", "    bind 169.254.25.10\n"],
  ])("adds its server blocks to the Corefile of %s and keeps the rest byte for byte", async (name, bind) => {
    const fixture = readFileSync(join(__dirname, "..", "..", "lab", "fixtures", "kubespray", `${name}.yaml`), "utf8");
    const original = (parse(fixture) as LiveObject).data?.["Corefile"] ?? "";
    const blocks = managedBlocks({ protobox: "10.0.0.53:53", "service.consul": "10.0.0.54:8600" }, bind);
    expect(await factory.corefile(name)).toBe(original + blocks);
  });

  it("sets the admin password as the bcrypt hash of the one that it exports, and the exported webhook secret", async () => {
    const { argocd } = (await factory.stack.outputs()) as { argocd: Record<string, string> };
    expect(argocd["adminPassword"]).toMatch(/^[A-Za-z0-9]{32}$/);
    expect(compareSync(argocd["adminPassword"] ?? "", await text("argocd-secret", "admin.password"))).toBe(true);
    expect(await text("argocd-secret", "webhook.gitlab.secret")).toBe(argocd["webhookSecret"]);
  });

  it("writes no secret in clear into the state, the events or what it prints", async () => {
    const { argocd } = (await factory.stack.outputs()) as { argocd: Record<string, string> };
    const secrets = [
      argocd["adminPassword"],
      argocd["webhookSecret"],
      await text("argocd-secret", "admin.password"),
      await text(`${DEMARCHES}-repo-368a1d3b`, "password"),
    ];
    const shown = await factory.stack.must("stack", "output", "--json");
    const masked = await factory.stack.must("stack", "export");
    const places = {
      state: factory.stack.stateFile(),
      events: JSON.stringify([foretold.steps, up.steps]),
      // What Pulumi's SDK says at the level of debugging holds each answer of the engine as it came.
      messages: [foretold, up].map((run) => messages(run, "info", "info#err", "warning", "error")).join(""),
      console: [foretold, up].map(({ stdout, stderr }) => stdout + stderr).join(""),
      outputs: shown,
      export: masked,
    };
    for (const secret of secrets) {
      expect(secret).toMatch(/.{6,}/);
      for (const [place, written] of Object.entries(places)) {
        const base64 = Buffer.from(secret ?? "").toString("base64");
        expect(written.includes(secret ?? "") || written.includes(base64), `a secret in the ${place}`).toBe(false);
      }
    }
  });

  it("owns its fields by fixed managers, others where it patches what is not wholly its own", async () => {
    const appliers = async (kind: string, name: string, namespace?: string): Promise<string[]> =>
      ((await factory.object(kind, name, namespace)).metadata.managedFields ?? [])
        .filter(({ operation }) => operation === "Apply")
        .map(({ manager }) => manager)
        .sort();
    for (const [kind, name] of [
      ["configmap", "argocd-cm"],
      ["appproject", SHOP],
      ["customresourcedefinition", "applications.argoproj.io"],
    ] as const) {
      expect(await appliers(kind, name)).toEqual(["gitops-factory-platform"]);
    }
    expect(await appliers("configmap", "coredns", "kube-system")).toEqual(["gitops-factory-dns"]);
    expect(await appliers("secret", "argocd-secret")).toEqual([
      "gitops-factory",
      expect.stringMatching(/^pulumi-kubernetes-/),
    ]);
  });

  it("changes nothing when it runs again, and foretells so, also after a refresh", async () => {
    const versions = async (): Promise<string[]> =>
      (await factory.list("configmaps,secrets,applications,appprojects,crd,networkpolicies,clusterroles")).map(
        ({ kind, metadata }) => `${kind} ${metadata.name} ${metadata.resourceVersion}`,
      );
    const atFirst = await versions();
    for (const run of [
      await factory.stack.preview("--expect-no-changes"),
      await factory.stack.up("--expect-no-changes"),
      await factory.stack.preview("--refresh", "--expect-no-changes"),
    ]) {
      expect(run.exitCode, run.stdout + run.stderr).toBe(0);
      expect(changes(run).filter((change) => !change.startsWith("read "))).toEqual([]);
      expect(messages(run, "error", "warning")).toBe("");
    }
    expect(await versions()).toEqual(atFirst);
  });
});
