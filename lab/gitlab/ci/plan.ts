import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, parseAllDocuments } from "yaml";
import { definitionOf, environmentOf, type FileJob, jobsOf, stagesOf, yamlVariables } from "./ci-file";
import { expand, expandAll } from "./expand";
import { type GitLabCiLocal, runTool } from "./gitlab-ci-local";
import type { JobDefinition, JobEnvironment, When } from "./records";
import {
  allowFailure,
  byRules,
  type Condition,
  type RefKind,
  type Selected,
  selectionOf,
  textValues,
} from "./selection";
import type { Workspace } from "./workspace";
import { toolFaults, yamlFault } from "./yaml-errors";

/** A job that a pipeline will have. */
export interface PlannedJob {
  readonly name: string;
  readonly stage: string;
  readonly when: When;
  readonly allow_failure: boolean | readonly number[];
  readonly definition: JobDefinition;
  readonly environment: JobEnvironment | null;
}

export interface Invalid {
  readonly kind: "invalid";
  readonly errors: readonly string[];
}

export type Plan =
  | {
      readonly kind: "jobs";
      readonly name: string | null;
      readonly stages: readonly string[];
      readonly jobs: readonly PlannedJob[];
      readonly merged: string;
    }
  | Invalid
  /** The file is good, and there is to be no pipeline. */
  | { readonly kind: "filtered"; readonly reason: string };

export interface PlanInput {
  readonly tool: GitLabCiLocal;
  /** Its checkout holds the commit, unless the file includes nothing. */
  readonly workspace: Workspace;
  readonly text: string;
  readonly kind: RefKind;
  /** Whether `origin/main` of the checkout is what `rules:changes` compares with; otherwise every file has changed. */
  readonly comparesChanges: boolean;
  /** What `rules` see beside the CI file's own variables. */
  readonly variables: {
    readonly predefined: Readonly<Record<string, string>>;
    readonly given: Readonly<Record<string, string>>;
  };
  readonly signal: AbortSignal;
}

type Data = Readonly<Record<string, unknown>>;

const byWorkflow = "Pipeline filtered out by workflow rules.";
const withoutJobs =
  "Pipeline will not run for the selected trigger. The rules configuration prevented any jobs from being added to the pipeline.";

/**
 * What a CI file comes to. gitlab-ci-local reads it, with includes, extends and references, and evaluates the conditions
 * of its rules; which job is let in, and how, follows here by GitLab's rules.
 */
export async function planPipeline(input: PlanInput): Promise<Plan> {
  const fault = yamlFault(input.text);
  if (fault !== undefined) return { kind: "invalid", errors: [fault] };
  writeFileSync(join(input.workspace.state, "ci.yml"), input.text);
  const args = ["--preview", "--file", "../state/ci.yml"];
  const { predefined, given } = input.variables;
  const shown = await runTool(input.tool, input.workspace, args, { ...predefined, ...given }, { signal: input.signal });
  if (shown.code !== 0) return { kind: "invalid", errors: toolFaults(shown.stderr) };
  const merged = shown.stdout.slice(shown.stdout.indexOf("---\n"));
  const file = parse(merged, { maxAliasCount: -1 }) as Data;
  const defaults = furtherDefaults(input.text);
  const jobs = jobsOf(file).map((job) => ({ ...job, data: { ...defaults, ...job.data } }));
  if (jobs.length === 0) return { kind: "invalid", errors: ["jobs config should contain at least one visible job"] };
  const workflow = workflowOf(file);
  const plain = jobs.map((job) => ({
    job,
    variables: yamlVariables(file, job),
    selection: selectionOf(job.data, input.kind),
  }));
  const asked = [
    ...workflow.conditions.map((condition) => ({ condition, variables: {} })),
    ...plain.flatMap(({ selection, variables }) => selection.conditions.map((condition) => ({ condition, variables }))),
  ];
  const results = await evaluate(input, file, asked);
  if (!Array.isArray(results)) return results;
  const flow = workflow.decide(results.splice(0, workflow.conditions.length));
  if (flow === undefined) return { kind: "filtered", reason: byWorkflow };
  const planned = plain.flatMap(({ job, selection }) => {
    const selected = selection.decide(results.splice(0, selection.conditions.length));
    return selected === undefined ? [] : [plannedJob(job, yamlVariables(file, job, flow.variables), selected, input)];
  });
  if (planned.length === 0) return { kind: "filtered", reason: withoutJobs };
  const lacking = missingNeed(planned);
  if (lacking !== undefined) return { kind: "invalid", errors: [lacking] };
  const common = { ...predefined, ...textValues(file["variables"]), ...flow.variables, ...given };
  return { kind: "jobs", name: nameOf(file, common), stages: stagesOf(file), jobs: planned, merged };
}

