import { BranchProtection, Project, ProjectVariable } from "@pulumi/gitlab";
import * as pulumi from "@pulumi/pulumi";
import type { GitLabRepository } from "../../model/gitlab";
import { SecretText } from "../../model/secret";
import { shownInputs } from "../shown-inputs";
import { adoption } from "./adoption";
import type { GitLabSettings } from "./group";
import { formerFirst } from "./replacement";

export interface RepositoryArgs {
  readonly repository: GitLabRepository;
  readonly settings: GitLabSettings;
  /** The id of the project's group. */
  readonly groupId: pulumi.Input<number>;
  /** Whether Pulumi refuses to delete it. @default false */
  readonly protect?: boolean;
}

/** A repository lies in the project's group with its branch protected and its CI/CD variables set. */
export class Repository extends pulumi.ComponentResource {
  /** The id of what GitLab calls a project. */
  readonly projectId: pulumi.Output<string>;
  /** What must be there before anyone uses the repository. */
  readonly ready: readonly pulumi.Resource[];

  constructor(name: string, args: RepositoryArgs, opts: pulumi.ComponentResourceOptions = {}) {
    const { repository, settings, groupId, protect = false } = args;
    super(
      "factory:gitlab:Repository",
      name,
      shownInputs({ repository, visibility: settings.visibility, permanently: settings.permanently, protect }),
      opts,
    );
    const project = new Project(
      `${name}-project`,
      {
        name: repository.name,
        path: repository.name,
        namespaceId: groupId,
        visibilityLevel: settings.visibility,
        // Otherwise GitLab makes up a pipeline where there is none.
        autoDevopsEnabled: false,
        ...(repository.ciFile !== undefined && { ciConfigPath: repository.ciFile }),
        ...(settings.permanently && { permanentlyDeleteOnDestroy: true }),
      },
      pulumi.mergeOptions({ parent: this, protect }, adoption(repository)),
    );
    // Where deleting the project is refused, what is in it must not be taken for deleted.
    const inProject = { parent: this, ...(!protect && { deletedWith: project }) };
    const { branch, push, merge, allowForcePush } = repository.protection;
    const protection = new BranchProtection(
      `${name}-protection`,
      { project: project.id, branch, pushAccessLevel: push, mergeAccessLevel: merge, allowForcePush },
      { ...inProject, ...formerFirst },
    );
    const variables = repository.variables.map(
      (variable) =>
        new ProjectVariable(
          `${name}-variable-${variable.key}`,
          {
            project: project.id,
            key: variable.key,
            value: variable.value instanceof SecretText ? pulumi.secret(variable.value.reveal()) : variable.value,
            variableType: variable.file ? "file" : "env_var",
            masked: variable.masked,
            protected: variable.protected,
            // A $ is a $.
            raw: true,
          },
          { ...inProject, ...formerFirst },
        ),
    );
    this.projectId = project.id;
    this.ready = [project, protection, ...variables];
    this.registerOutputs({ projectId: this.projectId });
  }
}
