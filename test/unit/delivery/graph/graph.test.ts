import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { graphOf, sizeOf } from "../../../../delivery/graph/graph";
import { loadStacks } from "../../../../delivery/stacks";
import { loadPlatform } from "../../../../model/load";
import { SHOP, workspace } from "../../model/workspace";

const root = join(__dirname, "..", "..", "..", "..");
const platforms = ["prod", "staging", "dev"].map((stack) => ({
  stack,
  ...loadPlatform({ root, stack }),
}));

describe("The graph of the example platform", () => {
  const graph = graphOf(platforms);

  it("has the stacks in the order in which a change passes them", () => {
    expect(graph.stacks.map(({ stack }) => stack)).toEqual(["dev", "staging", "prod"]);
  });

  it("has them in the platform's own order, and what it protects as production", () => {
    const config = (text: string) => `config: { ${text} }\n`;
    const folder = workspace({
      "Pulumi.blue.yaml": config(
        '"gitops-factory:deletion": { protect: true }, "gitops-factory:promotion": { from: green }',
      ),
      "Pulumi.green.yaml": config(""),
      "catalog/acme/shop.yaml": SHOP.replace("staging", "blue, green"),
    });
    const { stacks, organisations } = graphOf(loadStacks(folder, ["blue", "green"]));
    expect(stacks.map(({ stack }) => stack)).toEqual(["green", "blue"]);
    expect(organisations[0]?.projects[0]?.namespaces.map(({ production }) => production)).toEqual([false, true]);
  });

  it("has organisations and projects by name, each once over all stacks", () => {
    expect(graph.organisations.map(({ name, projects }) => [name, projects.map((project) => project.name)])).toEqual([
      ["acme", ["portal", "shop"]],
      ["ministere", ["demarches"]],
      ["protobox1", ["docserver"]],
    ]);
  });

  it("has a namespace for each environment of a project, with its cluster and its Applications", () => {
    const [, , protobox] = graph.organisations;
    expect(
      protobox?.projects[0]?.namespaces.map(({ name, cluster, production }) => [name, cluster, production]),
    ).toEqual([
      ["protobox1-docserver-dev-6293", "in-cluster", false],
      ["protobox1-docserver-staging-41a5", "in-cluster", false],
      ["protobox1-docserver-prod-c626", "eu-west", true],
    ]);
    expect(graph.organisations[1]?.projects[0]?.namespaces[2]?.applications).toEqual([
      {
        name: "ministere-demarches-prod-api-c626",
        repository: "api",
        url: "https://gitlab.cpn.example/ministere/demarches/infra-api.git",
        revision: "v1.4.0",
        path: "chart",
        kind: "helm",
      },
      {
        name: "ministere-demarches-prod-front-c626",
        repository: "front",
        url: "https://gitlab.cpn.example/ministere/demarches/infra-front.git",
        revision: "v1.4.0",
        path: "overlays/prod",
        kind: "kustomize",
      },
    ]);
  });

  it("counts what it has", () => {
    expect(sizeOf(graph.organisations)).toEqual({ organisations: 3, projects: 4, applications: 15, namespaces: 10 });
  });

  it("does not depend on the order of the stacks", () => {
    expect(graphOf([...platforms].reverse())).toEqual(graph);
  });

  it.each([
    ["shop", [["acme", "shop"]]],
    ["acme/shop", [["acme", "shop"]]],
    ["ministere/shop", []],
    ["sho", []],
  ])("has the project %s alone where that is asked for", (project, expected) => {
    const found = graphOf(platforms, project).organisations;
    expect(found.flatMap(({ name, projects }) => projects.map((one) => [name, one.name]))).toEqual(expected);
  });
});
