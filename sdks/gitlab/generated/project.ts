// Generated from the schema by `npm run sdk`. Change the generator, not this file.
import * as pulumi from "@pulumi/pulumi";
import { hasType, type ResourceFacts, resourceInputs, resourceOptions } from "../resource";
import type * as inputs from "./types/input";
import type * as outputs from "./types/output";

const facts: ResourceFacts = {
  inputs: [
    "allowMergeOnSkippedPipeline", "allowPipelineTriggerApproveDeployment", "analyticsAccessLevel", "archiveOnDestroy",
    "archived", "autoCancelPendingPipelines", "autoDevopsDeployStrategy", "autoDevopsEnabled",
    "autoDuoCodeReviewEnabled", "autocloseReferencedIssues", "avatar", "avatarHash", "branches", "buildGitStrategy",
    "buildTimeout", "buildsAccessLevel", "ciConfigPath", "ciDefaultGitDepth", "ciDeletePipelinesInSeconds",
    "ciDisplayPipelineVariables", "ciForwardDeploymentEnabled", "ciForwardDeploymentRollbackAllowed",
    "ciIdTokenSubClaimComponents", "ciPipelineVariablesMinimumOverrideRole", "ciPushRepositoryForJobTokenAllowed",
    "ciRestrictPipelineCancellationRole", "ciSeparatedCaches", "containerExpirationPolicy",
    "containerRegistryAccessLevel", "defaultBranch", "description", "emailsEnabled", "environmentsAccessLevel",
    "externalAuthorizationClassificationLabel", "featureFlagsAccessLevel", "forkedFromProjectId", "forkingAccessLevel",
    "groupRunnersEnabled", "groupWithProjectTemplatesId", "importUrl", "importUrlPassword", "importUrlUsername",
    "infrastructureAccessLevel", "initializeWithReadme", "issueBranchTemplate", "issuesAccessLevel", "issuesTemplate",
    "keepLatestArtifact", "lfsEnabled", "maxArtifactsSize", "mergeCommitTemplate", "mergeMethod",
    "mergePipelinesEnabled", "mergeRequestTitleRegex", "mergeRequestTitleRegexDescription", "mergeRequestsAccessLevel",
    "mergeRequestsTemplate", "mergeTrainsEnabled", "mergeTrainsSkipTrainAllowed", "modelExperimentsAccessLevel",
    "modelRegistryAccessLevel", "monitorAccessLevel", "mrDefaultTargetSelf", "name", "namespaceId",
    "onlyAllowMergeIfAllDiscussionsAreResolved", "onlyAllowMergeIfPipelineSucceeds", "packageRegistryAccessLevel",
    "packagesEnabled", "pagesAccessLevel", "path", "permanentlyDeleteOnDestroy", "preReceiveSecretDetectionEnabled",
    "preventMergeWithoutJiraIssue", "printingMergeRequestLinkEnabled", "protectMergeRequestPipelines", "publicBuilds",
    "publicJobs", "pushRules", "releasesAccessLevel", "removeSourceBranchAfterMerge", "repositoryAccessLevel",
    "repositoryStorage", "requestAccessEnabled", "requirementsAccessLevel", "resolveOutdatedDiffDiscussions",
    "resourceGroupDefaultProcessMode", "securityAndComplianceAccessLevel", "sharedRunnersEnabled",
    "skipWaitForDefaultBranchProtection", "snippetsAccessLevel", "squashCommitTemplate", "squashOption",
    "suggestionCommitMessage", "templateName", "templateProjectId", "topics", "useCustomTemplate", "visibilityLevel",
    "wikiAccessLevel",
  ],
  required: [],
  computed: [
    "avatarUrl", "emptyRepo", "httpUrlToRepo", "pathWithNamespace", "runnersToken", "sshUrlToRepo", "webUrl",
  ],
  secretInputs: ["importUrlPassword"],
  secretOutputs: ["importUrlPassword", "runnersToken"],
};

export class Project extends pulumi.CustomResource {
  /** @internal */
  static readonly __pulumiType = "gitlab:index/project:Project";

