import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { messages } from "../engine/support/pulumi-run";
import { conditionsOf, isDeployed } from "./support/application";
import { applicationName, askGitOften, catalogueFile, projectName, setCatalogue } from "./support/catalogue";
import { addGitUsers, GitRepository } from "./support/git-repository";
import { configMap, yaml } from "./support/manifests";
import { setSecrets } from "./support/stack-secrets";
import { Story } from "./support/story";

const SHOP = projectName("shop");
const RIVAL = projectName("rival");
const ROGUE = applicationName("shop", "rogue");
const PLANS = applicationName("rival", "plans");
const IN_CLUSTER = "https://kubernetes.default.svc";

/** What a team of the project `shop` may not deploy: what it tries, the refusal, and where it would be. */
const refusals: readonly (readonly [what: string, object: object, reason: string, path: string])[] = [
  [
    "an object in another project's namespace",
    configMap("intruder", {}, RIVAL),
    `namespace ${RIVAL} is not permitted in project '${SHOP}'`,
    `/api/v1/namespaces/${RIVAL}/configmaps/intruder`,
  ],
  [
    "an object in kube-system",
    configMap("intruder", {}, "kube-system"),
    `namespace kube-system is not permitted in project '${SHOP}'`,
    "/api/v1/namespaces/kube-system/configmaps/intruder",
  ],
  [
    "a kind of the whole cluster",
    { apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRole", metadata: { name: "intruder" }, rules: [] },
    `resource rbac.authorization.k8s.io:ClusterRole is not permitted in project ${SHOP}`,
    "/apis/rbac.authorization.k8s.io/v1/clusterroles/intruder",
  ],
  [
    "a namespace of its own making",
    { apiVersion: "v1", kind: "Namespace", metadata: { name: "intruder" } },
    `resource :Namespace is not permitted in project ${SHOP}`,
    "/api/v1/namespaces/intruder",
  ],
  [
    "a quota of its own choice",
    { apiVersion: "v1", kind: "ResourceQuota", metadata: { name: "intruder" }, spec: { hard: { pods: "1000" } } },
    `resource :ResourceQuota is not permitted in project ${SHOP}`,
    `/api/v1/namespaces/${SHOP}/resourcequotas/intruder`,
  ],
  [
    "a network policy that opens it",
    {
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      metadata: { name: "intruder" },
      spec: { podSelector: {}, ingress: [{}], policyTypes: ["Ingress"] },
    },
    `resource networking.k8s.io:NetworkPolicy is not permitted in project ${SHOP}`,
    `/apis/networking.k8s.io/v1/namespaces/${SHOP}/networkpolicies/intruder`,
  ],
  [
    "a kind that the platform denies",
    { apiVersion: "batch/v1", kind: "CronJob", metadata: { name: "intruder" } },
    `resource batch:CronJob is not permitted in project ${SHOP}`,
    `/apis/batch/v1/namespaces/${SHOP}/cronjobs/intruder`,
  ],
];

describe(
  "A project deploys its own repositories into its own namespace, and nothing else",
  { timeout: 300_000 },
  () => {
    let story: Story;
    let rogue: GitRepository;
    let plans: GitRepository;

    beforeAll(async () => {
      story = await Story.start({ parts: ["git"] });
      rogue = await GitRepository.create(story, "shop/rogue", { "good.yaml": yaml(configMap("good", {})) });
      addGitUsers(story, { rival: { password: "of-the-rival" } });
      const secret = { "plans.yaml": yaml(configMap("plans", { what: "secret" })) };
      plans = await GitRepository.create(story, "rival/plans", secret, { readers: ["rival"] });
      const { program } = story.factory;
      askGitOften(story);
      await setSecrets(story.factory.stack, { rival: { username: "rival", password: "of-the-rival" } });
      program.config(["projects", "deniedKinds"], [{ group: "batch", kind: "CronJob" }]);
      setCatalogue(
        story,
        { name: "shop", repositories: [{ name: "rogue", url: rogue.url(), kind: "manifests", retryLimit: 0 }] },
        {
          name: "rival",
          repositories: [{ name: "plans", url: plans.url(), kind: "manifests", credentials: "rival" }],
        },
      );
      await story.deploy();
    }, 600_000);
    afterAll(() => story?.dispose());

    it("which works for both projects, the private repository included", async () => {
      await story.untilApplication(ROGUE, isDeployed);
      await story.untilApplication(PLANS, isDeployed);
      expect(await story.get(`/api/v1/namespaces/${RIVAL}/configmaps/plans`)).toMatchObject({
        data: { what: "secret" },
      });
    });

    it.each(refusals)("not %s, and then nothing of the same commit", async (_, object, reason, path) => {
      const before = await story.get(path);
      expect(before).toBeUndefined();
      const commit = await rogue.commit({ "rogue.yaml": yaml(object), "more.yaml": yaml(configMap("more", {})) });
      const { status } = await story.untilApplication(ROGUE, ({ status: found }) => {
        const { phase, syncResult } = found?.operationState ?? {};
        return phase === "Failed" && syncResult?.revision === commit;
      });
      expect(status?.operationState?.message).toMatch(/^one or more synchronization tasks are not valid/);
      const messages = status?.operationState?.syncResult?.resources?.map(({ message }) => message ?? "");
      expect(messages?.filter((message) => message.includes(reason))).toHaveLength(1);
      expect(await story.get(path)).toBeUndefined();
      expect(await story.get(`/api/v1/namespaces/${SHOP}/configmaps/more`)).toBeUndefined();
    });

    it("and once that is out of Git again, what is allowed is deployed", async () => {
      const commit = await rogue.commit({ "rogue.yaml": undefined });
      await story.untilApplication(ROGUE, (found) => isDeployed(found) && found.status?.sync?.revision === commit);
      expect(await story.get(`/api/v1/namespaces/${SHOP}/configmaps/more`)).toBeDefined();
    });

    /** An Application that somebody makes past the catalogue, in the name of a project. */
    async function byHand(name: string, project: string, repoURL: string, namespace: string): Promise<string> {
      await story.factory.kubectl("create -f -", {
        apiVersion: "argoproj.io/v1alpha1",
        kind: "Application",
        metadata: { name, namespace: "argocd" },
        spec: {
          project,
          source: { repoURL, path: ".", targetRevision: "HEAD" },
          destination: { server: IN_CLUSTER, namespace },
          syncPolicy: { automated: {} },
        },
      });
      const found = await story.untilApplication(name, (application) => conditionsOf(application) !== "");
      await story.factory.kubectl(`delete application ${name} -n argocd`);
      return conditionsOf(found);
    }

    it("not another project's repository, though Argo CD has its password", async () => {
      expect(await byHand("spy", SHOP, plans.url(), SHOP)).toContain(
        `InvalidSpecError: application repo ${plans.url()} is not permitted in project '${SHOP}'`,
      );
      expect(await story.get(`/api/v1/namespaces/${SHOP}/configmaps/plans`)).toBeUndefined();
    });

    it.each([RIVAL, "kube-system", "argocd"])("not into the namespace %s as a whole", async (namespace) => {
      expect(await byHand("settler", SHOP, rogue.url(), namespace)).toContain(
        `InvalidSpecError: application destination server '${IN_CLUSTER}' and namespace '${namespace}' do not match any ` +
          `of the allowed destinations in project '${SHOP}'`,
      );
      expect(await story.get(`/api/v1/namespaces/${namespace}/configmaps/good`)).toBeUndefined();
    });

    it("not by way of the project `default`, which allows nothing", async () => {
      expect(await byHand("outlaw", "default", rogue.url(), SHOP)).toContain(
        `InvalidSpecError: application repo ${rogue.url()} is not permitted in project 'default'`,
      );
    });

    it("not another's private repository by naming it in its own catalogue file: that is refused beforehand", async () => {
      const { program, stack } = story.factory;
      const file = catalogueFile("shop");
      program.write(file, `${program.read(file)}  - { name: copy, url: "${plans.url()}", kind: manifests }\n`);
      const run = await stack.up();
      expect(run.exitCode).not.toBe(0);
      expect(run.steps).toEqual([]);
      expect(messages(run, "error")).toMatch(
        /catalog\/acme\/shop\.yaml:\d+:\d+: repositories\[1\]\.url: the repository is private: catalog\/acme\/rival\.yaml/,
      );
    });

    it("and all the while nothing has happened to the other project", async () => {
      const found = await story.application(PLANS);
      expect(found?.status?.history).toHaveLength(1);
      expect(found !== undefined && isDeployed(found)).toBe(true);
      const names = (await story.factory.list("configmaps", "-n", RIVAL)).map(({ metadata }) => metadata.name);
      expect(names.sort()).toEqual(["kube-root-ca.crt", "plans"]);
    });
  },
);
