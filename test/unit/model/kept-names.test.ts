import { describe, expect, it } from "vitest";
import type { Project } from "../../../model/project";
import { load, problemOf, problemsOf, SHOP, workspace } from "./workspace";
import type { Files } from "./workspace";

/** The shop with one environment, dev, that keeps names; `lines` stand below its repository. */
function keeping(names: string, ...lines: string[]): Files {
  const text = SHOP.replace("environments: [dev, staging]", `environments: { dev: { names: ${names} }, staging: {} }`);
  return { "catalog/acme/shop.yaml": text + lines.map((line) => `    ${line}\n`).join("") };
}

function shopOf(files: Files): Project {
  const [shop] = load(files).platform.projects;
  if (shop === undefined) throw new Error("the catalogue has no project");
  return shop;
}

describe("Names that are kept", () => {
  it("are those of the namespace, the AppProject and the Application, each by itself", () => {
    const files = keeping(
      "{ namespace: web, appProject: team }",
      "environments: { dev: { applicationName: argo-shop } }",
    );
    const shop = shopOf(files);
    expect([shop.namespace, shop.appProject, shop.repositories[0]?.applicationName]).toEqual([
      "web",
      "team",
      "argo-shop",
    ]);
  });

  it("are computed where the catalogue keeps none", () => {
    const shop = shopOf(keeping("{ namespace: web }"));
    expect([shop.appProject, shop.repositories[0]?.applicationName]).toEqual([
      "acme-shop-dev-6293",
      "acme-shop-dev-deploy-6293",
    ]);
  });

  it("are those that synchronisation windows mean", () => {
    const shop = shopOf(keeping("{}", "environments: { dev: { applicationName: argo-shop } }"));
    const [windowed] = load({
      "catalog/acme/shop.yaml": `${keeping("{}", "environments: { dev: { applicationName: argo-shop } }")["catalog/acme/shop.yaml"] ?? ""}syncWindows: [{ kind: deny, schedule: "0 1 * * *", duration: 1h, applications: [deploy] }]\n`,
    }).platform.projects;
    expect(windowed?.syncWindows[0]?.applications).toEqual([shop.repositories[0]?.applicationName]);
  });

  it.each(["default", "kube-system", "argocd"])("are refused where the namespace %s would be a project's", (name) => {
    expect(problemOf(keeping(`{ namespace: ${name} }`))).toMatchObject({
      path: "environments.dev.names.namespace",
      value: name,
      fix: "move what runs there into a namespace of its own",
    });
  });

  it("are refused for Argo CD's AppProject default, which is everybody's", () => {
    expect(problemOf(keeping("{ appProject: default }"))).toMatchObject({
      path: "environments.dev.names.appProject",
      value: "default",
    });
  });

  it("are refused where two projects of one environment would share an object", () => {
    const other = SHOP.replace("name: shop", "name: cafe").replaceAll("/shop/", "/cafe/");
    const files = {
      ...keeping("{ namespace: web, appProject: team }"),
      "catalog/acme/cafe.yaml": other.replace(
        "environments: [dev, staging]",
        "environments: { dev: { names: { namespace: web } }, prod: { names: { appProject: team } } }",
      ),
    };
    expect(problemsOf(workspace(files)).map(({ file, path, value }) => [file, path, value])).toEqual([
      ["catalog/acme/shop.yaml", "environments.dev.names.namespace", "web"],
    ]);
  });

  it("are refused where two repositories of a project would share an Application", () => {
    const second = ["environments: { dev: { applicationName: web } }", "path: a"];
    const files = keeping("{}", ...second);
    const more = `  - { name: other, url: "https://git.acme.example/shop/other.git", kind: manifests, environments: { dev: { applicationName: web } } }\n`;
    const text = `${files["catalog/acme/shop.yaml"] ?? ""}${more}`;
    expect(problemOf({ "catalog/acme/shop.yaml": text })).toMatchObject({
      path: "repositories[1].environments.dev.applicationName",
      value: "web",
      message: 'the Application of dev would have the same name as one of the repository "deploy"',
    });
  });
});

describe("A repository in one environment", () => {
  it("may lie in another folder", () => {
    const shop = shopOf(keeping("{}", "path: base", "environments: { dev: { path: overlays/a } }"));
    expect(shop.repositories[0]?.sources[0]).toMatchObject({ path: "overlays/a" });
  });

  it("may be another Helm release", () => {
    const text =
      SHOP.replace("kind: kustomize", "kind: helm") + "    environments: { dev: { releaseName: argo-shop } }\n";
    expect(shopOf({ "catalog/acme/shop.yaml": text }).repositories[0]?.sources[0]).toMatchObject({
      releaseName: "argo-shop",
    });
  });
});

describe("An open network", () => {
  it.each([
    ["of the project", "network: { open: true }\n", true],
    ["that an environment closes again", "network: { open: true }\n", false],
  ])("%s is the environment's word before the project's", (_, lines, open) => {
    const text = open ? SHOP : SHOP.replace("[dev, staging]", "{ dev: { network: { open: false } } }");
    expect(shopOf({ "catalog/acme/shop.yaml": text + lines }).network.open ?? false).toBe(open);
  });
});
