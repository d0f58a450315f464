import * as kubernetes from "@pulumi/kubernetes";
import fc from "fast-check";
import { expect, it } from "vitest";
import { stringify } from "yaml";
import { Project } from "../../../../components/project/project";
import { loadPlatform } from "../../../../model/load";
import { foundObject } from "../../../../delivery/adopt/parse-objects";
import type { FoundObject } from "../../../../delivery/adopt/found-object";
import { declared } from "../../components/declared";
import { workspace } from "../../model/workspace";
import { adoptFound, filesOf } from "./found";
import { projectFiles } from "./projects";

/** The objects that the program declares for the project of a file. */
async function declaredOf(file: string, root: string): Promise<FoundObject[]> {
  const project = loadPlatform({ root, stack: "dev" }).platform.projects.find((one) => one.file === file);
  if (project === undefined) throw new Error("the catalogue has no project");
  const deletion = { protect: false, workloads: "orphan" } as const;
  const resources = await declared(() => {
    const provider = new kubernetes.Provider("in-cluster", {});
    new Project(project.namespace, { project, argocdNamespace: "argocd", deletion }, { provider });
  });
  return resources
    .filter(({ type }) => /^kubernetes:.*:[A-Z]/.test(type))
    .flatMap(({ inputs }) => foundObject(inputs, "the cluster") ?? []);
}

it("Adopting what the factory has made gives the catalogue that it was made of", async () => {
  const property = fc.asyncProperty(projectFiles, async (file) => {
    const path = `catalog/${file.organisation}/${file.name}.yaml`;
    const text = stringify(JSON.parse(JSON.stringify(file)));
    const root = workspace({ [path]: text });
    const adoption = adoptFound(await declaredOf(path, root));
    expect(adoption.notes.filter(({ weight }) => weight === "refused")).toEqual([]);
    const files = filesOf(adoption, root);
    expect(files.map((one) => [one.file, one.state, one.differences])).toEqual([[path, "unchanged", []]]);
  });
  await fc.assert(property, { numRuns: 8 });
});
