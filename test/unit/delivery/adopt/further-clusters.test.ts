import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { destinationCluster, clusterSecretsAmong } from "../../../../delivery/adopt/destination-cluster";
import type { FoundObject } from "../../../../delivery/adopt/found-object";
import { textReport } from "../../../../delivery/adopt/report";
import { stepsOf } from "../../../../delivery/adopt/steps";
import type { Problem } from "../../../../model/problem";
import type { StackConfig } from "../../../../model/schema/stack";
import { adoptFound, application, found } from "./found";

const SERVER = "https://edge.example:6443";
const stack: StackConfig = {
  clusters: { edge: { server: SERVER, context: "edge" }, west: { server: "https://west" } },
};
const onEdge = { destination: { server: SERVER, namespace: "shop" } };

/** An object of the cluster edge. */
function far(...args: Parameters<typeof found>): FoundObject {
  return { ...found(...args), origin: "the cluster edge", cluster: "edge" };
}

function secret(name: string, data: Readonly<Record<string, string>>, labels: object = {}): FoundObject {
  const metadata = { labels: { "argocd.argoproj.io/secret-type": "cluster", ...labels } };
  return found("Secret", name, { metadata, stringData: { config: '{"bearerToken":"hush"}', ...data } }, "argocd");
}

describe("The cluster of an Application", () => {
  const of = (destination: object, ...secrets: FoundObject[]) =>
    destinationCluster(application("a", { destination }), stack.clusters ?? {}, clusterSecretsAmong(secrets));

  it.each([
    [{ server: "https://kubernetes.default.svc" }, "in-cluster"],
    [{ name: "in-cluster" }, "in-cluster"],
    [{}, "in-cluster"],
    [{ server: `${SERVER}/` }, "edge"],
    [{ name: "west" }, "west"],
  ])("is told by its destination (%j)", (destination, cluster) => {
    expect(of(destination)).toEqual({ cluster });
  });

  it("is that of the server which Argo CD knows by a name of its own, whatever the config calls another", () => {
    expect(of({ name: "west" }, secret("by-hand", { name: "west", server: `${SERVER}/` }))).toEqual({
      cluster: "edge",
    });
  });

  it("is not known where the config has neither its name nor its server", () => {
    expect(of({ name: "lab" }, secret("lab", { name: "lab", server: "https://lab" }))).toEqual({
      unknown: "lab",
      server: "https://lab",
    });
    const { notes } = adoptFound([application("a", { destination: { name: "lab", namespace: "shop" } })], { stack });
    expect(notes[0]).toMatchObject({ weight: "refused", value: "lab", path: "spec.destination" });
  });
});

describe("A namespace on a further cluster", () => {
  const quota = { spec: { hard: { "limits.cpu": "9" } } };

  it("keeps what confines it there, whatever one of the same name at home has", () => {
    const { projects, kept } = adoptFound(
      [
        application("deploy", onEdge),
        found("Namespace", "shop", { metadata: { labels: { "pod-security.kubernetes.io/enforce": "baseline" } } }),
        found("ResourceQuota", "dso-quota", { spec: { hard: { "limits.cpu": "1" } } }, "shop"),
        far("Namespace", "shop"),
        far("ResourceQuota", "dso-quota", quota, "shop"),
      ],
      { stack },
    );
    expect(projects[0]?.content).toMatchObject({ cluster: "edge", podSecurity: "privileged", quota: { cpu: "9" } });
    expect(kept).toEqual([
      { kind: "Namespace", name: "shop", cluster: "edge" },
      { kind: "ResourceQuota", name: "dso-quota", namespace: "shop", cluster: "edge" },
      { kind: "Application", name: "deploy", namespace: "argocd" },
    ]);
  });

  it("that is not there yet will be made there", () => {
    const { notes } = adoptFound([application("deploy", onEdge), far("Namespace", "default")], { stack });
    expect(notes).toContainEqual(
      expect.objectContaining({ object: "Namespace shop", origin: "the cluster edge", cluster: "edge" }),
    );
  });
});

