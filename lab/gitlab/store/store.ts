import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Environment, Job, Pipeline, ProtectedEnvironment, Schedule, Trigger } from "../ci/records";
import type { CommitStatus } from "./commit-statuses";
import type { MergeRequest, MergeRequestVersion, Note } from "./merge-requests";
import type { CustomAttribute } from "./attributes";
import type { DeployKey, DeployToken } from "./deploy";
import type { Hook, HookDelivery } from "./hooks";
import type { InstanceSettings, PushActivity } from "./instance";
import type { AccessToken, Member, User } from "./people";
import type { Group, Project, Redirect } from "./places";
import type { ProtectedBranch, ProtectedTag } from "./protection";
import { type Identified, Table } from "./table";
import type { Variable } from "./variables";

/** All state of the double but the repositories: one file for each kind of record in a folder of mode 0700. */
export class Store {
  readonly users: Table<User>;
  readonly members: Table<Member>;
  readonly accessTokens: Table<AccessToken>;
  readonly groups: Table<Group>;
  readonly projects: Table<Project>;
  readonly redirects: Table<Redirect>;
  readonly customAttributes: Table<CustomAttribute>;
  readonly variables: Table<Variable>;
  readonly deployTokens: Table<DeployToken>;
  readonly deployKeys: Table<DeployKey>;
  readonly hooks: Table<Hook>;
  readonly hookDeliveries: Table<HookDelivery>;
  readonly pushActivities: Table<PushActivity>;
  readonly instanceSettings: Table<InstanceSettings>;
  readonly pipelines: Table<Pipeline>;
  readonly jobs: Table<Job>;
  readonly triggers: Table<Trigger>;
  readonly schedules: Table<Schedule>;
  readonly environments: Table<Environment>;
  readonly protectedEnvironments: Table<ProtectedEnvironment>;
  readonly mergeRequests: Table<MergeRequest>;
  readonly mergeRequestVersions: Table<MergeRequestVersion>;
  readonly notes: Table<Note>;
  readonly commitStatuses: Table<CommitStatus>;
  readonly protectedBranches: Table<ProtectedBranch>;
  readonly protectedTags: Table<ProtectedTag>;

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const table = <T extends Identified>(name: string): Table<T> => new Table<T>(join(folder, `${name}.json`));
    this.users = table("users");
    this.members = table("members");
    this.accessTokens = table("access-tokens");
    this.groups = table("groups");
    this.projects = table("projects");
    this.redirects = table("redirects");
    this.customAttributes = table("custom-attributes");
    this.variables = table("variables");
    this.deployTokens = table("deploy-tokens");
    this.deployKeys = table("deploy-keys");
    this.hooks = table("hooks");
    this.hookDeliveries = table("hook-deliveries");
    this.pushActivities = table("push-activities");
    this.instanceSettings = table("instance-settings");
    this.pipelines = table("pipelines");
    this.jobs = table("jobs");
    this.triggers = table("triggers");
    this.schedules = table("schedules");
    this.environments = table("environments");
    this.protectedEnvironments = table("protected-environments");
    this.mergeRequests = table("merge-requests");
    this.mergeRequestVersions = table("merge-request-versions");
    this.notes = table("notes");
    this.commitStatuses = table("commit-statuses");
    this.protectedBranches = table("protected-branches");
    this.protectedTags = table("protected-tags");
  }
}
