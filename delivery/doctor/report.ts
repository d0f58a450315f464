import { plural } from "../../model/plural";
import { formatTable } from "../table";
import { painter, type Style } from "../terminal";
import { countsOf, sorted, verdictOf, type Counts, type Finding } from "./finding";

/** Which cluster was looked at. */
export interface ClusterSeen {
  /** The kubeconfig's context; absent in a pod that has no kubeconfig. */
  readonly context?: string;
  readonly server: string;
}

/** All that the doctor has to say; with `format`, what `--json` prints. */
export interface Examination {
  readonly stack: string;
  readonly environment: string;
  /** Absent when no cluster could be told from the kubeconfig. */
  readonly cluster?: ClusterSeen;
  readonly findings: readonly Finding[];
}

/** The object that `--json` prints. Members may join it; a change of what is there gets another `format`. */
export interface JsonReport {
  readonly format: 1;
  readonly stack: string;
  readonly environment: string;
  readonly cluster: { readonly context: string | null; readonly server: string } | null;
  readonly verdict: "error" | "warning" | "ok";
  readonly counts: Counts;
  readonly findings: readonly {
    readonly check: string;
    readonly severity: string;
    readonly message: string;
    readonly fix: string | null;
    /** The further cluster that it is about; null for Argo CD's own, and for what is about no cluster. */
    readonly cluster: string | null;
  }[];
}

export function jsonReport({ stack, environment, cluster, findings }: Examination): JsonReport {
  return {
    format: 1,
    stack,
    environment,
    cluster: cluster === undefined ? null : { context: cluster.context ?? null, server: cluster.server },
    verdict: verdictOf(findings),
    counts: countsOf(findings),
    findings: sorted(findings).map(({ check, severity, message, fix, cluster: further }) => ({
      check,
      severity,
      message,
      fix: fix ?? null,
      cluster: further ?? null,
    })),
  };
}

const STYLES: Readonly<Record<Finding["severity"], Style>> = {
  error: "red",
  warning: "yellow",
  note: "bold",
  ok: "green",
};

/** What is shown to people: which cluster, a line for each finding with its fix below, and a summary. */
export function tableReport(
  { stack, environment, cluster, findings }: Examination,
  paint = painter(process.stdout),
): string {
  const place = cluster === undefined ? "no cluster" : [cluster.context, cluster.server].filter(Boolean).join(" at ");
  const rows = sorted(findings).flatMap(({ severity, check, message, fix, cluster: further }) => [
    [paint(severity, STYLES[severity]), check, further === undefined ? message : `on ${further}: ${message}`],
    ...(fix === undefined ? [] : [["", "", `fix: ${fix}`]]),
  ]);
  const lines = formatTable(["SEVERITY", "CHECK", "FOUND"], rows);
  return `stack ${stack}, environment ${environment}, cluster: ${place}\n\n${lines.join("\n")}\n\n${summary(findings)}\n`;
}

function summary(findings: readonly Finding[]): string {
  const { error, warning, note, ok } = countsOf(findings);
  const meaning = {
    error: "`pulumi up` would fail, or what it makes would not work",
    warning: "`pulumi up` can run; read the warnings first",
    ok: "nothing is wrong",
  }[verdictOf(findings)];
  return `${plural(error, "error")}, ${plural(warning, "warning")}, ${plural(note, "note")}, ${String(ok)} ok: ${meaning}`;
}
