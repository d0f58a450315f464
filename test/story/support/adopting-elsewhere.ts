import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { FactoryCommand, type Outcome } from "../../engine/support/factory-command";
import { runKubectl } from "../../engine/support/kubectl";
import { objectChanges, succeeded } from "../../engine/support/pulumi-run";
import { isDeployed } from "./application";
import { GitRepository } from "./git-repository";
import { deployment, yaml } from "./manifests";
import type { OtherCluster } from "./other-cluster";
import { setSecrets } from "./stack-secrets";
import type { Story } from "./story";

const APPLICATION = "legacy-site";
const NAMESPACE = "legacy";
/** The Secret by which Argo CD was told of the cluster by hand, with all rights there. */
const BY_HAND = "edge-by-hand";

interface Clusters {
  readonly story: Story;
  readonly edge: OtherCluster;
}

interface Identified {
  readonly metadata: { readonly uid: string; readonly name: string; readonly generation?: number };
}

/**
 * What runs on a second cluster already is adopted: the steps build on one another, and on a stack that does not know
 * of the cluster yet.
 */
export function describeAdoptingElsewhere(clusters: () => Clusters): void {
  const story = (): Story => clusters().story;
  const edge = (): OtherCluster => clusters().edge;
  describe("What runs on a second cluster already", () => {
    let before: unknown;

    it("is found there by adoption, with what confines its namespace", async () => {
      await applyFoundElsewhere(story(), edge());
      await story().untilApplication(APPLICATION, isDeployed);
      before = await running(edge());
      await setSecrets(story().factory.stack, { edge: { value: edge().kubeconfig } });
      story().factory.program.config(["clusters"], { edge: { server: edge().server, kubeconfig: "edge" } });
      const { code, stdout, stderr } = await adopt(story());
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(parse(story().factory.program.read("catalog/acme/legacy.yaml"))).toMatchObject({
        cluster: "edge",
        podSecurity: "baseline",
        quota: { pods: "20" },
        network: { open: true },
        environments: { dev: { names: { namespace: NAMESPACE } } },
      });
      expect(stdout).toContain(`Secret ${BY_HAND}`);
      expect(stdout).not.toContain("was not looked at");
    });

    it("is told not to be looked at where nobody opens the way to it, once, and by the cluster's name", async () => {
      const { code, stdout } = await adopt(story(), ["--dry-run", "--json"], { PULUMI_CONFIG_PASSPHRASE: "another" });
      const { notes } = JSON.parse(stdout) as { notes: { object: string; value: string; reason: string }[] };
      expect(notes.filter(({ object }) => object === "Cluster edge")).toMatchObject([
        {
          value: NAMESPACE,
          reason:
            "it was not looked at: Pulumi.dev.yaml: secrets.edge: the kubeconfig is a secret, and pulumi cannot open it: incorrect passphrase",
        },
      ]);
      expect(code).toBe(0);
      const taken = await adopt(story(), ["--take-over", "--json"], { PULUMI_CONFIG_PASSPHRASE: "another" });
      expect(taken.stderr).toMatch(
        /^warning: the cluster edge: nothing was taken over there: .* incorrect passphrase\n/,
      );
      expect({ code: taken.code, json: JSON.parse(taken.stdout) as unknown }).toMatchObject({
        code: 4,
        json: {
          unread: ["edge"],
          changed: expect.not.arrayContaining([expect.objectContaining({ cluster: "edge" })]) as unknown,
        },
      });
    });

    it("becomes the program's there, without a change of value", async () => {
      const { stdout, stderr } = await adopt(story(), ["--take-over"]);
      expect(stderr).toBe("");
      expect(stdout).toContain(`Namespace ${NAMESPACE} on edge`);
      expect(stdout).toContain(`ResourceQuota ${NAMESPACE}/dso-quota on edge`);
      expect((await adopt(story(), ["--take-over"])).stdout).toMatch(/^0 objects of /);
      expect(await running(edge())).toEqual(before);
    });

    it("goes on with the same pods after the first update, and without what was there before", async () => {
      const run = await succeeded(story().factory.stack.up());
      expect(run.steps.filter(({ op }) => /delete|replace/.test(op))).toEqual([]);
      await story().factory.kubectl(`delete secret ${BY_HAND} -n argocd`);
      await story().refresh(APPLICATION);
      await story().untilApplication(
        APPLICATION,
        (found) => isDeployed(found) && JSON.stringify(found.spec["destination"]).includes(edge().server),
      );
      expect(await running(edge())).toEqual(before);
      expect(objectChanges(await succeeded(story().factory.stack.up()))).toEqual([]);
    });
  });
}

