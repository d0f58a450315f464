import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it, vi } from "vitest";
import { clusterProvider } from "../../../components/cluster-provider";
import { FactoryProvider } from "../../../component-package/provider";
import { knownInputs } from "../../../component-package/known-inputs";
import { UserError } from "../../../model/problem";
import { type Declared, declared, named } from "../components/declared";

const SHOP = {
  organisation: "acme",
  name: "shop",
  environment: "dev",
  repositories: [
    { name: "deploy", url: "https://git.acme.example/shop/deploy.git", kind: "kustomize", credentials: "git" },
  ],
  secrets: { git: { username: "reader", password: pulumi.secret("a-password") } },
};

/** What the package declares for a component. */
function constructed(component: string, inputs: pulumi.Inputs): Promise<Declared[]> {
  return declared(() => new FactoryProvider().construct("one", `gitops-factory:index:${component}`, inputs, {}), "dev");
}

async function messageOf(running: Promise<unknown>): Promise<string> {
  const error: unknown = await running.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Error)) throw new Error("a refusal was expected");
  expect(error.stack).toBeUndefined();
  return error.message;
}

describe("The component Project of the package", () => {
  it("declares what the catalogue's project is, with its defaults, beneath itself", async () => {
    const resources = await constructed("Project", SHOP);
    expect(named(resources, "one").type).toBe("gitops-factory:index:Project");
    expect(resources.find(({ type }) => type === "factory:project:Project")?.parent).toBe("one");
    expect(named(resources, "acme-shop-dev-6293-quota").inputs).toMatchObject({
      spec: { hard: { "limits.cpu": "2" } },
    });
    expect(named(resources, "acme-shop-dev-6293-application-deploy").inputs).toMatchObject({
      metadata: { namespace: "argocd", annotations: { "pulumi.com/patchFieldManager": "gitops-factory-platform" } },
    });
  });

  it("keeps secrets secret", async () => {
    const resources = await constructed("Project", SHOP);
    const secret = resources.find(({ type }) => type === "kubernetes:core/v1:Secret");
    expect(JSON.stringify(secret?.revealed)).toContain(Buffer.from("a-password").toString("base64"));
    expect(JSON.stringify(resources.map(({ inputs }) => inputs))).not.toMatch(/a-password|YS1wYXNzd29yZA/);
  });

  it("warns where no Kubernetes provider is given, and is silent where one is", async () => {
    const warn = vi.spyOn(pulumi.log, "warn").mockResolvedValue();
    await constructed("Project", SHOP);
    expect(warn.mock.calls.map(([message]) => message)).toEqual([
      expect.stringContaining("Project one: no Kubernetes provider is given"),
    ]);
    warn.mockClear();
    await declared(() => {
      const kubernetes = clusterProvider("cluster", { access: {} });
      return new FactoryProvider().construct("one", "gitops-factory:index:Project", SHOP, {
        providers: { kubernetes },
      });
    });
    expect(warn).not.toHaveBeenCalled();
    warn.mockRestore();
  });

  it.each([
    [{ organization: "acme" }, "Project one: organization: the component has no such input"],
    [{ cluster: "eu-west" }, "Project one: cluster: the component has no such input"],
    [{ environment: "Dev" }, "Project one: environment: "],
    [{ deletion: { workloads: "drop" } }, "Project one: deletion.workloads: "],
    [
      { repositories: [{ name: "deploy", kind: "kustomize" }] },
      "Project one: repositories[0].url: the repository has no URL",
    ],
    [{ secrets: {} }, "Project one: repositories[0].credentials: "],
    [{ name: "a".repeat(60) }, "Project one: name: "],
    [{ description: pulumi.secret("x") }, "Project one: description: a secret stands where everybody may read it"],
  ])("refuses %j", async (inputs, message) => {
    expect(await messageOf(constructed("Project", { ...SHOP, ...inputs }))).toContain(message);
  });
});

describe("The other components of the package", () => {
  it("place a problem of Argo CD's settings in the component's own inputs", async () => {
    const oidc = { name: "Acme", issuer: "https://login.acme.example", clientId: "argocd", clientSecret: "sso" };
    const message = await messageOf(constructed("ArgoCd", { oidc, secrets: { sso: { value: "x" } } }));
    expect(message).toContain("ArgoCd one: oidc: the identity provider could not send people back");
  });

  it("refuse an address that is none in the cluster's DNS", async () => {
    const message = await messageOf(
      constructed("ClusterDns", { forwards: [{ zone: "protobox", to: ["dns.example"] }] }),
    );
    expect(message).toContain("ClusterDns one: forwards[0].to[0]: ");
  });

  it("are three", async () => {
    expect(await messageOf(constructed("Platform", {}))).toContain(
      "allowed: gitops-factory:index:ArgoCd, gitops-factory:index:ClusterDns, gitops-factory:index:Project",
    );
  });
});

describe("The inputs of a component", () => {
  /** Pulumi's declarations keep the constructor of an output to themselves. */
  const Output = pulumi.Output as unknown as new (
    ...args: readonly [resources: readonly [], ...Promise<unknown>[]]
  ) => pulumi.Output<unknown>;
  const [no, none] = [Promise.resolve(false), Promise.resolve([])];
  const unknown = () => new Output([], Promise.resolve(undefined), no, no, none);

  it("are unwrapped wherever they are known", async () => {
    const { values } = await knownInputs("Project", "one", {
      owners: [pulumi.output("alice")],
      quota: pulumi.output({ cpu: "1" }),
    });
    expect(values).toEqual({ owners: ["alice"], quota: { cpu: "1" } });
  });

  it("are refused where they are known during the update only", async () => {
    const thrown: unknown = await knownInputs("Project", "one", { owners: [unknown()] }).catch(
      (error: unknown) => error,
    );
    expect((thrown as UserError).problems.map(({ path }) => path)).toEqual(["owners[0]"]);
    expect(thrown).toBeInstanceOf(UserError);
  });

  it("may be so as the text of a secret", async () => {
    const { values } = await knownInputs("Project", "one", { secrets: { git: { password: unknown() } } });
    expect(values).toEqual({ secrets: { git: { password: "known during the update only" } } });
  });
});
