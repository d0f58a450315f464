import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Authority } from "../../lab/control-plane/certificate";
import { messages } from "../engine/support/pulumi-run";
import { describeAdoptingElsewhere } from "./support/adopting-elsewhere";
import { type Application, conditionsOf, isDeployed } from "./support/application";
import { applicationName, askGitOften, projectName, setCatalogue } from "./support/catalogue";
import { GitRepository } from "./support/git-repository";
import { configMap, deployment, yaml } from "./support/manifests";
import { OtherCluster } from "./support/other-cluster";
import { setSecrets } from "./support/stack-secrets";
import { Story } from "./support/story";

const SHOP = projectName("shop");
const SHOP_APPLICATION = applicationName("shop", "web");
const DOCS = projectName("docs");
const DOCS_APPLICATION = applicationName("docs", "pages");

/** All that Argo CD says of an Application that does not come about. */
function complaintsOf(application: Application): string {
  const { message = "", syncResult } = application.status?.operationState ?? {};
  const ofObjects = syncResult?.resources?.map((resource) => resource.message ?? "") ?? [];
  return [conditionsOf(application), message, ...ofObjects].join("\n");
}

/** The steps build on one another: a cluster is added, fails in several ways, and leaves. */
describe("An environment on a second cluster", { timeout: 400_000 }, () => {
  let story: Story;
  let edge: OtherCluster;
  let web: GitRepository;
  let pages: GitRepository;

  beforeAll(async () => {
    [story, edge] = await Promise.all([Story.start({ parts: ["git"] }), OtherCluster.start()]);
    web = await GitRepository.create(story, "shop/web", {
      "web.yaml": yaml(deployment("web", "registry.acme.example/web:1.0.0"), configMap("web", { from: "Git" })),
    });
    pages = await GitRepository.create(story, "docs/pages", { "pages.yaml": yaml(configMap("pages", {})) });
    await setSecrets(story.factory.stack, { edge: { value: edge.kubeconfig } });
    askGitOften(story);
    declareEdge({});
    deployShopOn("edge");
    await story.deploy();
  }, 600_000);
  afterAll(async () => {
    await story?.dispose();
    await edge?.dispose();
  });

  function declareEdge(changes: object): void {
    story.factory.program.config(["clusters"], { edge: { server: edge.server, kubeconfig: "edge", ...changes } });
  }

  /** The catalogue: shop runs elsewhere in this environment, and docs at home. */
  function deployShopOn(cluster: string, docs: object = {}): void {
    setCatalogue(
      story,
      {
        name: "shop",
        environments: { dev: { cluster }, prod: null },
        // Whoever waits between retries is late to see that all is well again.
        repositories: [{ name: "web", url: web.url(), kind: "manifests", retryLimit: 0 }],
      },
      { name: "docs", repositories: [{ name: "pages", url: pages.url(), kind: "manifests" }], ...docs },
    );
  }

  /** What Argo CD reaches the cluster with, from its cluster Secret. */
  async function clusterSecret(): Promise<Record<string, string>> {
    const { data = {} } = await story.factory.object("secret", "cluster-edge");
    return Object.fromEntries(
      Object.entries(data).map(([key, value]) => [key, Buffer.from(value, "base64").toString("utf8")]),
    );
  }

  async function token(): Promise<string> {
    return (JSON.parse((await clusterSecret())["config"] ?? "") as { bearerToken: string }).bearerToken;
  }

  /** Waits until the Application of shop complains so. @returns all that it says */
  async function complaint(expected: RegExp): Promise<string> {
    await story.refresh(SHOP_APPLICATION);
    return complaintsOf(await story.untilApplication(SHOP_APPLICATION, (found) => expected.test(complaintsOf(found))));
  }

  async function shopIsDeployed(revision?: string): Promise<void> {
    await story.refresh(SHOP_APPLICATION);
    await story.untilApplication(
      SHOP_APPLICATION,
      (found) =>
        isDeployed(found) &&
        conditionsOf(found) === "" &&
        (revision === undefined || found.status?.sync?.revision === revision),
    );
  }

  it("is deployed there and not at home, and becomes Synced and Healthy", async () => {
    await shopIsDeployed();
    const { spec = {} } = (await story.application(SHOP_APPLICATION)) ?? {};
    expect(spec["destination"]).toEqual({ server: edge.server, namespace: SHOP });
    expect(await edge.names("deployments,configmaps", SHOP)).toEqual(
      expect.arrayContaining(["deployment.apps/web", "configmap/web"]),
    );
    expect(await story.get(`/api/v1/namespaces/${SHOP}`)).toBeUndefined();
  });

  it("leaves another project's Applications on the home cluster", async () => {
    const { spec } = await story.untilApplication(DOCS_APPLICATION, isDeployed);
    expect(spec["destination"]).toEqual({ server: "https://kubernetes.default.svc", namespace: DOCS });
    expect(await story.get(`/api/v1/namespaces/${DOCS}/configmaps/pages`)).toBeDefined();
    expect(await edge.names("namespaces", "default")).not.toContain(`namespace/${DOCS}`);
  });

  it("follows a push as any other does, and takes away what Git has no more", async () => {
    const commit = await web.commit({
      "web.yaml": yaml(deployment("web", "registry.acme.example/web:2.0.0"), configMap("more", {})),
    });
    await shopIsDeployed(commit);
    expect(await edge.kubectl("get", "deployment", "web", "-n", SHOP, "-o", "jsonpath={..image}")).toContain("2.0.0");
    const found = await edge.names("configmaps", SHOP);
    expect(found).toContain("configmap/more");
    expect(found).not.toContain("configmap/web");
  });

  it("gives Argo CD an account that can do its work in the project's namespace", async () => {
    const secret = await clusterSecret();
    expect(secret).toMatchObject({ name: "edge", server: edge.server, namespaces: SHOP, clusterResources: "false" });
    const holder = await token();
    const whoami = await edge.as(holder, ["auth", "whoami", "-o", "jsonpath={.status.userInfo.username}"]);
    expect(whoami.said).toBe("system:serviceaccount:kube-system:argocd-manager-dev");
    for (const verb of ["get", "list", "watch", "create", "update", "patch", "delete"]) {
      const answer = await edge.as(holder, ["auth", "can-i", verb, "deployments.apps", "-n", SHOP]);
      expect(answer, verb).toEqual({ allowed: true, said: "yes" });
    }
    const made = await edge.as(holder, ["create", "configmap", "by-hand", "-n", SHOP]);
    expect(made).toEqual({ allowed: true, said: "configmap/by-hand created" });
    expect(await edge.as(holder, ["delete", "configmap", "by-hand", "-n", SHOP])).toMatchObject({ allowed: true });
    // An object of the cluster, but Kubernetes counts it to its own namespace.
    expect(await edge.as(holder, ["get", "namespace", SHOP])).toMatchObject({ allowed: true });
  });

  it.each<[string, readonly string[]]>([
    ["create in another namespace", ["create", "configmap", "intruder", "-n", "default"]],
    ["read another namespace's Secrets", ["get", "secrets", "-n", "kube-system"]],
    ["see all Secrets", ["get", "secrets", "-A"]],
    ["see the namespaces", ["get", "namespaces"]],
    ["see another namespace", ["get", "namespace", "default"]],
    ["see the nodes", ["get", "nodes"]],
    ["make a namespace", ["create", "namespace", "intruder"]],
    ["make a cluster role", ["create", "clusterrole", "intruder", "--verb=get", "--resource=pods"]],
    ["become another", ["get", "pods", "-n", SHOP, "--as=system:admin"]],
    ["bind an administrator's rights", ["create", "rolebinding", "i", "-n", SHOP, "--clusterrole=admin", "--user=i"]],
    ["make a role that may more", ["create", "role", "i", "-n", SHOP, "--verb=escalate", "--resource=roles"]],
  ])("which cannot %s", async (_, args) => {
    const { allowed, said } = await edge.as(await token(), args);
    expect(said).toContain("forbidden");
    expect(allowed).toBe(false);
  });

  it("and which has no right elsewhere but those of every account", async () => {
    const rules = ["auth", "can-i", "--list", "--no-headers", "-n", "kube-system"];
    const everybody = "system:serviceaccount:default:default";
    const elsewhere = await edge.as(await token(), rules);
    expect(elsewhere.said).toBe(
      await edge.kubectl(
        ...rules,
        `--as=${everybody}`,
        "--as-group=system:serviceaccounts",
        "--as-group=system:authenticated",
      ),
    );
    expect(elsewhere.said).not.toMatch(/^\*/m);
  });

  it("and whose token is in no log, and in Pulumi's state only encrypted", async () => {
    const holder = await token();
    expect(story.factory.stack.stateFile()).not.toContain(holder);
    for (const process of ["argocd-application-controller", "argocd-server"]) {
      expect(story.log(process, 100_000)).not.toContain(holder);
    }
  });

  it("says so where Git has an object of the whole cluster, and goes on without it", async () => {
    const role = { apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRole", metadata: { name: "intruder" } };
    await web.commit({ "role.yaml": yaml({ ...role, rules: [] }) });
    expect(await complaint(/ClusterRole/)).toContain(
      'cluster level ClusterRole "intruder" can not be managed when in namespaced mode',
    );
    await expect(edge.kubectl("get", "clusterrole", "intruder")).rejects.toThrow("not found");
    await shopIsDeployed(await web.commit({ "role.yaml": undefined }));
  });

  it("says that the CA is the wrong one where it is, while the home cluster is served", async () => {
    declareEdge({ certificateAuthority: new Authority("another authority").pair.cert });
    await story.deploy();
    expect(await complaint(/x509/)).toContain("x509: certificate signed by unknown authority");
    const commit = await pages.commit({ "more.yaml": yaml(configMap("more", {})) });
    await story.untilApplication(
      DOCS_APPLICATION,
      (found) => isDeployed(found) && found.status?.sync?.revision === commit,
    );
    declareEdge({});
    await story.deploy();
    await shopIsDeployed(await web.commit({ "after.yaml": yaml(configMap("after-the-wrong-authority", {})) }));
  });

  it("says that nobody answers where the API server is down, and goes on once it is up", async () => {
    await edge.stop();
    await web.commit({ "later.yaml": yaml(configMap("later", {})) });
    const port = new URL(edge.server).port;
    expect(await complaint(/connection refused/)).toMatch(new RegExp(`dial tcp 127\\.0\\.0\\.1:${port}: connect`));
    // A change of what is at home need not wait for it.
    deployShopOn("edge", { quota: { pods: "7" } });
    await story.deploy();
    expect((await story.factory.object("resourcequota", "dso-quota", DOCS)).spec).toMatchObject({
      hard: { pods: "7" },
    });
    await edge.startAgain();
    await shopIsDeployed(await web.commit({}));
    expect(await edge.names("configmaps", SHOP)).toContain("configmap/later");
  });

  it("cannot lose its cluster while a project names it: the config is refused before anything is changed", async () => {
    story.factory.program.config(["clusters"], undefined);
    const run = await story.factory.stack.up();
    expect(run.exitCode).not.toBe(0);
    expect(run.steps).toEqual([]);
    expect(messages(run, "error")).toMatch(
      /catalog\/acme\/shop\.yaml:\d+:\d+: environments\.dev\.cluster: .*\n?.*edge/,
    );
  });

  it("moves home, and its cluster is left without a namespace, an account or a right, and Argo CD without the Secret", async () => {
    const former = await token();
    expect(await edge.as(former, ["get", "configmaps", "-n", SHOP])).toMatchObject({ allowed: true });
    deployShopOn("in-cluster");
    story.factory.program.config(["secrets", "edge"], undefined);
    await story.deploy();
    await shopIsDeployed();
    expect(await story.get(`/apis/apps/v1/namespaces/${SHOP}/deployments/web`)).toBeDefined();
    expect(await story.get("/api/v1/namespaces/argocd/secrets/cluster-edge")).toBeUndefined();
    expect(await edge.names("namespaces", "default")).not.toContain(`namespace/${SHOP}`);
    expect((await edge.names("serviceaccounts,secrets", "kube-system")).join()).not.toContain("argocd");
    expect(await edge.kubectl("get", "roles,rolebindings", "-A", "-o", "name")).not.toContain("argocd");
    expect((await edge.as(former, ["get", "configmaps", "-n", SHOP])).said).toMatch(/Unauthorized|logged in/);
  });

  describeAdoptingElsewhere(() => ({ story, edge }));
});