function adopt(
  { factory: { lab, program } }: Story,
  flags: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
  const args = ["adopt", "--from-cluster", "--stack", "dev", "--root", program.dir, ...flags];
  return new FactoryCommand(args, { ...lab.env, ...env }).outcome;
}

/** What must be the same objects afterwards: the namespace, its Deployment with the template, and the pods. */
async function running(edge: OtherCluster): Promise<unknown> {
  const read = async (...args: string[]) =>
    JSON.parse(await edge.kubectl("get", ...args, "-o", "json")) as Identified & { readonly items?: Identified[] };
  const { metadata } = await read("namespace", NAMESPACE);
  const { metadata: live } = await read("deployment", "site", "-n", NAMESPACE);
  const { items = [] } = await read("pods", "-n", NAMESPACE);
  return {
    namespace: metadata.uid,
    site: [live.uid, live.generation],
    pods: items.map((pod) => pod.metadata.uid).sort(),
  };
}

/** Deploys to the second cluster as somebody did who had an Argo CD and kubectl. */
async function applyFoundElsewhere(story: Story, edge: OtherCluster): Promise<void> {
  const site = await GitRepository.create(story, "legacy/site", {
    "all.yaml": yaml(deployment("site", "registry.acme.example/web:1.0.0")),
  });
  const metadata = { name: NAMESPACE, labels: { "pod-security.kubernetes.io/enforce": "baseline" } };
  await edge.apply(
    { apiVersion: "v1", kind: "Namespace", metadata },
    {
      apiVersion: "v1",
      kind: "ResourceQuota",
      metadata: { name: "dso-quota", namespace: NAMESPACE },
      spec: { hard: { pods: "20" } },
    },
  );
  // As on any Argo CD that the factory has not closed yet.
  const open =
    '{"spec":{"sourceRepos":["*"],"destinations":[{"server":"*","namespace":"*"}],"namespaceResourceBlacklist":null}}';
  await story.factory.kubectl(["patch", "appproject", "default", "-n", "argocd", "--type=merge", "-p", open]);
  const items = [clusterSecret(edge), application(site.url())];
  await runKubectl(story.factory.cluster, ["apply", "-f", "-"], { apiVersion: "v1", kind: "List", items });
}

function clusterSecret(edge: OtherCluster): object {
  const { clusters, users } = parse(edge.kubeconfig) as {
    readonly clusters: readonly [{ readonly cluster: Readonly<Record<string, string>> }];
    readonly users: readonly [{ readonly user: Readonly<Record<string, string>> }];
  };
  const tlsClientConfig = {
    caData: clusters[0].cluster["certificate-authority-data"],
    certData: users[0].user["client-certificate-data"],
    keyData: users[0].user["client-key-data"],
  };
  return {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: BY_HAND, namespace: "argocd", labels: { "argocd.argoproj.io/secret-type": "cluster" } },
    stringData: { name: "far-away", server: edge.server, config: JSON.stringify({ tlsClientConfig }) },
  };
}

function application(repoURL: string): object {
  const labels = { "dso/organization": "acme", "dso/project": NAMESPACE, "dso/environment": "dev" };
  return {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "Application",
    metadata: { name: APPLICATION, namespace: "argocd", labels },
    spec: {
      project: "default",
      source: { repoURL, targetRevision: "HEAD", path: "." },
      // By the name that Argo CD knows the cluster by, which the stack's config does not.
      destination: { name: "far-away", namespace: NAMESPACE },
      syncPolicy: { automated: { prune: true, selfHeal: true } },
    },
  };
}