/** The name that `workflow` gives the pipeline, cut to what GitLab keeps; null without one. */
function nameOf(file: Data, variables: Readonly<Record<string, string>>): string | null {
  const name = ((file["workflow"] ?? {}) as Data)["name"];
  const expanded = typeof name === "string" ? expand(name, expandAll(variables)).trim().slice(0, 255) : "";
  return expanded === "" ? null : expanded;
}

/** gitlab-ci-local hands on some keywords of `default` alone; these others are taken from the file itself. */
function furtherDefaults(text: string): Data {
  const [document] = [parseAllDocuments(text, { logLevel: "error" })].flat().slice(-1);
  const { default: common } = ((document as { toJS(): unknown } | undefined)?.toJS() ?? {}) as Data;
  const { retry, interruptible, tags } = (common ?? {}) as Data;
  return Object.fromEntries(Object.entries({ retry, interruptible, tags }).filter(([, value]) => value !== undefined));
}

function workflowOf(file: Data): {
  conditions: readonly Condition[];
  decide(results: readonly boolean[]): Selected | undefined;
} {
  const rules = ((file["workflow"] ?? {}) as Data)["rules"];
  const always: Selected = { when: "always", allow_failure: undefined, variables: {}, needs: undefined };
  return Array.isArray(rules) ? byRules(rules, "always") : { conditions: [], decide: () => always };
}

interface Asked {
  readonly condition: Condition;
  readonly variables: Readonly<Record<string, string>>;
}

/** Has each condition evaluated as the only rule of a job made for it. */
async function evaluate(input: PlanInput, file: Data, asked: readonly Asked[]): Promise<boolean[] | Invalid> {
  const open = asked.filter(({ condition }) => Object.keys(condition).length > 0);
  if (open.length === 0) return asked.map(() => true);
  const jobs = open.map(({ condition, variables }, index) => {
    const rules = [{ ...condition, when: "always" }];
    return [`condition ${String(index)}`, { stage: "test", script: [":"], variables, rules }];
  });
  const conditions = { stages: ["test"], variables: file["variables"] ?? {}, ...Object.fromEntries(jobs) };
  writeFileSync(join(input.workspace.state, "conditions.yml"), JSON.stringify(conditions));
  const args = ["--list-json", "--json-schema-validation=false", "--file", "../state/conditions.yml"];
  if (!input.comparesChanges) args.push("--evaluate-rule-changes=false");
  const { predefined, given } = input.variables;
  const run = await runTool(input.tool, input.workspace, args, { ...predefined, ...given }, { signal: input.signal });
  if (run.code !== 0) return { kind: "invalid", errors: toolFaults(run.stderr) };
  // Warnings come before the list.
  const listed = JSON.parse(run.stdout.slice(run.stdout.search(/^\[$/m))) as { readonly when: string }[];
  const held = listed.map(({ when }) => when === "always");
  return asked.map(({ condition }) => Object.keys(condition).length === 0 || held.shift() === true);
}

function plannedJob(
  job: FileJob,
  yaml: Readonly<Record<string, string>>,
  selected: Selected,
  input: PlanInput,
): PlannedJob {
  const { predefined, given } = input.variables;
  const variables = { ...yaml, ...selected.variables };
  const expanded = expandAll({ ...predefined, ...variables, ...given });
  const tolerated = selected.allow_failure ?? allowFailure(job.data["allow_failure"]);
  const definition = definitionOf(job, variables, selected.needs);
  const group = definition.resource_group;
  return {
    name: job.name,
    stage: job.stage,
    when: selected.when,
    // Nobody has to play a manual job, unless `rules` made it manual.
    allow_failure: tolerated ?? (selected.when === "manual" && !Array.isArray(job.data["rules"])),
    definition: { ...definition, resource_group: group === null ? null : expand(group, expanded) },
    environment: environmentOf(job.data["environment"], (text) => expand(text, expanded)),
  };
}

/** A need of a job that the pipeline does not have. */
function missingNeed(jobs: readonly PlannedJob[]): string | undefined {
  const names = new Set(jobs.flatMap(({ name }) => [name, baseName(name)]));
  for (const { name, definition } of jobs) {
    const need = definition.needs?.find(({ job, optional }) => !optional && !names.has(job));
    if (need !== undefined)
      return `'${name}' job needs '${need.job}' job, but '${need.job}' does not exist in the pipeline`;
  }
  return undefined;
}

/** The name that a job has in the file, before `parallel` made several of it. */
export function baseName(name: string): string {
  return name.replace(/(: \[.*\]| \d+\/\d+)$/, "");
}
