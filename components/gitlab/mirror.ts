import { BranchProtection, GroupAccessToken, PipelineTrigger, Project, RepositoryFile } from "@pulumi/gitlab";
import * as pulumi from "@pulumi/pulumi";
import type { GitLab, GitLabMirror, GitLabRepository } from "../../model/gitlab";
import type { MirrorFile } from "../../mirror";
import { shownInputs } from "../shown-inputs";
import { adoption } from "./adoption";
import type { GitLabSettings } from "./group";
import { patchPipeline } from "./mirror-pipeline";
import { declareSchedule } from "./mirror-schedule";
import { declareOutputVariables, declareSourceVariables } from "./mirror-variables";
import { formerFirst } from "./replacement";

/** Where the pipeline is; a trigger's pipelines run there. */
const BRANCH = "main";

export interface MirrorArgs {
  readonly mirror: GitLabMirror;
  /** The repositories of the group, of which those with a source are mirrored. */
  readonly repositories: readonly GitLabRepository[];
  readonly settings: GitLabSettings & Pick<GitLab, "certificate" | "mirrorTokens">;
  /** What lies in the repository `mirror`. */
  readonly files: readonly MirrorFile[];
  /** The id of the project's group. */
  readonly groupId: pulumi.Input<number>;
  /** Whether Pulumi refuses to delete it. @default false */
  readonly protect?: boolean;
}

/**
 * The project's group has a repository `mirror`, whose pipeline copies each external repository to its copy: by a
 * trigger for whoever has its token, on schedule, or by hand.
 */
export class Mirror extends pulumi.ComponentResource {
  /** The id of the repository `mirror`, which a trigger's URL names. */
  readonly projectId: pulumi.Output<string>;
  /** What starts its pipeline, a secret. */
  readonly triggerToken: pulumi.Output<string>;

  constructor(name: string, args: MirrorArgs, opts: pulumi.ComponentResourceOptions = {}) {
    const { mirror, settings, files, groupId, protect = false } = args;
    const copies = args.repositories.filter(({ source }) => source !== undefined);
    super("factory:gitlab:Mirror", name, shownInputs({ mirror, copies: copies.map(({ path }) => path) }), opts);
    const project = new Project(
      `${name}-project`,
      {
        name: "mirror",
        path: "mirror",
        description: "Copies this group's external repositories; declared by the platform",
        namespaceId: groupId,
        visibilityLevel: settings.visibility,
        autoDevopsEnabled: false,
        // A trigger says by variables which repository it means, which new GitLabs allow nobody.
        ciPipelineVariablesMinimumOverrideRole: "maintainer",
        ...(settings.permanently && { permanentlyDeleteOnDestroy: true }),
      },
      pulumi.mergeOptions({ parent: this, protect }, adoption(mirror)),
    );
    // Where deleting the project is refused, what is in it must not be taken for deleted.
    const inProject = { parent: this, ...(!protect && { deletedWith: project }) };
    // Whoever may change these files may read the credentials.
    const protection = new BranchProtection(
      `${name}-protection`,
      {
        project: project.id,
        branch: BRANCH,
        pushAccessLevel: "maintainer",
        mergeAccessLevel: "maintainer",
        allowForcePush: false,
      },
      { ...inProject, ...formerFirst },
    );
    // One after another: each is a commit on the same branch.
    let last: pulumi.Resource = protection;
    for (const file of files) {
      last = new RepositoryFile(
        `${name}-file-${file.path}`,
        {
          project: project.id,
          branch: BRANCH,
          filePath: file.path,
          content: file.path === ".gitlab-ci.yml" ? patchPipeline(file.content, mirror) : file.content,
          encoding: "text",
          executeFilemode: file.executable,
          overwriteOnCreate: true,
          commitMessage: `Set ${file.path}`,
        },
        { ...inProject, ...formerFirst, dependsOn: last },
      );
    }
    const { validDays, rotateBeforeDays } = settings.mirrorTokens;
    const token = new GroupAccessToken(
      `${name}-token`,
      {
        group: pulumi.output(groupId).apply(String),
        name: "mirror",
        description: "Writes the copies of external repositories; declared by the platform",
        accessLevel: "maintainer",
        scopes: ["read_repository", "write_repository"],
        rotationConfiguration: { expirationDays: validDays, rotateBeforeDays },
      },
      // A resource with a name of its own is otherwise deleted first.
      { parent: this, deleteBeforeReplace: false },
    );
    const trigger = new PipelineTrigger(
      `${name}-trigger`,
      { project: project.id, description: "Synchronises a repository" },
      // Its token is in the hands of teams.
      { ...inProject, dependsOn: last, protect },
    );
    const shared = declareOutputVariables(name, { project: project.id, token: token.token, settings }, inProject);
    for (const copy of copies) {
      const own = declareSourceVariables(name, project.id, copy, inProject);
      if (mirror.schedule === undefined) continue;
      declareSchedule(
        `${name}-schedule-${copy.name}`,
        { project: project.id, repository: copy.name, ref: `refs/heads/${BRANCH}`, ...mirror.schedule },
        { ...inProject, dependsOn: [last, ...shared, ...own] },
      );
    }
    this.projectId = project.id;
    this.triggerToken = trigger.token;
    this.registerOutputs({ projectId: this.projectId, triggerToken: this.triggerToken });
  }
}
