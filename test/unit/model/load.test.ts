import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadPlatform } from "../../../model/load";
import { SecretText } from "../../../model/secret";
import { load, shop, shopRepository, stack, workspace } from "./workspace";

const GITLAB = stack(`secrets:
  gitlab:
    username: bot
    password:
      secure: v1:AAAA:BBBB`);

describe("loadPlatform", () => {
  it("fills in every default of a project of seven lines", () => {
    const { platform, warnings } = load();
    expect(warnings).toEqual([]);
    expect(platform).toEqual({
      environment: "dev",
      kubernetes: {},
      argocd: {
        namespace: "argocd",
        manifests: {
          version: "v3.2.12",
          variant: "install",
          location: "https://raw.githubusercontent.com/argoproj/argo-cd/v3.2.12/manifests/install.yaml",
          sha256: "1097a8e8cdc1ed00831ec35338584ecaa2f79d29868fc0c2c5be61cce96253b8",
        },
        hostAliases: [],
        workloads: {},
        admin: { enabled: true },
        rbac: { defaultRole: "", adminGroups: [], policies: [], scopes: ["groups"] },
        resources: { officialExclusions: true, exclusions: [], inclusions: [] },
        metrics: { kind: "none" },
        applicationNamespaces: [],
        settings: {},
        parameters: {},
        knownHosts: [],
        tlsCertificates: {},
      },
      deletion: { protect: false, workloads: "foreground" },
      clusters: [],
      projects: [
        {
          file: "catalog/acme/shop.yaml",
          organisation: "acme",
          name: "shop",
          environment: "dev",
          namespace: "acme-shop-dev-6293",
          appProject: "acme-shop-dev-6293",
          owners: [],
          ownApplications: false,
          syncWindows: [],
          groups: { read: [], write: [] },
          destination: { cluster: "in-cluster", server: "https://kubernetes.default.svc" },
          quota: {
            "requests.cpu": "2",
            "limits.cpu": "2",
            "requests.memory": "4Gi",
            "limits.memory": "4Gi",
            pods: "50",
          },
          containerDefaults: { requests: { cpu: "50m", memory: "64Mi" }, limits: { cpu: "500m", memory: "256Mi" } },
          podSecurity: "restricted",
          network: { ingressFromNamespaces: [], egressToCidrs: [] },
          deniedKinds: [],
          repositories: [
            {
              name: "deploy",
              applicationName: "acme-shop-dev-deploy-6293",
              sources: [
                {
                  kind: "kustomize",
                  url: "https://git.acme.example/shop/deploy.git",
                  revision: "HEAD",
                  path: ".",
                  images: [],
                },
              ],
              sync: { automated: true, prune: true, selfHeal: true, options: [], retryLimit: 5 },
              ignoreDifferences: [],
            },
          ],
        },
      ],
    });
  });

  it("keeps only the projects that have the environment, sorted by organisation and name", () => {
    const project = (organisation: string, name: string, environments: string): string => `organisation: ${organisation}
name: ${name}
environments: ${environments}
repositories: [{ name: deploy, url: "https://git.acme.example/${organisation}/${name}.git", kind: manifests }]
`;
    const { platform } = load({
      "catalog/zeta/b.yaml": project("zeta", "b", "[dev]"),
      "catalog/zeta/a.yaml": project("zeta", "a", "[dev]"),
      "catalog/beta/prod-only.yaml": project("beta", "prod-only", "[prod]"),
    });
    expect(platform.projects.map(({ file }) => file)).toEqual([
      "catalog/acme/shop.yaml",
      "catalog/zeta/a.yaml",
      "catalog/zeta/b.yaml",
    ]);
  });

  it("takes the environment from the config before the stack's name", () => {
    expect(load(stack("environment: staging")).platform.environment).toBe("staging");
  });

  it("reads another catalogue when the config names one", () => {
    const { platform } = load({
      ...stack("catalog: teams"),
      "teams/acme/shop.yaml": shop("cluster: in-cluster")["catalog/acme/shop.yaml"] ?? "",
    });
    expect(platform.projects.map(({ file }) => file)).toEqual(["teams/acme/shop.yaml"]);
  });

  it("gives the same platform from the engine's config as from the file", () => {
    const root = workspace({
      ...stack(`dns:
  forwards: [{ zone: protobox, to: [10.0.0.53] }]
argocd:
  parameters: { server.insecure: true }`),
    });
    const config = {
      "gitops-factory:dns": '{"forwards":[{"to":["10.0.0.53"],"zone":"protobox"}]}',
      "gitops-factory:argocd": '{"parameters":{"server.insecure":true}}',
      "gitops-factory:environment": "",
      "gitops-factory:clusters": "{}",
      "kubernetes:context": "not ours",
    };
    expect(loadPlatform({ root, stack: "dev", config }).platform).toEqual(
      loadPlatform({ root, stack: "dev" }).platform,
    );
  });

  it("needs no file when the engine gives the config", () => {
    const root = workspace();
    expect(loadPlatform({ root, stack: "staging", config: {} }).platform.environment).toBe("staging");
  });

  it("keeps ciphertexts sealed, and lets a test stand in for them", () => {
    const root = workspace({ ...GITLAB, ...shopRepository("credentials: gitlab") });
    const passwordOf = (loaded: ReturnType<typeof loadPlatform>): SecretText => {
      const credentials = loaded.platform.projects[0]?.repositories[0]?.credentials;
      if (credentials?.kind !== "https") throw new Error("https credentials expected");
      return credentials.password;
    };
    expect(passwordOf(loadPlatform({ root, stack: "dev" })).isKnown).toBe(false);
    const known = loadPlatform({ root, stack: "dev", ciphertext: (path) => SecretText.known(`text of ${path}`) });
    expect(passwordOf(known).reveal()).toBe("text of secrets.gitlab.password");
  });

  it("opens the secrets that the engine decrypted", () => {
    const root = workspace({ ...GITLAB, ...shopRepository("credentials: gitlab") });
    const config = { "gitops-factory:secrets": '{"gitlab":{"username":"bot","password":"hunter2"}}' };
    const { platform } = loadPlatform({ root, stack: "dev", config });
    const credentials = platform.projects[0]?.repositories[0]?.credentials;
    expect(credentials?.kind === "https" && credentials.password.reveal()).toBe("hunter2");
    expect(JSON.stringify(platform)).not.toContain("hunter2");
  });

  it.each(["dev", "staging", "prod"])("loads the example stack %s without a problem", (name) => {
    const { platform, warnings } = loadPlatform({ root: join(__dirname, "..", "..", ".."), stack: name });
    expect(warnings).toEqual([]);
    expect(platform.environment).toBe(name);
    expect(platform.projects.map(({ name: project }) => project)).toContain("docserver");
  });

  it("protects production, and nothing else, by default", () => {
    const files = { ...shop(""), "Pulumi.prod.yaml": "config: {}\n", "catalog/acme/pay.yaml": "" };
    files["catalog/acme/pay.yaml"] =
      shop("")["catalog/acme/shop.yaml"]?.replace("shop\n", "pay\n").replace("[dev, staging]", "[prod]") ?? "";
    expect(load(files, "prod").platform.deletion.protect).toBe(true);
    expect(load(files, "dev").platform.deletion.protect).toBe(false);
  });

  it("takes a time for the deletion of an Application, in whole seconds", () => {
    const files = (seconds: string) => ({ ...shop(""), ...stack(`deletion: { timeoutSeconds: ${seconds} }`) });
    expect(load(files("1800"), "dev").platform.deletion.timeoutSeconds).toBe(1800);
    expect(() => load(files("0"), "dev")).toThrow("deletion.timeoutSeconds");
    expect(() => load(files("30m"), "dev")).toThrow("deletion.timeoutSeconds");
  });
});
