import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { restoreCaches, saveCaches } from "./cache";
import { parse as parseDotenv } from "./dotenv";
import { expand, expandAll } from "./expand";
import { type GitLabCiLocal, runTool } from "./gitlab-ci-local";
import { masker } from "./masking";
import type { ArtifactsDefinition, Job } from "./records";
import type { JobVariables } from "./variables";
import { checkOut, type Workspace, writeFiles } from "./workspace";

/** Files that a job is given before it starts. */
export interface Delivery {
  readonly from: string;
  /** A folder that holds them by their paths in the project. */
  readonly folder: string;
}

export interface JobRunInput {
  readonly tool: GitLabCiLocal;
  readonly git: string;
  readonly workspace: Workspace;
  readonly repository: string;
  readonly origin: string;
  readonly job: Job;
  readonly sha: string;
  readonly ref: string;
  readonly variables: JobVariables;
  readonly deliveries: readonly Delivery[];
  /** Where its artifacts are to be put. */
  readonly artifacts: string;
  /** Holds the caches of its project. */
  readonly caches: string;
  readonly signal: AbortSignal;
  /** Gets the log, line by line, without what is masked. */
  readonly log: (line: string) => void;
}

export interface JobOutcome {
  readonly status: "success" | "failed";
  readonly failure_reason: string | null;
  readonly exit_code: number | null;
  readonly has_artifacts: boolean;
  readonly dotenv: Readonly<Record<string, string>>;
}

/** The name of the job in the file that the tool is given: what it prints of the job begins with it. */
const name = "job";

/** How many commits a runner fetches unless GIT_DEPTH says otherwise: GitLab's default for new projects. */
const usualDepth = 20;

/** Runs one job in its workspace to its end. An abort kills it; the caller knows why and what it then is. */
export async function runJob(input: JobRunInput): Promise<JobOutcome> {
  const { workspace, job, variables } = input;
  const values = expandAll(variables.values);
  const mask = masker(variables.masked.map((value) => expand(value, values)).concat(variables.masked));
  const log = (line: string): void => {
    input.log(mask(line));
  };
  log("Running with gitlab-ci-local 4.60.0, in the place of gitlab-runner");
  const image = job.definition.image === null ? "" : `; image ${job.definition.image} is left out`;
  log(`Preparing the "shell" executor${image}`);
  writeFiles(workspace, variables.files);
  await fetchSources(input, values, log);
  for (const { from, folder } of input.deliveries) {
    log(`Downloading artifacts for ${from}...`);
    await promisify(execFile)("cp", ["-a", `${folder}/.`, workspace.checkout]);
  }
  const cache = { folder: input.caches, checkout: workspace.checkout, values, log };
  await restoreCaches(job.definition.caches, cache);
  writeFileSync(join(workspace.state, "job.yml"), JSON.stringify(jobFile(job)));
  log('Executing "step_script" stage of the job script');
  const code = await runScripts(input, log);
  if (code === undefined) {
    log("ERROR: Job failed (system failure): the job's shell did not run");
    return failure("runner_system_failure", null);
  }
  await saveCaches(job.definition.caches, code === 0, cache);
  const kept = await keepArtifacts(input, code === 0, values, log);
  log(code === 0 ? "Job succeeded" : `ERROR: Job failed: exit code ${String(code)}`);
  const outcome = code === 0 ? success : failure("script_failure", code);
  return { ...outcome, ...kept };
}

/** Has both streams of a script be one, so that its lines stay in their order. */
const oneStream = "exec 2>&1";

/** A CI file with this job alone. */
function jobFile({ definition }: Job): object {
  const { before_script, script, after_script } = definition;
  const after = after_script.length === 0 ? {} : { after_script: [oneStream, ...after_script] };
  return { stages: ["test"], [name]: { stage: "test", script: [oneStream, ...before_script, ...script], ...after } };
}

const success: JobOutcome = { status: "success", failure_reason: null, exit_code: 0, has_artifacts: false, dotenv: {} };

function failure(reason: string, exit_code: number | null): JobOutcome {
  return { status: "failed", failure_reason: reason, exit_code, has_artifacts: false, dotenv: {} };
}

async function fetchSources(
  { git, workspace, repository, origin, sha, ref }: JobRunInput,
  values: Readonly<Record<string, string>>,
  log: (line: string) => void,
): Promise<void> {
  const isWanted = values["GIT_STRATEGY"] !== "none" && values["GIT_STRATEGY"] !== "empty";
  if (!isWanted) {
    log("Skipping Git repository setup");
    // The tool asks Git what is tracked.
    await promisify(execFile)(git, ["init", "--quiet"], { cwd: workspace.checkout, env: { HOME: workspace.home } });
    return;
  }
  log("Getting source from Git repository");
  const depth = /^\d+$/.test(values["GIT_DEPTH"] ?? "") ? Number(values["GIT_DEPTH"]) : usualDepth;
  await checkOut(workspace, { git, repository, sha, origin, depth });
  log(`Checking out ${sha.slice(0, 8)} as detached HEAD (ref is ${ref})...`);
}

