import { Project } from "../components/project/project";
import { checkNames } from "../model/check-names";
import { checkHosted, placeRepositories } from "../model/hosted-repositories";
import { resolveDeletion } from "../model/resolve-platform";
import { resolveProject } from "../model/resolve-project";
import { environmentName, objectName } from "../model/schema/names";
import { projectFile } from "../model/schema/project";
import { stackConfig } from "../model/schema/stack";
import type { SecretInput } from "../model/schema/secrets";
import { checked, refuseErrors, splitSecrets } from "./checked";
import { PackagedComponent, warn } from "./packaged-component";
import type { Construct } from "./provider";

/** What Argo CD's namespace is called where nobody says otherwise. */
const ARGOCD_NAMESPACE = "argocd";

/** `Project`: what a file of the catalogue says, in one environment. */
export const packagedProject: Construct = async (name, inputs, opts) => {
  const { report } = inputs;
  const { secrets, rest } = splitSecrets(inputs);
  const { environment: stated, argocdNamespace: chosen = ARGOCD_NAMESPACE, deletion: said, ...file } = rest;
  const environment = checked(environmentName, stated, report, ["environment"]) ?? "";
  const argocdNamespace = checked(objectName, chosen, report, ["argocdNamespace"]) ?? ARGOCD_NAMESPACE;
  const deletion = checked(stackConfig.shape.deletion, said, report, ["deletion"]);
  refuseErrors(report);
  const project = checked(projectFile, { ...file, environments: [environment] }, report);
  refuseErrors(report);
  if (project === undefined) throw new Error("a project with problems was not refused");
  const placed = placeRepositories(project, undefined);
  checkHosted(placed, undefined, report);
  checkNames([{ project: placed, report }], [argocdNamespace]);
  const stack = { secrets: secrets as Record<string, SecretInput>, projects: { ownApplications: true } };
  const model = resolveProject(placed, environment, stack, report);
  refuseErrors(report);

  const packaged = new PackagedComponent("Project", name, inputs, opts);
  await warn(packaged, inputs, opts);
  const { namespace, applications } = new Project(
    model.namespace,
    { project: model, argocdNamespace, deletion: resolveDeletion(deletion, environment) },
    packaged.within,
  );
  return packaged.done({ namespace, applications });
};