  /** An existing resource by its provider id, with what else is known of it. */
  static get(
    name: string,
    id: pulumi.Input<pulumi.ID>,
    state?: ProjectState,
    opts?: pulumi.CustomResourceOptions,
  ): Project {
    return new Project(name, state as ProjectArgs, { ...opts, id });
  }

  static override isInstance(value: unknown): value is Project {
    return hasType(value, Project.__pulumiType);
  }

  declare readonly allowMergeOnSkippedPipeline: pulumi.Output<boolean>;
  declare readonly allowPipelineTriggerApproveDeployment: pulumi.Output<boolean>;
  declare readonly analyticsAccessLevel: pulumi.Output<string>;
  declare readonly archiveOnDestroy: pulumi.Output<boolean | undefined>;
  declare readonly archived: pulumi.Output<boolean | undefined>;
  declare readonly autoCancelPendingPipelines: pulumi.Output<string>;
  declare readonly autoDevopsDeployStrategy: pulumi.Output<string>;
  declare readonly autoDevopsEnabled: pulumi.Output<boolean>;
  declare readonly autoDuoCodeReviewEnabled: pulumi.Output<boolean>;
  declare readonly autocloseReferencedIssues: pulumi.Output<boolean>;
  declare readonly avatar: pulumi.Output<string | undefined>;
  declare readonly avatarHash: pulumi.Output<string>;
  declare readonly avatarUrl: pulumi.Output<string>;
  declare readonly branches: pulumi.Output<string | undefined>;
  declare readonly buildGitStrategy: pulumi.Output<string>;
  declare readonly buildTimeout: pulumi.Output<number>;
  declare readonly buildsAccessLevel: pulumi.Output<string>;
  declare readonly ciConfigPath: pulumi.Output<string | undefined>;
  declare readonly ciDefaultGitDepth: pulumi.Output<number>;
  declare readonly ciDeletePipelinesInSeconds: pulumi.Output<number>;
  declare readonly ciDisplayPipelineVariables: pulumi.Output<boolean>;
  declare readonly ciForwardDeploymentEnabled: pulumi.Output<boolean>;
  declare readonly ciForwardDeploymentRollbackAllowed: pulumi.Output<boolean>;
  declare readonly ciIdTokenSubClaimComponents: pulumi.Output<string[]>;
  declare readonly ciPipelineVariablesMinimumOverrideRole: pulumi.Output<string>;
  declare readonly ciPushRepositoryForJobTokenAllowed: pulumi.Output<boolean>;
  declare readonly ciRestrictPipelineCancellationRole: pulumi.Output<string>;
  declare readonly ciSeparatedCaches: pulumi.Output<boolean>;
  declare readonly containerExpirationPolicy: pulumi.Output<outputs.ProjectContainerExpirationPolicy>;
  declare readonly containerRegistryAccessLevel: pulumi.Output<string>;
  declare readonly defaultBranch: pulumi.Output<string>;
  declare readonly description: pulumi.Output<string | undefined>;
  declare readonly emailsEnabled: pulumi.Output<boolean>;
  declare readonly emptyRepo: pulumi.Output<boolean>;
  declare readonly environmentsAccessLevel: pulumi.Output<string>;
  declare readonly externalAuthorizationClassificationLabel: pulumi.Output<string | undefined>;
  declare readonly featureFlagsAccessLevel: pulumi.Output<string>;
  declare readonly forkedFromProjectId: pulumi.Output<number | undefined>;
  declare readonly forkingAccessLevel: pulumi.Output<string>;
  declare readonly groupRunnersEnabled: pulumi.Output<boolean>;
  declare readonly groupWithProjectTemplatesId: pulumi.Output<number | undefined>;
  declare readonly httpUrlToRepo: pulumi.Output<string>;
  declare readonly importUrl: pulumi.Output<string>;
  declare readonly importUrlPassword: pulumi.Output<string | undefined>;
  declare readonly importUrlUsername: pulumi.Output<string | undefined>;
  declare readonly infrastructureAccessLevel: pulumi.Output<string>;
  declare readonly initializeWithReadme: pulumi.Output<boolean | undefined>;
  declare readonly issueBranchTemplate: pulumi.Output<string | undefined>;
  declare readonly issuesAccessLevel: pulumi.Output<string>;
  declare readonly issuesTemplate: pulumi.Output<string | undefined>;
  declare readonly keepLatestArtifact: pulumi.Output<boolean>;
  declare readonly lfsEnabled: pulumi.Output<boolean>;
  declare readonly maxArtifactsSize: pulumi.Output<number>;
  declare readonly mergeCommitTemplate: pulumi.Output<string | undefined>;
  declare readonly mergeMethod: pulumi.Output<string>;
  declare readonly mergePipelinesEnabled: pulumi.Output<boolean>;
  declare readonly mergeRequestTitleRegex: pulumi.Output<string>;
  declare readonly mergeRequestTitleRegexDescription: pulumi.Output<string>;
  declare readonly mergeRequestsAccessLevel: pulumi.Output<string>;
  declare readonly mergeRequestsTemplate: pulumi.Output<string | undefined>;
  declare readonly mergeTrainsEnabled: pulumi.Output<boolean>;
  declare readonly mergeTrainsSkipTrainAllowed: pulumi.Output<boolean>;
  declare readonly modelExperimentsAccessLevel: pulumi.Output<string>;
  declare readonly modelRegistryAccessLevel: pulumi.Output<string>;
  declare readonly monitorAccessLevel: pulumi.Output<string>;
  declare readonly mrDefaultTargetSelf: pulumi.Output<boolean | undefined>;
  declare readonly name: pulumi.Output<string>;
  declare readonly namespaceId: pulumi.Output<number>;
  declare readonly onlyAllowMergeIfAllDiscussionsAreResolved: pulumi.Output<boolean>;
  declare readonly onlyAllowMergeIfPipelineSucceeds: pulumi.Output<boolean>;
  declare readonly packageRegistryAccessLevel: pulumi.Output<string>;
  declare readonly packagesEnabled: pulumi.Output<boolean>;
  declare readonly pagesAccessLevel: pulumi.Output<string>;
  declare readonly path: pulumi.Output<string | undefined>;
  declare readonly pathWithNamespace: pulumi.Output<string>;
  declare readonly permanentlyDeleteOnDestroy: pulumi.Output<boolean | undefined>;
  declare readonly preReceiveSecretDetectionEnabled: pulumi.Output<boolean>;
  declare readonly preventMergeWithoutJiraIssue: pulumi.Output<boolean>;
  declare readonly printingMergeRequestLinkEnabled: pulumi.Output<boolean>;
  declare readonly protectMergeRequestPipelines: pulumi.Output<boolean>;
  /** @deprecated GitLab has replaced it. */
  declare readonly publicBuilds: pulumi.Output<boolean>;
  declare readonly publicJobs: pulumi.Output<boolean>;
  declare readonly pushRules: pulumi.Output<outputs.ProjectPushRules>;
  declare readonly releasesAccessLevel: pulumi.Output<string>;
  declare readonly removeSourceBranchAfterMerge: pulumi.Output<boolean>;
  declare readonly repositoryAccessLevel: pulumi.Output<string>;
  declare readonly repositoryStorage: pulumi.Output<string>;
  declare readonly requestAccessEnabled: pulumi.Output<boolean>;
  declare readonly requirementsAccessLevel: pulumi.Output<string>;
  declare readonly resolveOutdatedDiffDiscussions: pulumi.Output<boolean | undefined>;
  declare readonly resourceGroupDefaultProcessMode: pulumi.Output<string>;
  declare readonly runnersToken: pulumi.Output<string>;
  declare readonly securityAndComplianceAccessLevel: pulumi.Output<string>;
  declare readonly sharedRunnersEnabled: pulumi.Output<boolean>;
  declare readonly skipWaitForDefaultBranchProtection: pulumi.Output<boolean | undefined>;
  declare readonly snippetsAccessLevel: pulumi.Output<string>;
  declare readonly squashCommitTemplate: pulumi.Output<string | undefined>;
  declare readonly squashOption: pulumi.Output<string>;
  declare readonly sshUrlToRepo: pulumi.Output<string>;
  declare readonly suggestionCommitMessage: pulumi.Output<string | undefined>;
  declare readonly templateName: pulumi.Output<string | undefined>;
  declare readonly templateProjectId: pulumi.Output<number | undefined>;
  declare readonly topics: pulumi.Output<string[]>;
  declare readonly useCustomTemplate: pulumi.Output<boolean | undefined>;
  declare readonly visibilityLevel: pulumi.Output<string>;
  declare readonly webUrl: pulumi.Output<string>;
  declare readonly wikiAccessLevel: pulumi.Output<string>;

