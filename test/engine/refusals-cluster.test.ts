import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Factory } from "./support/factory";
import { told } from "./support/refusal";
import { smallInstall } from "./support/small-install";

let factory: Factory;

beforeAll(async () => {
  factory = await Factory.start();
  smallInstall(factory.program);
  for (const file of ["catalog/ministere", "catalog/protobox1"]) factory.program.remove(file);
  await factory.kubectl("config set-cluster gone --server=https://127.0.0.1:1");
  await factory.kubectl("config set-context gone --cluster=gone --user=gitops-factory-lab");
});

afterAll(() => factory.dispose());

/** Lets the program work as a ServiceAccount that may do only this, as a context of the kubeconfig. */
async function serviceAccount(name: string, ...verbs: readonly string[]): Promise<void> {
  await factory.kubectl(`-n default create serviceaccount ${name}`);
  const token = await factory.kubectl(`-n default create token ${name}`);
  if (verbs.length > 0) {
    await factory.kubectl(`create clusterrole ${name} --verb=${verbs.join(",")} --resource=configmaps`);
    await factory.kubectl(`create clusterrolebinding ${name} --clusterrole=${name} --serviceaccount=default:${name}`);
  }
  await factory.kubectl(`config set-credentials ${name} --token=${token}`);
  await factory.kubectl(`config set-context ${name} --cluster=gitops-factory-lab --user=${name}`);
}

describe("the cluster refuses", () => {
  it("to answer at all: its address and the cause are named", async () => {
    factory.program.config(["kubernetes"], { context: "gone" });
    expect(told(await factory.stack.preview())).toContain(
      "warning: the configured Kubernetes cluster is unreachable: cannot reach the Kubernetes API server https://127.0.0.1:1: connect ECONNREFUSED 127.0.0.1:1",
    );
  });

  it("to be read by someone without the right to: verb, resource and namespace are named", async () => {
    await serviceAccount("nobody");
    factory.program.config(["kubernetes"], { context: "nobody" });
    // Which of the two is asked for first is left to chance.
    expect(told(await factory.stack.preview())).toMatch(
      /^kubernetes:core\/v1:ConfigMap \(dns-kube-system-(coredns|nodelocaldns)-live\):\n {2}error: Preview failed: configmaps "\1" is forbidden: User "system:serviceaccount:default:nobody" cannot get resource "configmaps" in API group "" in the namespace "kube-system"$/m,
    );
  });

  it("to be changed by someone who may only read: nothing is", async () => {
    await serviceAccount("reader", "get", "list", "watch");
    factory.program.config(["kubernetes"], { context: "reader" });
    // Several objects are the first ones, as none needs another: which of them is refused first is chance.
    expect(told(await factory.stack.up())).toMatch(
      /error: kubernetes:\S+ "(argocd-[\w.-]+)" was not created: \S+ "[\w.]+" is forbidden: User "system:serviceaccount:default:reader" cannot patch resource "\w+" in API group "[\w.]*"/,
    );
    expect(await factory.kubectl("get namespace argocd --ignore-not-found")).toBe("");
  });

  it("an Application whose CRD is gone: kind and cause are named, and what was done is kept", async () => {
    factory.program.config(["kubernetes"], undefined);
    expect((await factory.stack.up()).exitCode).toBe(0);
    await factory.kubectl("delete customresourcedefinition applications.argoproj.io");
    const shop = factory.program.read("catalog/acme/shop.yaml");
    factory.program.write("catalog/acme/blog.yaml", shop.replaceAll("shop", "blog"));
    const run = await factory.stack.up();
    expect(told(run)).toContain(
      `kubernetes:argoproj.io/v1alpha1:Application (acme-blog-dev-6293-application-deploy):
  error: kubernetes:argoproj.io/v1alpha1:Application "acme-blog-dev-6293-application-deploy" cannot be created: the cluster knows no kind "Application" in version "argoproj.io/v1alpha1". Has its CustomResourceDefinition been created?`,
    );
    expect(run.failed.map(({ op, name }) => `${op} ${name}`)).toEqual(["create acme-blog-dev-6293-application-deploy"]);
  });

  it("nothing more once a refresh has seen that the CRD is gone", async () => {
    const run = await factory.stack.up("--refresh");
    expect(told(run)).toBe("");
    expect(run.exitCode).toBe(0);
    const names = (await factory.list("applications")).map(({ metadata }) => metadata.name);
    expect(names).toEqual(["acme-blog-dev-deploy-6293", "acme-shop-dev-deploy-6293"]);
  });
});
