import { askedAt, parseCorefile, reconcileCorefile } from "../../corefile";
import type { DnsTarget, Platform } from "../../model/platform";
import { UserError, type Problem } from "../../model/problem";
import { CACHE_COREFILES, CLUSTER_COREFILES, configMapAt, placeOf, type DnsFacts } from "./dns-facts";
import type { Finding } from "./finding";

/** What the update would make of the Corefile, by the same editor and the same judge. */
export function dryRun(
  target: DnsTarget,
  text: string,
  files: Readonly<Record<string, string>>,
  facts: DnsFacts,
  { forwards, clusterDnsAddresses = [], clusterDomain, plugins }: NonNullable<Platform["dns"]>,
): readonly Finding[] {
  const place = placeOf(target);
  const others = [...CLUSTER_COREFILES, ...CACHE_COREFILES].filter((other) => other !== place);
  const elsewhere = others.flatMap((other) =>
    askedAt(configMapAt(facts, other)?.data?.["Corefile"] ?? "", clusterDomain),
  );
  try {
    const { changes, warnings } = reconcileCorefile(text, forwards, {
      file: place,
      files,
      clusterDnsAddresses: [...clusterDnsAddresses, ...elsewhere, ...facts.addresses],
      ...(clusterDomain !== undefined && { clusterDomain }),
      ...(plugins !== undefined && { plugins }),
    });
    const what = changes.map(({ zone, action }) => `${zone} ${action}`).join(", ") || "nothing to change";
    return [
      { check: "dns", severity: "ok", message: `${place} can be patched: ${what}` },
      ...warnings.map((warning) => asFinding(warning)),
      ...reloadFindings(place, text),
    ];
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return error.problems.map((problem) => asFinding(problem));
  }
}

function asFinding({ severity, file, path, message, value, fix }: Problem): Finding {
  const found = value === undefined ? "" : ` (found: ${value.split("\n")[0] ?? ""})`;
  return { check: "dns", severity, message: `${path === "" ? file : `${file}: ${path}`}: ${message}${found}`, fix };
}

function reloadFindings(place: string, text: string): readonly Finding[] {
  const reloads = parseCorefile(text).blocks.some(({ directives }) => directives.some(({ name }) => name === "reload"));
  if (reloads) return [];
  return [
    {
      check: "dns",
      severity: "warning",
      message: `${place} has no plugin reload: CoreDNS sees a change only when its pods start anew`,
      fix: "add reload to its root block, or restart CoreDNS after each change of the forwards",
    },
  ];
}