  constructor(name: string, args?: ProjectArgs, opts?: pulumi.CustomResourceOptions);
  constructor(name: string, args: ProjectArgs | ProjectState = {}, opts: pulumi.CustomResourceOptions = {}) {
    super(Project.__pulumiType, name, resourceInputs(facts, args, opts), resourceOptions(facts, opts));
  }
}

export interface ProjectArgs {
  allowMergeOnSkippedPipeline?: pulumi.Input<boolean>;
  allowPipelineTriggerApproveDeployment?: pulumi.Input<boolean>;
  analyticsAccessLevel?: pulumi.Input<string>;
  archiveOnDestroy?: pulumi.Input<boolean>;
  archived?: pulumi.Input<boolean>;
  autoCancelPendingPipelines?: pulumi.Input<string>;
  autoDevopsDeployStrategy?: pulumi.Input<string>;
  autoDevopsEnabled?: pulumi.Input<boolean>;
  autoDuoCodeReviewEnabled?: pulumi.Input<boolean>;
  autocloseReferencedIssues?: pulumi.Input<boolean>;
  avatar?: pulumi.Input<string>;
  avatarHash?: pulumi.Input<string>;
  branches?: pulumi.Input<string>;
  buildGitStrategy?: pulumi.Input<string>;
  buildTimeout?: pulumi.Input<number>;
  buildsAccessLevel?: pulumi.Input<string>;
  ciConfigPath?: pulumi.Input<string>;
  ciDefaultGitDepth?: pulumi.Input<number>;
  ciDeletePipelinesInSeconds?: pulumi.Input<number>;
  ciDisplayPipelineVariables?: pulumi.Input<boolean>;
  ciForwardDeploymentEnabled?: pulumi.Input<boolean>;
  ciForwardDeploymentRollbackAllowed?: pulumi.Input<boolean>;
  ciIdTokenSubClaimComponents?: pulumi.Input<pulumi.Input<string>[]>;
  ciPipelineVariablesMinimumOverrideRole?: pulumi.Input<string>;
  ciPushRepositoryForJobTokenAllowed?: pulumi.Input<boolean>;
  ciRestrictPipelineCancellationRole?: pulumi.Input<string>;
  ciSeparatedCaches?: pulumi.Input<boolean>;
  containerExpirationPolicy?: pulumi.Input<inputs.ProjectContainerExpirationPolicy>;
  containerRegistryAccessLevel?: pulumi.Input<string>;
  defaultBranch?: pulumi.Input<string>;
  description?: pulumi.Input<string>;
  emailsEnabled?: pulumi.Input<boolean>;
  environmentsAccessLevel?: pulumi.Input<string>;
  externalAuthorizationClassificationLabel?: pulumi.Input<string>;
  featureFlagsAccessLevel?: pulumi.Input<string>;
  forkedFromProjectId?: pulumi.Input<number>;
  forkingAccessLevel?: pulumi.Input<string>;
  groupRunnersEnabled?: pulumi.Input<boolean>;
  groupWithProjectTemplatesId?: pulumi.Input<number>;
  importUrl?: pulumi.Input<string>;
  importUrlPassword?: pulumi.Input<string>;
  importUrlUsername?: pulumi.Input<string>;
  infrastructureAccessLevel?: pulumi.Input<string>;
  initializeWithReadme?: pulumi.Input<boolean>;
  issueBranchTemplate?: pulumi.Input<string>;
  issuesAccessLevel?: pulumi.Input<string>;
  issuesTemplate?: pulumi.Input<string>;
  keepLatestArtifact?: pulumi.Input<boolean>;
  lfsEnabled?: pulumi.Input<boolean>;
  maxArtifactsSize?: pulumi.Input<number>;
  mergeCommitTemplate?: pulumi.Input<string>;
  mergeMethod?: pulumi.Input<string>;
  mergePipelinesEnabled?: pulumi.Input<boolean>;
  mergeRequestTitleRegex?: pulumi.Input<string>;
  mergeRequestTitleRegexDescription?: pulumi.Input<string>;
  mergeRequestsAccessLevel?: pulumi.Input<string>;
  mergeRequestsTemplate?: pulumi.Input<string>;
  mergeTrainsEnabled?: pulumi.Input<boolean>;
  mergeTrainsSkipTrainAllowed?: pulumi.Input<boolean>;
  modelExperimentsAccessLevel?: pulumi.Input<string>;
  modelRegistryAccessLevel?: pulumi.Input<string>;
  monitorAccessLevel?: pulumi.Input<string>;
  mrDefaultTargetSelf?: pulumi.Input<boolean>;
  name?: pulumi.Input<string>;
  namespaceId?: pulumi.Input<number>;
  onlyAllowMergeIfAllDiscussionsAreResolved?: pulumi.Input<boolean>;
  onlyAllowMergeIfPipelineSucceeds?: pulumi.Input<boolean>;
  packageRegistryAccessLevel?: pulumi.Input<string>;
  packagesEnabled?: pulumi.Input<boolean>;
  pagesAccessLevel?: pulumi.Input<string>;
  path?: pulumi.Input<string>;
  permanentlyDeleteOnDestroy?: pulumi.Input<boolean>;
  preReceiveSecretDetectionEnabled?: pulumi.Input<boolean>;
  preventMergeWithoutJiraIssue?: pulumi.Input<boolean>;
  printingMergeRequestLinkEnabled?: pulumi.Input<boolean>;
  protectMergeRequestPipelines?: pulumi.Input<boolean>;
  /** @deprecated GitLab has replaced it. */
  publicBuilds?: pulumi.Input<boolean>;
  publicJobs?: pulumi.Input<boolean>;
  pushRules?: pulumi.Input<inputs.ProjectPushRules>;
  releasesAccessLevel?: pulumi.Input<string>;
  removeSourceBranchAfterMerge?: pulumi.Input<boolean>;
  repositoryAccessLevel?: pulumi.Input<string>;
  repositoryStorage?: pulumi.Input<string>;
  requestAccessEnabled?: pulumi.Input<boolean>;
  requirementsAccessLevel?: pulumi.Input<string>;
  resolveOutdatedDiffDiscussions?: pulumi.Input<boolean>;
  resourceGroupDefaultProcessMode?: pulumi.Input<string>;
  securityAndComplianceAccessLevel?: pulumi.Input<string>;
  sharedRunnersEnabled?: pulumi.Input<boolean>;
  skipWaitForDefaultBranchProtection?: pulumi.Input<boolean>;
  snippetsAccessLevel?: pulumi.Input<string>;
  squashCommitTemplate?: pulumi.Input<string>;
  squashOption?: pulumi.Input<string>;
  suggestionCommitMessage?: pulumi.Input<string>;
  templateName?: pulumi.Input<string>;
  templateProjectId?: pulumi.Input<number>;
  topics?: pulumi.Input<pulumi.Input<string>[]>;
  useCustomTemplate?: pulumi.Input<boolean>;
  visibilityLevel?: pulumi.Input<string>;
  wikiAccessLevel?: pulumi.Input<string>;
}

export interface ProjectState extends Partial<ProjectArgs> {
  avatarUrl?: pulumi.Input<string>;
  emptyRepo?: pulumi.Input<boolean>;
  httpUrlToRepo?: pulumi.Input<string>;
  pathWithNamespace?: pulumi.Input<string>;
  runnersToken?: pulumi.Input<string>;
  sshUrlToRepo?: pulumi.Input<string>;
  webUrl?: pulumi.Input<string>;
}