describe("A further cluster that was not looked at", () => {
  const two = [
    application("deploy", onEdge),
    application("docs", { destination: { server: SERVER, namespace: "docs" } }),
  ];
  const notesOf = (unread: Readonly<Record<string, Problem>>) =>
    adoptFound(two, { stack, unread }).notes.filter(({ object }) => object === "Cluster edge");

  it("is told of once, with why, its namespaces and what becomes of them", () => {
    const problem: Problem = {
      severity: "error",
      file: "~/.kube/config",
      path: "",
      message: 'it has no context "edge"; it has home',
      fix: "correct it",
    };
    const [note, ...others] = notesOf({ edge: problem });
    expect(others).toEqual([]);
    expect(note).toMatchObject({
      weight: "changed",
      value: "shop, docs",
      reason: 'it was not looked at: ~/.kube/config: it has no context "edge"; it has home',
    });
    expect(note?.effect).toContain("the first update gives these namespaces the defaults");
    expect(note?.effect).toContain("; correct it, then adopt again, or say");
  });

  it("is told of as docs/adoption.md shows it", () => {
    const guide = readFileSync(join(__dirname, "..", "..", "..", "..", "docs", "adoption.md"), "utf8");
    const [, shown = ""] = /```text\n( {2}Cluster edge\n[^`]*)```/.exec(guide) ?? [];
    const problem: Problem = {
      severity: "error",
      file: "Pulumi.dev.yaml",
      path: "secrets.edge",
      message: "the kubeconfig is a secret, and pulumi cannot open it: incorrect passphrase",
      fix: "set what pulumi opens the stack's secrets with, such as PULUMI_CONFIG_PASSPHRASE",
    };
    const legacy = application("site", { destination: { server: SERVER, namespace: "legacy" } });
    const adoption = adoptFound([legacy], { stack, unread: { edge: problem } });
    const text = textReport({ adoption, files: [], written: [], notes: adoption.notes, steps: [] });
    expect(shown).not.toBe("");
    expect(text).toContain(shown.trimEnd());
  });

  it("cannot be, where files are read", () => {
    expect(notesOf({})).toMatchObject([{ reason: "only --from-cluster looks at further clusters" }]);
  });
});

describe("The Secret by which Argo CD knows a further cluster", () => {
  const objects = (...secrets: FoundObject[]) => [
    application("deploy", onEdge),
    far("Namespace", "shop"),
    ...secrets,
    secret("west", { name: "west", server: "https://west" }),
  ];

  it("must not stay beside the program's, which the notes and the steps say", () => {
    const all = objects(secret("cluster-edge.example-123", { name: "edge", server: SERVER }));
    const adoption = adoptFound(all, { stack });
    const told = adoption.notes.filter(({ object }) => object.startsWith("Secret "));
    expect(told.map(({ object }) => object)).toEqual(["Secret cluster-edge.example-123"]);
    expect(told[0]?.reason).toContain("of two Secrets for one server it takes either");
    const steps = stepsOf(adoption, adoption.sorted, all, {
      stack: "dev",
      argocdNamespace: "argocd",
      secrets: [],
      clusters: stack.clusters ?? {},
      takeOver: "",
      imports: "",
    });
    expect(steps.at(-1)?.commands).toContain("kubectl delete secret cluster-edge.example-123 -n argocd");
    expect(JSON.stringify(all)).not.toContain("hush");
  });

  it("becomes the program's where it has the same name, and is no news where it is", () => {
    const same = adoptFound(objects(secret("cluster-edge", { server: SERVER })), { stack });
    expect(same.kept).toContainEqual({ kind: "Secret", name: "cluster-edge", namespace: "argocd" });
    const ours = secret("cluster-edge", { server: SERVER }, { "app.kubernetes.io/managed-by": "gitops-factory" });
    const { kept, notes } = adoptFound(objects(ours), { stack });
    expect([...kept.map(({ kind }) => kind), ...notes.map(({ object }) => object)]).not.toContain("Secret");
  });
});

describe("What is left beside the factory's on a further cluster", () => {
  const commands = (clusters: StackConfig["clusters"] & {}) => {
    const all = [
      application("deploy", onEdge),
      far("Namespace", "shop"),
      far("ResourceQuota", "team", { spec: { hard: { pods: "5" } } }, "shop"),
    ];
    const adoption = adoptFound(all, { stack: { clusters } });
    const around = { stack: "dev", argocdNamespace: "argocd", secrets: [], clusters, takeOver: "", imports: "" };
    return stepsOf(adoption, adoption.sorted, all, around).at(-1)?.commands;
  };

  it("is removed there, by the context or by the kubeconfig that is a secret", () => {
    expect(commands({ edge: { server: SERVER, context: "edge" } })).toEqual([
      "kubectl --context edge delete resourcequota team -n shop",
    ]);
    expect(commands({ edge: { server: SERVER, kubeconfig: "far" } })).toEqual([
      "(umask 077; pulumi config get --stack dev --path 'gitops-factory:secrets.far.value' > edge.kubeconfig)",
      "kubectl --kubeconfig edge.kubeconfig delete resourcequota team -n shop",
      "rm edge.kubeconfig",
    ]);
  });
});
