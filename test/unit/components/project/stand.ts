import { Project } from "../../../../components/project/project";
import type { DeletionSettings } from "../../../../model/platform";
import type { Project as ProjectModel } from "../../../../model/project";
import { declared } from "../declared";
import type { Declared } from "../declared";
import { project } from "./projects";

/** What the component `shop` of a project declares. */
export function stand(
  changes: Partial<ProjectModel> = {},
  deletion: Partial<DeletionSettings> = {},
): Promise<Declared[]> {
  return declared(
    () =>
      new Project("shop", {
        project: project(changes),
        argocdNamespace: "argocd",
        deletion: { protect: false, workloads: "foreground", ...deletion },
      }),
  );
}
