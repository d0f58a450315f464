import { formatProblem } from "../../model/problem";
import { shortId } from "../bump/commit";
import { ExitCode } from "../exit-code";
import { askApplications, isNamed, type AskFlags } from "./ask-applications";
import { commitOf, GitHistory } from "./catalogue-history";
import { checkPins, productionOf } from "./check-pins";
import { goodLine, pinProblem } from "./check-report";
import { environmentsOf, findEnvironment } from "./environments";
import { COMMAND } from "./plan";

export interface CheckFlags extends AskFlags {
  /** @default every environment that is production */
  readonly to?: string;
  /** @default that of the merge request whose pipeline this is, else HEAD */
  readonly base?: string;
  readonly json?: true;
}

/** `factory promote --check`: whether production has only what has been in the environment before it. */
export async function runCheck(projects: readonly string[], flags: CheckFlags, signal: AbortSignal): Promise<void> {
  const { root, to } = flags;
  const all = environmentsOf(root);
  const targets =
    to === undefined ? productionOf(all) : [findEnvironment(to, all, { root, command: COMMAND, place: "--to" })];
  const base = await commitOf(root, flags.base ?? baseOfJob(process.env) ?? "HEAD");
  const history = new GitHistory(root, base);
  const answers = new Map<string, ReturnType<typeof askApplications>>();
  const askOnce = (stack: string) => {
    const answer = answers.get(stack) ?? askApplications(flags, stack, COMMAND, signal);
    answers.set(stack, answer);
    return answer;
  };
  const pins = await checkPins({ root, history, all, targets, projects, ...(isNamed(flags) && { ask: askOnce }) });
  signal.throwIfAborted();
  const isShallow = await history.isShallow();
  const problems = pins.flatMap((pin) => pinProblem(pin, isShallow) ?? []);
  for (const problem of problems) process.stderr.write(`${formatProblem(problem)}\n`);
  const ok = problems.every(({ severity }) => severity === "warning");
  if (!ok) process.exitCode = ExitCode.No;
  else if (problems.length > 0) process.exitCode = ExitCode.Warned;
  if (flags.json === true) {
    const told = pins.map(({ move, ...rest }) => ({ ...move, ...rest }));
    process.stdout.write(`${JSON.stringify({ format: 1, base, ok, pins: told }, null, 2)}\n`);
    return;
  }
  for (const line of pins.flatMap((pin) => goodLine(pin) ?? [])) process.stdout.write(`${line}\n`);
  if (pins.length > 0) return;
  const names = targets.map(({ environment }) => environment).join(", ");
  const where = names === "" ? "there is no production" : `no pin of ${names} has changed`;
  process.stdout.write(`${where} since ${shortId(base)}\n`);
}

/**
 * What a merge request changes, by the variables of its pipeline: the tip of the target where its result is merged with
 * that already, else where the branch began (https://docs.gitlab.com/ci/variables/predefined_variables/).
 */
export function baseOfJob(env: NodeJS.ProcessEnv): string | undefined {
  const names = ["CI_MERGE_REQUEST_TARGET_BRANCH_SHA", "CI_MERGE_REQUEST_DIFF_BASE_SHA"];
  return names.map((name) => env[name]?.trim()).find((value) => value !== undefined && value !== "");
}
