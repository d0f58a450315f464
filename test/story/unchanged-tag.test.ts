import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Application, isDeployed } from "./support/application";
import { ArgoCdClient } from "./support/argocd-client";
import { applicationName, askGitOften, projectName, setCatalogue } from "./support/catalogue";
import { eventually } from "./support/eventually";
import { GitRepository } from "./support/git-repository";
import { deployment, kustomization, yaml } from "./support/manifests";
import { Story } from "./support/story";

const NAMESPACE = projectName("shop");
const APPLICATION = applicationName("shop", "deploy");
const IMAGE = "registry.acme.example/shop";

const withTag = (newTag: string): string =>
  kustomization({ resources: ["shop.yaml"], images: [{ name: "shop", newName: IMAGE, newTag }] });

interface Deployment {
  readonly metadata: { readonly generation: number };
  readonly status: { readonly conditions?: readonly { readonly type: string; readonly message: string }[] };
}

interface PodList {
  readonly items: readonly {
    readonly metadata: { readonly uid: string; readonly deletionTimestamp?: string };
    readonly spec: { readonly containers: readonly { readonly image: string }[] };
    readonly status: { readonly phase: string };
  }[];
}

describe("Pods are redeployed when the tag in Git changes, and only then", { timeout: 300_000 }, () => {
  let story: Story;
  let repository: GitRepository;

  beforeAll(async () => {
    story = await Story.start({ parts: ["git"] });
    repository = await GitRepository.create(story, "shop/deploy", {
      "shop.yaml": yaml(deployment("shop", "shop")),
      "kustomization.yaml": withTag("1.0.0"),
    });
    askGitOften(story);
    setCatalogue(story, {
      name: "shop",
      repositories: [{ name: "deploy", url: repository.url(), kind: "kustomize" }],
    });
    await story.deploy();
  }, 600_000);
  afterAll(() => story?.dispose());

  /** Waits until Argo CD has looked at a commit and says that it runs. */
  const deployed = (commit: string): Promise<Application> =>
    story.untilApplication(APPLICATION, (found) => isDeployed(found) && found.status?.sync?.revision === commit);

  const shop = async (): Promise<Deployment> =>
    (await story.get(`/apis/apps/v1/namespaces/${NAMESPACE}/deployments/shop`)) as Deployment;

  const pods = async (): Promise<PodList["items"]> =>
    ((await story.get(`/api/v1/namespaces/${NAMESPACE}/pods`)) as PodList).items;

  const ids = async (): Promise<string[]> => (await pods()).map(({ metadata }) => metadata.uid).sort();

  /** All that would be another if anything had been applied. */
  async function state() {
    const { status } = (await story.application(APPLICATION)) ?? {};
    const { metadata } = await shop();
    return {
      pods: await ids(),
      generation: metadata.generation,
      history: status?.history,
      last: status?.operationState,
    };
  }

  /** Waits until two pods with a tag run, and no others. */
  async function untilPods(tag: string, wanted: (uids: readonly string[]) => boolean = () => true): Promise<void> {
    await eventually(
      async () => {
        const found = await pods();
        const isNew = ({ metadata, spec, status }: (typeof found)[number]): boolean =>
          metadata.deletionTimestamp === undefined &&
          status.phase === "Running" &&
          spec.containers[0]?.image === `${IMAGE}:${tag}`;
        return found.length === 2 && found.every(isNew) && wanted(await ids()) ? true : undefined;
      },
      async () => `the pods are ${JSON.stringify((await pods()).map(({ spec, status }) => [spec, status.phase]))}`,
    );
  }

  it("the first tag is deployed", async () => {
    await deployed(await repository.head());
    await untilPods("1.0.0");
  });

  it("a commit with the same tag is looked at, and nothing is applied", async () => {
    const before = await state();
    await deployed(await repository.commit({ "README.md": "# Shop\n" }));
    expect(await state()).toEqual(before);
  });

  it("an image that was built anew under the same tag changes nothing, even when Argo CD is told to look", async () => {
    const before = await state();
    await story.lookAnew(APPLICATION);
    expect(await state()).toEqual(before);
  });

  it("a synchronisation by hand leaves the pods as they are, and a restart by hand does not", async () => {
    const client = await ArgoCdClient.of(story.address("argocdServer"));
    try {
      const { argocd } = (await story.factory.stack.outputs()) as { argocd: { adminPassword: string } };
      expect((await client.login("admin", argocd.adminPassword)).exitCode).toBe(0);
      const before = await state();
      await client.must("app", "sync", APPLICATION);
      const after = await state();
      expect(after.history?.length).toBe((before.history?.length ?? 0) + 1);
      expect([after.pods, after.generation]).toEqual([before.pods, before.generation]);

      await client.must(
        "app",
        "actions",
        "run",
        APPLICATION,
        "restart",
        "--kind",
        "Deployment",
        "--resource-name",
        "shop",
      );
      await untilPods("1.0.0", (uids) => !uids.some((uid) => before.pods.includes(uid)));
    } finally {
      client.dispose();
    }
  });

  it("a new tag is applied once, and rolls all pods", async () => {
    const before = await state();
    await deployed(await repository.commit({ "kustomization.yaml": withTag("1.1.0") }));
    await untilPods("1.1.0", (uids) => !uids.some((uid) => before.pods.includes(uid)));
    const after = await state();
    expect(after.generation).toBe(before.generation + 1);
    expect(after.history?.length).toBe((before.history?.length ?? 0) + 1);
  });

  it("a new tag whose pods the namespace refuses leaves those of the old tag running, and says why", async () => {
    const before = await ids();
    await repository.commit({
      "kustomization.yaml": withTag("1.2.0"),
      "shop.yaml": yaml(deployment("shop", "shop", { privileged: true })),
    });
    await story.untilApplication(APPLICATION, ({ status }) => status?.health?.status === "Progressing");
    const reason = await eventually(
      async () => (await shop()).status.conditions?.find(({ type }) => type === "ReplicaFailure")?.message,
      async () => `the Deployment is ${JSON.stringify(await shop())}`,
    );
    expect(reason).toMatch(/violates PodSecurity "restricted:.*allowPrivilegeEscalation != false/);
    await untilPods("1.1.0", (uids) => JSON.stringify(uids) === JSON.stringify(before));
  });
});
