import { basename, dirname } from "node:path";
import type { EngineDiagnostic } from "../engine/engine-event";
import { parseHidingSecrets } from "../engine/hidden-secrets";
import { readDigest } from "./digest";
import { readEventStream } from "./event-stream";
import type { Diagnostic, Preview } from "./preview";
import type { RawPreview } from "./raw-preview";
import { stepsOf } from "./steps";

/** What the engine says at the end of every preview that has failed, and what says nothing by itself. */
const FAILED = "preview failed";

/**
 * Reads what `pulumi preview --json` has printed: the digest, or the stream of events. A file that cannot be read is a
 * preview that has failed, so that its reader is told and not left with an older one.
 *
 * @param source the file as the user named it
 */
export function readPreview(source: string, text: string): Preview {
  const raw = recognised(text);
  return typeof raw === "string" ? unread(source, raw) : previewOf(source, raw);
}

/** A preview of which there is nothing but the reason why. */
export function failedPreview(source: string, stack: string, failures: readonly string[]): Preview {
  return {
    source,
    stack,
    steps: [],
    unchanged: 0,
    policies: [],
    tellsPolicies: false,
    warnings: [],
    config: {},
    failures,
  };
}

function previewOf(source: string, raw: RawPreview): Preview {
  const diagnostics = raw.diagnostics.filter(({ severity }) => severity !== "debug");
  const failures = failuresOf(source, raw, diagnostics);
  return {
    source,
    stack: raw.stack ?? stackOfFile(source),
    steps: stepsOf(raw.steps, raw.declared),
    unchanged: Math.max(0, (raw.counts["same"] ?? 0) - 1),
    policies: raw.policies,
    tellsPolicies: raw.tellsPolicies,
    warnings: diagnostics.flatMap(warningOf),
    config: textsOf(raw.config),
    failures,
  };
}

function failuresOf(
  source: string,
  { policies, isWhole }: RawPreview,
  diagnostics: readonly EngineDiagnostic[],
): string[] {
  const errors = diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message);
  const told = errors.filter((message) => message !== FAILED);
  if (told.length > 0) return told;
  if (!isWhole) return [`${source} is cut off: the preview was ended before its summary; run it again`];
  // What a mandatory policy has stopped is told by its findings.
  if (errors.length === 0 || policies.some(({ level }) => level === "mandatory")) return [];
  return [
    "the engine does not say why; a mandatory policy is not told in this format, " +
      "set PULUMI_ENABLE_STREAMING_JSON_PREVIEW=true for the preview to have it",
  ];
}

function warningOf({ severity, message, urn }: EngineDiagnostic): Diagnostic[] {
  if (severity === "error" || message === "") return [];
  return [{ severity: severity === "warning" ? "warning" : "info", message, urn }];
}

function textsOf(config: unknown): Record<string, string> {
  const entries = Object.entries((config ?? {}) as Record<string, unknown>);
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"));
}

/** The parsed preview, or why there is none. */
function recognised(text: string): RawPreview | string {
  // Windows PowerShell begins a redirected file with a byte order mark.
  const trimmed = text.replace(/^\uFEFF/, "").trim();
  if (trimmed === "") return "is empty: pulumi has printed its error elsewhere, see the job's log";
  if (trimmed.startsWith('{"sequence":')) {
    return readEventStream(trimmed.split("\n")) ?? "is no stream of events: a line of it is no event";
  }
  let parsed: unknown;
  try {
    parsed = parseHidingSecrets(trimmed);
  } catch (error) {
    if (!trimmed.startsWith("{")) return "is no JSON; give what `pulumi preview --json` has printed";
    return `is cut off or no JSON (${faultOf(error)}); run the preview again`;
  }
  return readDigest(parsed) ?? "is JSON, but no preview; give what `pulumi preview --json` has printed";
}

/** The parser's words without the text that it quotes, which may be a secret. */
function faultOf(error: unknown): string {
  const words = error instanceof Error ? error.message : String(error);
  return words.replace(/,? ?(?:\.\.\.)?".*$/s, "").replace(/ is not valid JSON$/, "");
}

function unread(source: string, reason: string): Preview {
  return failedPreview(source, stackOfFile(source), [`${source} ${reason}`]);
}

/** `prod` for `preview-prod.json` and for `plans/prod/preview.json`: what cannot be read names no stack. */
function stackOfFile(source: string): string {
  const name = basename(source)
    .replace(/\.(?:json|jsonl|ndjson|txt)$/, "")
    .replace(/^preview[-_.]/, "");
  const folder = basename(dirname(source));
  return name === "preview" && folder !== "." && folder !== "" ? folder : name;
}
