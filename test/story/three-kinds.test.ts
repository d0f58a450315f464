import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Application, conditionsOf, isDeployed } from "./support/application";
import { applicationName, askGitOften, projectName, setCatalogue } from "./support/catalogue";
import { GitRepository, type RepositoryFiles } from "./support/git-repository";
import { configMap, deployment, kustomization, yaml } from "./support/manifests";
import { Story } from "./support/story";

const NAMESPACE = projectName("store");
const [PLAIN, FRONT, API] = ["plain", "front", "api"].map((repository) => applicationName("store", repository)) as [
  string,
  string,
  string,
];

const plainFiles = (greeting: string): RepositoryFiles => ({
  "deploy/greeting.yaml": yaml(configMap("greeting", { greeting })),
  "deploy/web.yaml": yaml(deployment("web", "registry.acme.example/web:1.0.0")),
});

const frontFiles: RepositoryFiles = {
  "base/front.yaml": yaml(deployment("front", "front")),
  "base/kustomization.yaml": kustomization({ resources: ["front.yaml"] }),
  "overlays/dev/kustomization.yaml": kustomization({
    resources: ["../../base"],
    images: [{ name: "front", newName: "registry.acme.example/front", newTag: "dev-1" }],
  }),
  "overlays/staging/kustomization.yaml": kustomization({ resources: ["../../base"], namePrefix: "staging-" }),
};

const TEMPLATE = `apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}
data:
  level: {{ .Values.level | quote }}
  colour: {{ .Values.colour | quote }}
`;

const apiFiles: RepositoryFiles = {
  "chart/Chart.yaml": yaml({ apiVersion: "v2", name: "api", version: "1.0.0" }),
  "chart/templates/config.yaml": TEMPLATE,
  "chart/values.yaml": yaml({ level: "info", colour: "blue" }),
  "chart/values-dev.yaml": yaml({ level: "debug" }),
  "chart/values-staging.yaml": yaml({ level: "warning" }),
};

