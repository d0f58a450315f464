import { describe, expect, it } from "vitest";
import { application, repositoryOf, sourced, URL } from "./found";

describe("The source of an Application", () => {
  it.each([
    [
      "a folder below folders",
      { path: "a", directory: { recurse: true } },
      { kind: "manifests", path: "a", recurse: true },
    ],
    ["images of Kustomize", { kustomize: { images: ["a=b:1"] } }, { kind: "kustomize", images: ["a=b:1"] }],
    [
      "a chart with values",
      { path: "chart", helm: { releaseName: "r", valueFiles: ["v.yaml"], parameters: [{ name: "a", value: "b" }] } },
      { kind: "helm", releaseName: "r", valueFiles: ["v.yaml"], parameters: { a: "b" } },
    ],
    ["an overlay", { path: "overlays/a" }, { kind: "kustomize", path: "overlays/a" }],
  ])("is carried over: %s", (_, source, expected) => {
    const { repository, refused } = repositoryOf(sourced(source));
    expect(repository).toMatchObject(expected);
    expect(refused).toEqual([]);
  });

  it("leaves out what equals a default", () => {
    const { repository } = repositoryOf(application("shop"));
    expect(Object.keys(repository ?? {}).sort()).toEqual(["environments", "kind", "name", "url"]);
  });

  it("keeps the release that Argo CD names after the Application", () => {
    const { repository } = repositoryOf(sourced({ path: "chart", helm: {} }, "argo-shop"));
    expect(repository).toMatchObject({ name: "deploy", releaseName: "argo-shop" });
  });

  it.each([
    ["spec.source.helm.values", { helm: { values: "password: hunter2" } }],
    ["spec.source.helm.valuesObject", { helm: { valuesObject: { password: "hunter2" } } }],
    [
      "spec.source.helm.parameters[0].forceString",
      { helm: { parameters: [{ name: "a", value: "1", forceString: true }] } },
    ],
    ["spec.source.kustomize.namePrefix", { kustomize: { namePrefix: "a-" } }],
    ["spec.source.directory.exclude", { directory: { exclude: "*.json" } }],
    ["spec.source.helm.valueFiles[0]", { helm: { valueFiles: ["https://any.example/values.yaml"] } }],
    ["spec.source.plugin", { plugin: { name: "sops" } }],
  ])("is not adopted for %s, and no value of it is told", (path, source) => {
    const { repository, refused } = repositoryOf(sourced(source));
    expect(repository).toBeUndefined();
    expect(refused.map((note) => note.path)).toContain(path);
    expect(JSON.stringify(refused)).not.toContain("hunter2");
  });

  it("leaves a password in its URL behind, and says so without it", () => {
    const { repository, notes } = repositoryOf(
      sourced({ repoURL: "https://bot:hunter2@git.acme.example/shop/deploy.git" }),
    );
    expect(repository).toMatchObject({ url: URL });
    expect(notes.map(({ reason }) => reason)).toContain("the URL holds a user or a password");
    expect(JSON.stringify(notes)).not.toContain("hunter2");
  });

  it("is warned of where its host is an IP address, with the cure", () => {
    const { notes } = repositoryOf(sourced({ repoURL: "http://192.168.1.7/gitlab/protobox1/docserver.git" }));
    expect(notes.find(({ weight }) => weight === "advice")?.effect).toBe(
      "forward the server's zone (gitops-factory:dns.forwards), then adopt with --rewrite http://192.168.1.7=http://NAME",
    );
  });

  it("may be one of several", () => {
    const values = { repoURL: "https://git.acme.example/values.git", ref: "values" };
    const chart = { repoURL: URL, path: "chart", helm: { valueFiles: ["$values/a.yaml"] } };
    const { repository } = repositoryOf(application("deploy", { source: undefined, sources: [chart, values] }));
    expect(repository).toMatchObject({
      kind: "helm",
      sources: [{ kind: "reference", url: values.repoURL, ref: "values" }],
    });
  });
});

describe("The synchronisation of an Application", () => {
  it.each([
    ["by hand, without retries", {}, { autosync: false, retryLimit: 0 }],
    ["by itself, without more", { automated: {} }, { prune: false, selfHeal: false }],
    ["switched off since Argo CD 3.1", { automated: { enabled: false, prune: true } }, { autosync: false }],
    ["with retries that never end", { automated: {}, retry: { limit: -1 } }, { retryLimit: 100 }],
    ["with its retries", { automated: {}, retry: { limit: 3 } }, { retryLimit: 3 }],
    ["with its options", { syncOptions: ["CreateNamespace=true"] }, { syncOptions: ["CreateNamespace=true"] }],
  ])("stays: %s", (_, syncPolicy, expected) => {
    expect(repositoryOf(application("deploy", { syncPolicy })).repository).toMatchObject(expected);
  });

  it.each([
    ["spec.syncPolicy.automated.allowEmpty", { automated: { allowEmpty: true } }],
    [
      "spec.syncPolicy.retry.backoff",
      { retry: { limit: 5, backoff: { duration: "1m", factor: 3, maxDuration: "1h" } } },
    ],
    ["spec.syncPolicy.syncOptions", { syncOptions: ["allowEmpty=true"] }],
  ])("is told to change for %s", (path, syncPolicy) => {
    const { notes } = repositoryOf(application("deploy", { syncPolicy }));
    expect(notes.filter(({ weight }) => weight === "changed").map((note) => note.path)).toContain(path);
  });

  it("ignores the same differences, and is not adopted where it ignores them by jq", () => {
    const rule = { group: "apps", kind: "Deployment", jsonPointers: ["/spec/replicas"] };
    expect(repositoryOf(application("deploy", { ignoreDifferences: [rule] })).repository).toMatchObject({
      ignoreDifferences: [rule],
    });
    const jq = { kind: "Secret", jqPathExpressions: [".data"] };
    expect(repositoryOf(application("deploy", { ignoreDifferences: [jq] })).refused[0]?.path).toBe(
      "spec.ignoreDifferences[0].jqPathExpressions",
    );
  });
});
