import { flag, hash, integer, list, nullable, oneOf, text, type Parameter } from "../http/validate";

/**
 * A setting that GitLab keeps and tells again, and that does nothing in the double unless an area reads it.
 * `initial` is what a new group or project has.
 */
interface Setting {
  readonly parameter: Parameter<unknown>;
  readonly initial: unknown;
}

const access = oneOf("disabled", "private", "enabled", "public");
const on: Setting = { parameter: flag, initial: true };
const off: Setting = { parameter: flag, initial: false };
const unset = (parameter: Parameter<unknown>): Setting => ({ parameter: nullable(parameter), initial: null });
const level = (initial: string): Setting => ({ parameter: access, initial });

/** https://docs.gitlab.com/api/groups/#create-a-group */
export const groupSettings: Readonly<Record<string, Setting>> = {
  share_with_group_lock: off,
  require_two_factor_authentication: off,
  two_factor_grace_period: { parameter: integer, initial: 48 },
  project_creation_level: {
    parameter: oneOf("noone", "owner", "maintainer", "developer", "administrator"),
    initial: "developer",
  },
  auto_devops_enabled: unset(flag),
  subgroup_creation_level: { parameter: oneOf("owner", "maintainer"), initial: "maintainer" },
  emails_disabled: off,
  emails_enabled: on,
  show_diff_preview_in_email: on,
  mentions_disabled: unset(flag),
  lfs_enabled: on,
  archived: off,
  math_rendering_limits_enabled: on,
  lock_math_rendering_limits_enabled: off,
  default_branch: unset(text),
  default_branch_protection: { parameter: integer, initial: 2 },
  default_branch_protection_defaults: {
    parameter: hash,
    initial: {
      allowed_to_push: [{ access_level: 40 }],
      allow_force_push: false,
      allowed_to_merge: [{ access_level: 40 }],
      developer_can_initial_push: false,
    },
  },
  request_access_enabled: on,
  shared_runners_setting: {
    parameter: oneOf("enabled", "disabled_and_overridable", "disabled_and_unoverridable", "disabled_with_override"),
    initial: "enabled",
  },
  max_artifacts_size: unset(integer),
  wiki_access_level: level("enabled"),
};

/** https://docs.gitlab.com/api/projects/#create-a-project */
export const projectSettings: Readonly<Record<string, Setting>> = {
  topics: { parameter: list(text), initial: [] },
  container_registry_access_level: level("enabled"),
  issues_access_level: level("enabled"),
  repository_access_level: level("enabled"),
  merge_requests_access_level: level("enabled"),
  forking_access_level: level("enabled"),
  wiki_access_level: level("enabled"),
  builds_access_level: level("enabled"),
  snippets_access_level: level("enabled"),
  pages_access_level: level("private"),
  analytics_access_level: level("enabled"),
  releases_access_level: level("enabled"),
  environments_access_level: level("enabled"),
  feature_flags_access_level: level("enabled"),
  infrastructure_access_level: level("enabled"),
  monitor_access_level: level("enabled"),
  model_experiments_access_level: level("enabled"),
  model_registry_access_level: level("enabled"),
  security_and_compliance_access_level: level("private"),
  issues_enabled: on,
  merge_requests_enabled: on,
  wiki_enabled: on,
  jobs_enabled: on,
  snippets_enabled: on,
  container_registry_enabled: on,
  packages_enabled: on,
  service_desk_enabled: off,
  emails_disabled: off,
  emails_enabled: on,
  lfs_enabled: on,
  request_access_enabled: on,
  shared_runners_enabled: on,
  group_runners_enabled: on,
  public_jobs: on,
  ci_default_git_depth: { parameter: nullable(integer), initial: 20 },
  ci_forward_deployment_enabled: on,
  ci_forward_deployment_rollback_allowed: on,
  ci_allow_fork_pipelines_to_run_in_parent_project: on,
  ci_separated_caches: on,
  ci_job_token_scope_enabled: off,
  ci_push_repository_for_job_token_allowed: off,
  ci_pipeline_variables_minimum_override_role: {
    parameter: oneOf("no_one_allowed", "developer", "maintainer", "owner"),
    initial: "developer",
  },
  ci_restrict_pipeline_cancellation_role: {
    parameter: oneOf("developer", "maintainer", "no_one"),
    initial: "developer",
  },
  restrict_user_defined_variables: off,
  build_git_strategy: { parameter: oneOf("fetch", "clone"), initial: "fetch" },
  build_timeout: { parameter: integer, initial: 3600 },
  auto_cancel_pending_pipelines: { parameter: oneOf("enabled", "disabled"), initial: "enabled" },
  auto_devops_enabled: off,
  auto_devops_deploy_strategy: { parameter: oneOf("continuous", "manual", "timed_incremental"), initial: "continuous" },
  keep_latest_artifact: on,
  runner_token_expiration_interval: unset(integer),
  allow_merge_on_skipped_pipeline: unset(flag),
  only_allow_merge_if_pipeline_succeeds: off,
  only_allow_merge_if_all_discussions_are_resolved: off,
  remove_source_branch_after_merge: on,
  printing_merge_request_link_enabled: on,
  resolve_outdated_diff_discussions: off,
  merge_method: { parameter: oneOf("merge", "rebase_merge", "ff"), initial: "merge" },
  merge_request_title_regex: unset(text),
  squash_option: { parameter: oneOf("never", "always", "default_on", "default_off"), initial: "default_off" },
  suggestion_commit_message: unset(text),
  merge_commit_template: unset(text),
  squash_commit_template: unset(text),
  issue_branch_template: unset(text),
  enforce_auth_checks_on_uploads: on,
  warn_about_potentially_unwanted_characters: on,
  autoclose_referenced_issues: on,
  external_authorization_classification_label: unset(text),
};

type Shape = Readonly<Record<string, Parameter<unknown>>>;

/** The parameters of a table of settings, for `validate`. */
export function settingParameters(settings: Readonly<Record<string, Setting>>): Shape {
  return Object.fromEntries(Object.entries(settings).map(([name, { parameter }]) => [name, parameter]));
}

/** What is told of a record's settings: those of its own and the initial ones. */
export function settingValues(
  settings: Readonly<Record<string, Setting>>,
  given: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return Object.fromEntries(Object.entries(settings).map(([name, { initial }]) => [name, given[name] ?? initial]));
}

/** Of a request's parameters those that are settings and were given. */
export function givenSettings(
  settings: Readonly<Record<string, Setting>>,
  asked: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(asked).filter(([name, value]) => Object.hasOwn(settings, name) && value !== undefined),
  );
}