describe("One project deploys raw manifests, Kustomize and Helm", { timeout: 300_000 }, () => {
  let story: Story;
  let plain: GitRepository;
  let front: GitRepository;
  let api: GitRepository;

  beforeAll(async () => {
    story = await Story.start({ parts: ["git"] });
    plain = await GitRepository.create(story, "store/plain", plainFiles("hello"));
    front = await GitRepository.create(story, "store/front", frontFiles);
    api = await GitRepository.create(story, "store/api", apiFiles);
    askGitOften(story);
    setCatalogue(story, {
      name: "store",
      repositories: [
        { name: "plain", url: plain.url(), kind: "manifests", path: "deploy" },
        { name: "front", url: front.url(), kind: "kustomize", path: "overlays/<env>" },
        {
          name: "api",
          url: api.url(),
          kind: "helm",
          path: "chart",
          valueFiles: ["values.yaml", "values-<env>.yaml"],
        },
      ],
    });
    await story.deploy();
  }, 600_000);
  afterAll(() => story?.dispose());

  const data = async (name: string): Promise<unknown> =>
    (await story.factory.object("configmap", name, NAMESPACE)).data;

  /** Waits until Argo CD has deployed a commit. */
  const deployed = (application: string, commit: string): Promise<Application> =>
    story.untilApplication(application, (found) => isDeployed(found) && found.status?.sync?.revision === commit);

  /**
   * Presses the button Refresh and waits until the Application says that its manifests cannot be made, and why. Without it Argo CD
   * waits for three minutes, as the repository may be well again by then.
   */
  const broken = async (application: string, reason: RegExp): Promise<void> => {
    await story.refresh(application);
    await story.untilApplication(application, (found) => {
      const conditions = conditionsOf(found);
      return /^ComparisonError: /m.test(conditions) && reason.test(conditions);
    });
  };

  it("into its one namespace, each by its own tool", async () => {
    const found = await Promise.all([
      deployed(PLAIN, await plain.head()),
      deployed(FRONT, await front.head()),
      deployed(API, await api.head()),
    ]);
    expect(found.map(({ status }) => status?.sourceType)).toEqual(["Directory", "Kustomize", "Helm"]);
    const workloads = await story.factory.list("deployments", "-n", NAMESPACE);
    expect(workloads.map(({ metadata, status }) => [metadata.name, status?.["availableReplicas"]])).toEqual([
      ["front", 2],
      ["web", 2],
    ]);
    expect(await data("greeting")).toEqual({ greeting: "hello" });
  });

  it("with the overlay and the value file of the stack's environment, over the common ones", async () => {
    expect(
      await story.factory.kubectl(`get pods -n ${NAMESPACE} -l app=front -o jsonpath={.items[0].spec..image}`),
    ).toBe("registry.acme.example/front:dev-1");
    expect(await data("api")).toEqual({ level: "debug", colour: "blue" });
  });

  it("and what is pushed to each repository arrives without anybody's doing", async () => {
    const commits = [
      await plain.commit(plainFiles("good morning")),
      await front.commit({
        "overlays/dev/kustomization.yaml": kustomization({ resources: ["../../base"], nameSuffix: "-new" }),
      }),
      await api.commit({ "chart/values-dev.yaml": yaml({ level: "trace", colour: "red" }) }),
    ] as const;
    await Promise.all([deployed(PLAIN, commits[0]), deployed(FRONT, commits[1]), deployed(API, commits[2])]);
    expect(await data("greeting")).toEqual({ greeting: "good morning" });
    expect(await data("api")).toEqual({ level: "trace", colour: "red" });
    const names = (await story.factory.list("deployments", "-n", NAMESPACE)).map(({ metadata }) => metadata.name);
    expect(names).toEqual(["front-new", "web"]);
  });

  it("and what leaves Git leaves the namespace", async () => {
    await deployed(PLAIN, await plain.commit({ "deploy/web.yaml": undefined }));
    const names = (await story.factory.list("deployments", "-n", NAMESPACE)).map(({ metadata }) => metadata.name);
    expect(names).toEqual(["front-new"]);
  });

  it("a broken kustomization shows its error on its Application, and the other two go on", async () => {
    await front.commit({ "overlays/dev/kustomization.yaml": kustomization({ resources: ["../../bass"] }) });
    await broken(FRONT, /kustomize build .*overlays\/dev.*failed.*bass/s);
    await deployed(PLAIN, await plain.commit(plainFiles("meanwhile")));
    await deployed(API, await api.commit({ "chart/values-dev.yaml": yaml({ level: "meanwhile" }) }));
    expect(await data("greeting")).toEqual({ greeting: "meanwhile" });
    // What runs goes on as it was.
    const [deployment] = await story.factory.list("deployments", "-n", NAMESPACE, "-l", "app!=web");
    expect([deployment?.metadata.name, deployment?.status?.["availableReplicas"]]).toEqual(["front-new", 2]);
  });

  it("a chart that does not render shows its error on its Application", async () => {
    await api.commit({
      "chart/templates/config.yaml": TEMPLATE.replace(".Values.colour", 'required "no shade" .Values.shade'),
    });
    await broken(API, /helm template .*failed.*no shade/s);
    expect(await data("api")).toEqual({ level: "meanwhile", colour: "blue" });
  });

  it("a value file that is missing shows its name", async () => {
    await api.commit({ "chart/templates/config.yaml": TEMPLATE, "chart/values-dev.yaml": undefined });
    await broken(API, /values-dev\.yaml: no such file or directory/);
  });

  it("a manifest that the cluster refuses fails to be applied, with the cluster's words", async () => {
    const wrong = { ...configMap("wrong", {}), data: "not a map" };
    await plain.commit({ "deploy/wrong.yaml": yaml(wrong) });
    const { status } = await story.untilApplication(PLAIN, ({ status }) =>
      /ConfigMap/.test(status?.operationState?.message ?? ""),
    );
    expect(status?.operationState?.message).toMatch(/one or more objects failed to apply.*data of type string/);
    expect(await data("greeting")).toEqual({ greeting: "meanwhile" });
  });

  it("and all three are well again with the next pushes", async () => {
    const commits = [
      await plain.commit({ "deploy/wrong.yaml": undefined }),
      await front.commit(frontFiles),
      await api.commit(apiFiles),
    ] as const;
    await Promise.all([deployed(PLAIN, commits[0]), deployed(FRONT, commits[1]), deployed(API, commits[2])]);
    expect(await data("api")).toEqual({ level: "debug", colour: "blue" });
  });
});
