import type { ArtifactsDefinition, CacheDefinition, JobDefinition, JobEnvironment, Need } from "./records";
import { textList, textValues } from "./selection";

type Data = Readonly<Record<string, unknown>>;

/** A job of the expanded CI file, once for each value of `parallel`. */
export interface FileJob {
  readonly name: string;
  readonly stage: string;
  readonly data: Data;
  /** What `parallel` adds to its variables. */
  readonly variables: Readonly<Record<string, string>>;
}

/** Keys of the file's top level that are no jobs: https://docs.gitlab.com/ci/yaml/ */
const reserved = [
  "after_script", "before_script", "cache", "default", "image", "include", "pages:deploy", "services", "spec", "stages",
  "types", "variables", "workflow",
]; // prettier-ignore

/** The jobs of an expanded file, in its order. */
export function jobsOf(file: Data): FileJob[] {
  const jobs = Object.entries(file).filter(
    ([name, data]) => !reserved.includes(name) && !name.startsWith(".") && typeof data === "object" && data !== null,
  );
  return jobs.flatMap(([name, data]) => parallelJobs(name, data as Data));
}

/** `name 1/3` for a number, `name: [value, …]` for each combination of a matrix. */
function parallelJobs(name: string, data: Data): FileJob[] {
  const stage = typeof data["stage"] === "string" ? data["stage"] : "test";
  const parallel = data["parallel"];
  if (typeof parallel === "number") {
    return Array.from({ length: parallel }, (_, index) => {
      const variables = { CI_NODE_INDEX: String(index + 1), CI_NODE_TOTAL: String(parallel) };
      return { name: `${name} ${String(index + 1)}/${String(parallel)}`, stage, data, variables };
    });
  }
  const matrix = (parallel as Data | undefined)?.["matrix"];
  if (!Array.isArray(matrix)) return [{ name, stage, data, variables: {} }];
  const all = (matrix as Data[]).flatMap(combinations);
  return all.map((values, index) => ({
    name: `${name}: [${Object.values(values).join(", ")}]`,
    stage,
    data,
    variables: { ...values, CI_NODE_INDEX: String(index + 1), CI_NODE_TOTAL: String(all.length) },
  }));
}

function combinations(row: Data): Record<string, string>[] {
  return Object.entries(row).reduce<Record<string, string>[]>(
    (soFar, [name, values]) => soFar.flatMap((one) => textList(values).map((value) => ({ ...one, [name]: value }))),
    [{}],
  );
}

/** The stages in their order, `.pre` and `.post` around them. */
export function stagesOf(file: Data): string[] {
  const named = textList(file["stages"] ?? ["build", "test", "deploy"]);
  return [".pre", ...named.filter((stage) => stage !== ".pre" && stage !== ".post"), ".post"];
}

/** @param needs those of the rule that let the job in, where it has some */
export function definitionOf(
  job: FileJob,
  variables: Readonly<Record<string, string>>,
  needs?: unknown,
): JobDefinition {
  const { data } = job;
  const image = data["image"];
  return {
    before_script: textList(data["before_script"] ?? []),
    script: textList(data["script"] ?? []),
    after_script: textList(data["after_script"] ?? []),
    variables,
    image: typeof image === "object" && image !== null ? String((image as Data)["name"]) : null,
    needs: needsOf(needs ?? data["needs"]),
    dependencies: data["dependencies"] === undefined ? null : textList(data["dependencies"]),
    artifacts: artifactsOf(data["artifacts"] as Data | undefined),
    caches: [data["cache"]].flat().flatMap(cacheOf),
    resource_group: typeof data["resource_group"] === "string" ? data["resource_group"] : null,
    interruptible: data["interruptible"] === true,
    retry: retryOf(data["retry"]),
    ...retryWhen(data["retry"]),
    tags: textList(data["tags"] ?? []),
  };
}

function needsOf(value: unknown): Need[] | null {
  if (!Array.isArray(value)) return null;
  return value.flatMap((need: unknown) => {
    const { job, artifacts, optional, project, pipeline } = (typeof need === "string" ? { job: need } : need) as Data;
    if (typeof job !== "string" || project !== undefined || pipeline !== undefined) return [];
    return [{ job, artifacts: artifacts !== false, optional: optional === true }];
  });
}

function artifactsOf(data: Data | undefined): ArtifactsDefinition | null {
  if (data === undefined) return null;
  const when = (["on_failure", "always"] as const).find((one) => one === data["when"]) ?? "on_success";
  const reports = (data["reports"] ?? {}) as Data;
  return {
    paths: textList(data["paths"] ?? []),
    exclude: textList(data["exclude"] ?? []),
    untracked: data["untracked"] === true,
    when,
    dotenv: textList(reports["dotenv"] ?? []),
  };
}

/** A key by files is one key for all. */
function cacheOf(value: unknown): CacheDefinition[] {
  const { key, paths, policy, when } = (value ?? {}) as Data;
  if (paths === undefined) return [];
  return [
    {
      key: typeof key === "string" ? key : "default",
      paths: textList(paths),
      policy: (["pull", "push"] as const).find((one) => one === policy) ?? "pull-push",
      when: (["on_failure", "always"] as const).find((one) => one === when) ?? "on_success",
    },
  ];
}

function retryOf(value: unknown): number {
  const most: unknown = typeof value === "object" && value !== null ? (value as Data)["max"] : value;
  return typeof most === "number" ? most : 0;
}

function retryWhen(value: unknown): Pick<JobDefinition, "retry_when"> {
  const reasons = textList((value as Data | undefined)?.["when"]);
  return reasons.length === 0 || reasons.includes("always") ? {} : { retry_when: reasons };
}

const actions = ["start", "prepare", "stop", "verify", "access"] as const;

/** @param expand puts the job's variables in */
export function environmentOf(value: unknown, expand: (text: string) => string): JobEnvironment | null {
  const data = (typeof value === "string" ? { name: value } : (value ?? {})) as Data;
  if (typeof data["name"] !== "string") return null;
  const name = expand(data["name"]);
  const url = typeof data["url"] === "string" ? expand(data["url"]) : null;
  const action = actions.find((one) => one === data["action"]) ?? "start";
  const tier = typeof data["deployment_tier"] === "string" ? { tier: data["deployment_tier"] } : {};
  return name === "" ? null : { name, action, url, ...tier };
}

/**
 * Values of the file's `variables`, as far as the job inherits them, below those of a rule of `workflow`, below the job's
 * own.
 */
export function yamlVariables(
  file: Data,
  job: FileJob,
  workflow: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const inherits = ((job.data["inherit"] ?? {}) as Data)["variables"];
  const all = Object.entries(textValues(file["variables"]));
  const inherited = all.filter(([name]) => (Array.isArray(inherits) ? inherits.includes(name) : inherits !== false));
  return { ...Object.fromEntries(inherited), ...workflow, ...textValues(job.data["variables"]), ...job.variables };
}