/** The exit code of the job's scripts; absent when the tool ended without one. */
async function runScripts(input: JobRunInput, log: (line: string) => void): Promise<number | undefined> {
  let code: number | undefined;
  const strange: string[] = [];
  const onLine = (line: string): void => {
    const [, mark, text = ""] = /^job ([>$]) ?(.*)$/s.exec(line) ?? [];
    if (mark === "$") {
      if (text !== oneStream) log(`\u001b[32;1m$ ${text}\u001b[0;m`);
    } else if (mark === ">") {
      if (text !== "still running...") log(text);
    } else if (line.startsWith("job Running after script")) log("Running after_script");
    else if (line.startsWith("job finished in ")) {
      // A failure of after_script changes nothing.
      if (!line.endsWith("after_script")) code ??= Number(/ FAIL (\d+) *$/.exec(line)?.[1] ?? 0);
    } else strange.push(line);
  };
  const args = [name, "--file", "../state/job.yml", "--json-schema-validation=false"];
  await runTool(input.tool, input.workspace, args, input.variables.values, { signal: input.signal, onLine });
  if (code === undefined && !input.signal.aborted) for (const line of strange) log(line);
  return code;
}

async function keepArtifacts(
  { git, workspace, job, artifacts }: JobRunInput,
  isSuccess: boolean,
  values: Readonly<Record<string, string>>,
  log: (line: string) => void,
): Promise<Pick<JobOutcome, "has_artifacts" | "dotenv">> {
  const wanted = job.definition.artifacts;
  if (wanted === null || !isKept(wanted, isSuccess)) return { has_artifacts: false, dotenv: {} };
  const put = (paths: readonly string[]): string[] => {
    const root = `${workspace.checkout}/`;
    return paths.map((path) => expand(path, values).replace(root, "").replace(/^\.\//, "").replace(/\/$/, ""));
  };
  const list = async (
    paths: readonly string[],
    exclude: readonly string[],
    options: readonly string[],
  ): Promise<string[]> => {
    const specs = [...paths.map((path) => `:(glob)${path}`), ...exclude.map((path) => `:(glob,exclude)${path}`)];
    const args = ["ls-files", "-z", ...options, "--", ...specs];
    const { stdout } = await promisify(execFile)(git, args, {
      cwd: workspace.checkout,
      env: { HOME: workspace.home, GIT_CONFIG_NOSYSTEM: "1" },
      maxBuffer: 64 * 1024 * 1024,
    });
    return [...new Set(stdout.split("\0"))].filter((file) => file !== "" && !file.endsWith("/"));
  };
  const paths = put(wanted.paths);
  const exclude = put(wanted.exclude);
  const named = paths.length === 0 ? [] : await list(paths, exclude, ["--cached", "--others"]);
  const untracked = wanted.untracked ? await list([], exclude, ["--others"]) : [];
  const reports = wanted.dotenv.length === 0 ? [] : await list(put(wanted.dotenv), [], ["--cached", "--others"]);
  const files = [...new Set([...named, ...untracked])];
  if (paths.length + Number(wanted.untracked) > 0) {
    log("Uploading artifacts...");
    if (files.length === 0) log(`WARNING: ${wanted.paths.join(", ")}: no matching files.`);
    else log(`found ${String(files.length)} matching artifact files`);
  }
  await copyFiles(workspace.checkout, files, artifacts);
  const dotenv = reports.map((file) => parseDotenv(join(workspace.checkout, file)));
  return { has_artifacts: files.length > 0, dotenv: Object.assign({}, ...dotenv) as Record<string, string> };
}

function isKept({ when }: ArtifactsDefinition, isSuccess: boolean): boolean {
  return when === "always" || (when === "on_success") === isSuccess;
}

/** Copies files with their folders. */
async function copyFiles(from: string, files: readonly string[], to: string): Promise<void> {
  await promisify(execFile)("mkdir", ["-p", to]);
  // Some at a time: a command line has its limits.
  for (let next = 0; next < files.length; next += 200) {
    const part = files.slice(next, next + 200);
    await promisify(execFile)("cp", ["-a", "--parents", "-t", to, "--", ...part], { cwd: from });
  }
}
