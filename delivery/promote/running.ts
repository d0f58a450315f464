import { firstSource, revisionsOf, type Application } from "../argocd/application";
import type { Repository } from "../../model/project";
import type { Problem } from "../../model/problem";
import { hasPins, pinName, pinsOf, pinsOfSource, valueOf, type Pin } from "./pins";

/** Where an Application was looked for, for messages. */
export interface AskedAt {
  /** A server or a cluster's context. */
  readonly from: string;
  /** The stack that declares it. */
  readonly stack: string;
}

/** What an environment is found to run of a repository. */
export interface Running {
  /** The commit, or the chart's version, that runs. */
  readonly commit?: string;
  readonly problems: readonly Problem[];
}

/**
 * Judges whether an environment really runs what the catalogue says of a repository, and whether Argo CD is content with
 * it: declared, looked at since, Synced and Healthy.
 *
 * @param application as Argo CD has it; absent where it has none
 */
export function judgeRunning(
  application: Application | undefined,
  repository: Repository,
  { from, stack }: AskedAt,
): Running {
  const place = { severity: "error", file: from, path: repository.applicationName } as const;
  const up = `bring the stack up to date: pulumi up --stack ${stack}`;
  if (application === undefined) {
    // Argo CD leaves out of its list what a token may not get.
    const fix = `${up}; or name the Argo CD that has it by --server, with a token that may get it`;
    return { problems: [{ ...place, message: "there is no such Application", fix }] };
  }
  const { spec, status = {}, operation } = application;
  const wanted = pinsOf(repository);
  const declared = pinsOfSource(firstSource(spec) ?? { repoURL: "" });
  if (!hasPins(declared, wanted)) {
    const problem = { ...place, message: "the catalogue says something else than what was declared last" };
    return { problems: [{ ...problem, ...differences(wanted, declared), fix: up }] };
  }
  const compared = status.sync?.comparedTo && firstSource(status.sync.comparedTo);
  if (compared !== undefined && !hasPins(pinsOfSource(compared), wanted)) {
    const fix = "wait until it has; factory status --watch shows it";
    return { problems: [{ ...place, message: "Argo CD has not looked at its new revision yet", fix }] };
  }
  if (operation !== undefined || status.operationState?.phase === "Running") {
    const fix = "wait for its end; factory status --watch shows it";
    return { problems: [{ ...place, message: "a synchronisation is under way", fix }] };
  }
  const [commit] = revisionsOf(status.sync);
  const problems = contentProblems(application).map((problem) => ({ ...place, ...problem }));
  return { problems, ...(commit !== undefined && { commit }) };
}

function contentProblems({
  status = {},
  metadata,
}: Application): Pick<Problem, "message" | "value" | "allowed" | "fix">[] {
  const [sync, health] = [status.sync?.status ?? "Unknown", status.health?.status ?? "Unknown"];
  const said = status.conditions?.find(({ type }) => type.endsWith("Error"))?.message ?? status.health?.message ?? "";
  const words = said === "" ? "" : `: ${said.split("\n")[0] ?? ""}`;
  if (sync !== "Synced") {
    return [
      {
        message: "what runs is not what Git says",
        value: `${sync}${words}`,
        allowed: "Synced",
        fix: `synchronise it, and promote it once it is Healthy: argocd app sync ${metadata.name}`,
      },
    ];
  }
  if (health === "Healthy") return [];
  return [
    {
      message: "it does not run well, and would not in the next environment",
      value: `${health}${words}`,
      allowed: "Healthy",
      fix: "mend it there first; factory status shows what is wrong",
    },
  ];
}

function differences(wanted: readonly Pin[], declared: readonly Pin[]): Pick<Problem, "value" | "allowed"> {
  const differing = wanted.filter((pin) => valueOf(declared, pin) !== pin.value);
  const list = (valueFor: (pin: Pin) => string): string =>
    differing.map((pin) => `${pinName(pin)} ${valueFor(pin)}`).join(", ");
  return { value: list((pin) => valueOf(declared, pin) ?? "(none)"), allowed: list(({ value }) => value) };
}
