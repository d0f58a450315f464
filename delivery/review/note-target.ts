import { UserError } from "../../model/problem";
import { systemClock, type Clock } from "../clock";
import { gitlabOfJob } from "../gitlab/gitlab-service";
import { FACTORY_GITLAB_TOKEN } from "../gitlab/platform-token";
import { Secrets } from "../redeploy/secrets";
import { unsetVariable } from "../unset-variable";
import type { Origin } from "./marker";
import { MergeRequestNotes } from "./merge-request-notes";

/** How long GitLab may be away, in milliseconds. */
const OUTAGE_MS = 120_000;

/** What GitLab's CI says of a job for a merge request. https://docs.gitlab.com/ci/variables/predefined_variables/ */
const VARIABLES = {
  CI_API_V4_URL: "the address of GitLab's API: https://gitlab.example/api/v4",
  CI_PROJECT_ID: "the number of the project, or its path",
  CI_MERGE_REQUEST_IID: "the number of the merge request in the project",
} as const;

const ELSEWHERE = "run it in a GitLab pipeline of a merge request, set the variable, or leave --note out";

export interface NoteTarget {
  readonly notes: MergeRequestNotes;
  readonly origin: Origin;
  /** The page of a note; absent where the job does not say where its project is. */
  page(note: number): string | undefined;
}

export interface NoteSurroundings {
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  readonly tell: (line: string) => void;
  /** PEM of the authority of GitLab's certificate. */
  readonly caFile?: string;
  readonly clock?: Clock;
  /** @default 120,000 */
  readonly outageMs?: number;
}

/**
 * The merge request that a pipeline runs for.
 *
 * @throws UserError with every variable that is missing or wrong
 */
export function noteTarget(around: NoteSurroundings): NoteTarget {
  const { env, signal, tell, caFile, clock = systemClock, outageMs = OUTAGE_MS } = around;
  const of = (name: string): string => env[name]?.trim() ?? "";
  const missing = Object.entries(VARIABLES).filter(([name]) => of(name) === "");
  if (missing.length > 0)
    throw new UserError(missing.map(([name, meaning]) => unsetVariable(name, meaning, ELSEWHERE)));
  const [api, iid] = [of("CI_API_V4_URL"), of("CI_MERGE_REQUEST_IID")];
  if (!/^https?:\/\/[^\s?#]+$/.test(api) || !URL.canParse(api)) throw wrong("CI_API_V4_URL", VARIABLES.CI_API_V4_URL);
  if (!/^[1-9]\d*$/.test(iid)) throw wrong("CI_MERGE_REQUEST_IID", VARIABLES.CI_MERGE_REQUEST_IID, iid);
  const secrets = Secrets.read(env);
  secrets.demand([FACTORY_GITLAB_TOKEN]);
  const token = secrets.get(FACTORY_GITLAB_TOKEN)?.text ?? "";
  const service = gitlabOfJob({ token, caFile, env, patience: { clock, outageMs, tell }, signal });
  const place = { project: of("CI_PROJECT_ID"), mergeRequest: Number(iid) };
  const page = of("CI_MERGE_REQUEST_PROJECT_URL") || of("CI_PROJECT_URL");
  return {
    notes: new MergeRequestNotes(service, place),
    origin: { pipeline: numberOf(of("CI_PIPELINE_ID")), job: numberOf(of("CI_JOB_ID")) },
    page: (note) => (page === "" ? undefined : `${page}/-/merge_requests/${iid}#note_${String(note)}`),
  };
}

/** Where the job keeps a file as an artifact; absent outside a job. */
export function artifactPage(env: NodeJS.ProcessEnv, file: string): string | undefined {
  const job = env["CI_JOB_URL"]?.trim() ?? "";
  // An artifact is known by its path below the project's folder.
  const path = file.replace(/^\.\//, "");
  if (job === "" || path.startsWith("/") || path.startsWith("..")) return undefined;
  return `${job}/artifacts/file/${path.split("/").map(encodeURIComponent).join("/")}`;
}

/** By hand there is no pipeline: such a review gives way to that of any. */
function numberOf(text: string): number {
  return /^\d+$/.test(text) ? Number(text) : 0;
}

/** An address is not repeated: a password may stand in it. */
function wrong(name: string, allowed: string, value?: string): UserError {
  const message = "the variable's value cannot be used";
  const fix = "leave it to GitLab's CI, or correct it";
  return new UserError([
    {
      severity: "error",
      file: "environment",
      path: name,
      ...(value !== undefined && { value }),
      message,
      allowed,
      fix,
    },
  ]);
}
