import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import { Secret } from "@pulumi/kubernetes/core/v1";
import type { Provider } from "@pulumi/kubernetes/provider";
import * as pulumi from "@pulumi/pulumi";
import type { DeletionSettings } from "../../model/platform";
import type { Project as ProjectModel } from "../../model/project";
import { declareManagerAccess } from "../cluster/manager";
import type { Manager } from "../cluster/manager";
import { secretData } from "../secret-data";
import { shownInputs } from "../shown-inputs";
import { appProjectSpec, subscriptionAnnotations } from "./app-project";
import { applicationFinalizers, applicationSpec } from "./application";
import { projectLabels, repositoryLabels } from "./labels";
import { declareNamespace } from "./namespace";
import { expiryAnnotations, repositoryData } from "./repository-credentials";
import type { DeployToken } from "./repository-credentials";
import { repositoryAccesses } from "./repository-secrets";

export interface ProjectArgs {
  readonly project: ProjectModel;
  /** The namespace that Argo CD reads AppProjects, Applications and repository Secrets from. */
  readonly argocdNamespace: string;
  readonly deletion: DeletionSettings;
  /** The cluster of the project's namespace, where that is not Argo CD's own. @default the component's provider */
  readonly destination?: ProjectDestination;
  /** What reads the repositories on the platform's GitLab. @default none: the project has no such repositories */
  readonly deployToken?: DeployToken;
}

/** A cluster other than Argo CD's, as a project needs it. */
export interface ProjectDestination {
  readonly provider: Provider;
  /** Who acts for Argo CD there. */
  readonly manager: Manager;
  /**
   * What makes the cluster known to Argo CD: Applications come after it and go before it. It is a promise because it
   * comes itself after the `grants` of all the cluster's projects.
   */
  readonly registration: Promise<pulumi.Resource>;
}

/**
 * One project has a namespace behind its guards, an AppProject that confines it to that namespace and its own
 * repositories, the credentials to read these, and one Application for each of them.
 */
export class Project extends pulumi.ComponentResource {
  /** The name of the namespace and of the AppProject. */
  readonly namespace: pulumi.Output<string>;
  /** The names of the Applications, in the catalogue's order. */
  readonly applications: pulumi.Output<string[]>;
  /** What lets Argo CD act in the namespace, where that is on another cluster. */
  readonly grants: readonly pulumi.Resource[];

  constructor(name: string, args: ProjectArgs, opts: pulumi.ComponentResourceOptions = {}) {
    const { project, argocdNamespace, deletion, destination, deployToken } = args;
    const inputs = shownInputs({ project, argocdNamespace, deletion });
    super("factory:project:Project", name, inputs, opts);
    const { protect } = deletion;

    const { namespace, guards } = declareNamespace(
      name,
      project,
      { protect, retainOnDelete: deletion.workloads === "retain" },
      { parent: this, ...(destination && { provider: destination.provider }) },
    );
    // It goes with the Applications even where the namespace stays.
    this.grants = destination
      ? [
          declareManagerAccess(
            name,
            destination.manager,
            { namespace: project.namespace, labels: projectLabels(project) },
            { parent: this, provider: destination.provider, dependsOn: [namespace, ...guards] },
          ),
        ]
      : [];
    // Nothing is deployed before the guards stand. The order of deletion is the reverse: Applications, what lets
    // Argo CD act for them, the guards, the namespace.
    const appProject = new CustomResource(
      `${name}-app-project`,
      {
        apiVersion: "argoproj.io/v1alpha1",
        kind: "AppProject",
        metadata: {
          name: project.appProject,
          namespace: argocdNamespace,
          labels: projectLabels(project),
          ...subscriptionAnnotations(project),
        },
        spec: appProjectSpec(project),
      },
      { parent: this, dependsOn: [namespace, ...guards, ...this.grants], protect },
    );
    const secrets = repositoryAccesses(project).map(
      (access) =>
        new Secret(
          `${name}-repository-${access.hash}`,
          {
            metadata: {
              name: `${project.namespace}-repo-${access.hash}`,
              namespace: argocdNamespace,
              labels: { ...projectLabels(project), "argocd.argoproj.io/secret-type": "repository" },
              ...expiryAnnotations(access, deployToken),
            },
            data: secretData(repositoryData(project, access, deployToken)),
          },
          { parent: this, dependsOn: appProject },
        ),
    );
    for (const repository of project.repositories) {
      new CustomResource(
        `${name}-application-${repository.name}`,
        {
          apiVersion: "argoproj.io/v1alpha1",
          kind: "Application",
          metadata: {
            name: repository.applicationName,
            namespace: argocdNamespace,
            labels: repositoryLabels(project, repository),
            ...applicationFinalizers(deletion.workloads),
          },
          spec: applicationSpec(project, repository),
        },
        {
          parent: this,
          dependsOn: [appProject, ...secrets, ...(destination ? [destination.registration] : [])],
          protect,
          ...(deletion.timeoutSeconds !== undefined && {
            customTimeouts: { delete: `${String(deletion.timeoutSeconds)}s` },
          }),
        },
      );
    }

    this.namespace = namespace.metadata.name;
    this.applications = pulumi.output(project.repositories.map(({ applicationName }) => applicationName));
    this.registerOutputs({ namespace: this.namespace, applications: this.applications });
  }
}
