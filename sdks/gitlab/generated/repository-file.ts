// Generated from the schema by `npm run sdk`. Change the generator, not this file.
import * as pulumi from "@pulumi/pulumi";
import { hasType, type ResourceFacts, resourceInputs, resourceOptions } from "../resource";

const facts: ResourceFacts = {
  inputs: [
    "authorEmail", "authorName", "branch", "commitMessage", "content", "createCommitMessage", "deleteCommitMessage",
    "encoding", "executeFilemode", "filePath", "overwriteOnCreate", "project", "startBranch", "updateCommitMessage",
  ],
  required: ["branch", "content", "encoding", "filePath", "project"],
  computed: ["blobId", "commitId", "contentSha256", "fileName", "lastCommitId", "ref", "size"],
  secretInputs: [],
  secretOutputs: [],
};

export class RepositoryFile extends pulumi.CustomResource {
  /** @internal */
  static readonly __pulumiType = "gitlab:index/repositoryFile:RepositoryFile";

  /** An existing resource by its provider id, with what else is known of it. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: RepositoryFileState,
    opts?: pulumi.CustomResourceOptions,
  ): RepositoryFile {
    return new RepositoryFile(name, state as RepositoryFileArgs, { ...opts, id });
  }

  static override isInstance(value: unknown): value is RepositoryFile {
    return hasType(value, RepositoryFile.__pulumiType);
  }

  declare readonly authorEmail: pulumi.Output<string | undefined>;
  declare readonly authorName: pulumi.Output<string | undefined>;
  declare readonly blobId: pulumi.Output<string>;
  declare readonly branch: pulumi.Output<string>;
  declare readonly commitId: pulumi.Output<string>;
  declare readonly commitMessage: pulumi.Output<string | undefined>;
  declare readonly content: pulumi.Output<string>;
  declare readonly contentSha256: pulumi.Output<string>;
  declare readonly createCommitMessage: pulumi.Output<string | undefined>;
  declare readonly deleteCommitMessage: pulumi.Output<string | undefined>;
  declare readonly encoding: pulumi.Output<string>;
  declare readonly executeFilemode: pulumi.Output<boolean | undefined>;
  declare readonly fileName: pulumi.Output<string>;
  declare readonly filePath: pulumi.Output<string>;
  declare readonly lastCommitId: pulumi.Output<string>;
  declare readonly overwriteOnCreate: pulumi.Output<boolean | undefined>;
  declare readonly project: pulumi.Output<string>;
  declare readonly ref: pulumi.Output<string>;
  declare readonly size: pulumi.Output<number>;
  declare readonly startBranch: pulumi.Output<string | undefined>;
  declare readonly updateCommitMessage: pulumi.Output<string | undefined>;

  constructor(name: string, args: RepositoryFileArgs, opts?: pulumi.CustomResourceOptions);
  constructor(name: string, args: RepositoryFileArgs | RepositoryFileState = {}, opts: pulumi.CustomResourceOptions = {}) {
    super(RepositoryFile.__pulumiType, name, resourceInputs(facts, args, opts), resourceOptions(facts, opts));
  }
}

export interface RepositoryFileArgs {
  authorEmail?: pulumi.Input<string>;
  authorName?: pulumi.Input<string>;
  branch: pulumi.Input<string>;
  commitMessage?: pulumi.Input<string>;
  content: pulumi.Input<string>;
  createCommitMessage?: pulumi.Input<string>;
  deleteCommitMessage?: pulumi.Input<string>;
  encoding: pulumi.Input<string>;
  executeFilemode?: pulumi.Input<boolean>;
  filePath: pulumi.Input<string>;
  overwriteOnCreate?: pulumi.Input<boolean>;
  project: pulumi.Input<string>;
  startBranch?: pulumi.Input<string>;
  updateCommitMessage?: pulumi.Input<string>;
}

export interface RepositoryFileState extends Partial<RepositoryFileArgs> {
  blobId?: pulumi.Input<string>;
  commitId?: pulumi.Input<string>;
  contentSha256?: pulumi.Input<string>;
  fileName?: pulumi.Input<string>;
  lastCommitId?: pulumi.Input<string>;
  ref?: pulumi.Input<string>;
  size?: pulumi.Input<number>;
}
