import { ExitCode } from "../exit-code";

/** How much a finding weighs, the heaviest first. */
export const severities = ["error", "warning", "note", "ok"] as const;

/**
 * - `error`: the first `pulumi up` fails on it, or what it makes does not work.
 * - `warning`: it may work and is likely to bite.
 * - `note`: worth knowing, or could not be looked at; nothing is wrong.
 * - `ok`: looked at and found well.
 */
export type Severity = (typeof severities)[number];

/** What is looked at, in the order in which it is shown. */
export const checks = [
  "config",
  "api",
  "clock",
  "certificates",
  "rights",
  "version",
  "nodes",
  "dns",
  "argocd",
  "namespaces",
  "git",
  "gitlab",
] as const;
export type CheckName = (typeof checks)[number];

/** One thing that the doctor found. */
export interface Finding {
  readonly check: CheckName;
  readonly severity: Severity;
  /** The fact, on one line, without a full stop. Never a secret. */
  readonly message: string;
  /** What to do, in the imperative; always there for errors and warnings. */
  readonly fix?: string;
  /** The further cluster that it is about; absent for Argo CD's own, and for what is about no cluster. */
  readonly cluster?: string;
}

/** The heaviest first; those of one weight in the order of the checks. */
export function sorted(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort(
    (one, other) =>
      severities.indexOf(one.severity) - severities.indexOf(other.severity) ||
      checks.indexOf(one.check) - checks.indexOf(other.check),
  );
}

export type Counts = Readonly<Record<Severity, number>>;

export function countsOf(findings: readonly Finding[]): Counts {
  const of = (wanted: Severity): number => findings.filter(({ severity }) => severity === wanted).length;
  return { error: of("error"), warning: of("warning"), note: of("note"), ok: of("ok") };
}

/** The heaviest severity that asks for something to be done; `ok` when nothing is wrong. */
export function verdictOf(findings: readonly Finding[]): "error" | "warning" | "ok" {
  const { error, warning } = countsOf(findings);
  if (error > 0) return "error";
  return warning > 0 ? "warning" : "ok";
}

export function exitCodeOf(findings: readonly Finding[]): ExitCode {
  const codes = { error: ExitCode.No, warning: ExitCode.Warned, ok: ExitCode.Done };
  return codes[verdictOf(findings)];
}
