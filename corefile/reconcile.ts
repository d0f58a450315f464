import type { DnsForward } from "../model/platform";
import { UserError, type Problem } from "../model/problem";
import { CorefileSyntaxError, type Corefile } from "./corefile";
import { clusterFacts, type ClusterOptions } from "./cluster-facts";
import { Unchangeable } from "./in-place";
import { spanOf, markOf } from "./mark";
import { parseCorefile } from "./parse";
import { place } from "./place";
import { checkForwards, type ForwardRequest } from "./request";
import { rootBlockOf, service } from "./root-block";
import { upsert } from "./upsert";
import { warningsOf } from "./warnings";
import { syntaxProblem, verifyCorefile, type VerifyOptions } from "./verify";

export interface ReconcileOptions extends Omit<VerifyOptions, "live">, ClusterOptions {
  /** The port of new server blocks. @default that of the root block, or 53 */
  readonly port?: number;
  /** Zones to look after; our server blocks of all others stay. @default all of them */
  readonly only?: readonly string[];
}

/** What became of one zone. */
export interface ZoneChange {
  readonly zone: string;
  /** `adopted`: a server block made by hand is ours from now on. */
  readonly action: "added" | "changed" | "adopted" | "removed";
}

export interface Reconciled {
  readonly text: string;
  /** Sorted by zone; empty when nothing changes, and then the text is the same, byte for byte. */
  readonly changes: readonly ZoneChange[];
  readonly warnings: readonly Problem[];
}

/**
 * Brings the server blocks that we keep in a Corefile in line with the wanted forwards: adds, changes and removes
 * them, and touches no other byte. A server block made by hand that serves exactly a wanted zone is taken over. The
 * same input gives the same output, whatever the order of the forwards; a second run changes nothing; adding a zone
 * and removing it again restores the file.
 *
 * @throws UserError with all problems, when a forward is wrong, when a zone cannot be had without breaking what was
 * made by hand, or when CoreDNS would refuse the result.
 */
export function reconcileCorefile(
  text: string,
  forwards: readonly DnsForward[],
  options: ReconcileOptions = {},
): Reconciled {
  const file = options.file ?? "Corefile";
  const live = parse(text, options, file);
  const { requests, problems } = checkForwards(forwards, clusterFacts(live, options), file);
  if (problems.length > 0) throw new UserError(problems);

  const changes: ZoneChange[] = [];
  let result = removeUnwanted(live, requests, options, changes);
  const refused: Problem[] = [];
  for (const request of requests) {
    const corefile = parse(result, options, file);
    try {
      const upserted = upsert(corefile, request, options);
      result = upserted.text;
      if (upserted.action !== undefined) changes.push({ zone: request.zone, action: upserted.action });
    } catch (error) {
      if (!(error instanceof Unchangeable)) throw error;
      refused.push(unchangeable(error, corefile, request, file));
    }
  }
  if (refused.length > 0) throw new UserError(refused);
  refuseWhatCoreDnsWould(text, result, options);
  changes.sort((one, other) => (one.zone < other.zone ? -1 : 1));
  return { text: result, changes, warnings: warningsOf(parse(result, options, file), requests, options) };
}

function removeUnwanted(
  live: Corefile,
  requests: readonly ForwardRequest[],
  options: ReconcileOptions,
  changes: ZoneChange[],
): string {
  let corefile = live;
  const root = rootBlockOf(live, options.port?.toString());
  for (;;) {
    const unwanted = corefile.blocks.find((block) => {
      if (markOf(corefile, block) === undefined || block.keys.length !== 1) return false;
      // Whatever carries the mark: what answers for the cluster was never ours.
      if (block.directives.some(({ name }) => name === "kubernetes") || service(block, ["."], root.port) !== "none")
        return false;
      const zone = zoneName(block.keys[0]?.text ?? "");
      if (options.only?.every((name) => zoneName(name) !== zone) === true) return false;
      return !requests.some((request) => service(block, request.zones, root.port) === "exactly");
    });
    const span = unwanted === undefined ? undefined : spanOf(corefile, unwanted);
    if (unwanted === undefined || span === undefined) return corefile.text;
    changes.push({ zone: zoneName(unwanted.keys[0]?.text ?? ""), action: "removed" });
    corefile = parse(
      corefile.text.slice(0, span.start) + corefile.text.slice(span.end),
      options,
      options.file ?? "Corefile",
    );
  }
}

function zoneName(key: string): string {
  return key
    .replace(/^dns:\/\//, "")
    .replace(/:\d+$/, "")
    .replace(/\.$/, "")
    .toLowerCase();
}

function parse(text: string, options: ReconcileOptions, file: string): Corefile {
  try {
    return parseCorefile(text, options);
  } catch (error) {
    if (error instanceof CorefileSyntaxError) throw new UserError([syntaxProblem(error, text, file)]);
    throw error;
  }
}

function unchangeable(error: Unchangeable, corefile: Corefile, request: ForwardRequest, file: string): Problem {
  const at = error.token === undefined ? "" : place(corefile.text, error.token.start);
  return {
    severity: "error",
    file,
    path: at === "" ? `zone ${request.zone}` : at,
    ...(error.token === undefined ? {} : { value: error.token.text }),
    message: `zone ${request.zone}: ${error.reason}`,
    fix: error.fix,
  };
}

/** The result must start. What was wrong before our change is named where it stands in the live Corefile. */
function refuseWhatCoreDnsWould(live: string, result: string, options: ReconcileOptions): void {
  const problems = verifyCorefile(result, { ...options, live });
  if (problems.length === 0) return;
  const before = verifyCorefile(live, { ...options, live });
  const same = (one: Problem, other: Problem): boolean => one.message === other.message && one.value === other.value;
  throw new UserError(problems.map((problem) => before.find((known) => same(known, problem)) ?? problem));
}
