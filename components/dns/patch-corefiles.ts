import * as pulumi from "@pulumi/pulumi";
import { askedAt, reconcileCorefile, serverBlocks } from "../../corefile";
import type { DnsTarget } from "../../model/platform";
import { formatForEngine, UserError, type Problem } from "../../model/problem";
import { revertingLabels } from "../../model/reverting-labels";
import { refusal } from "../refusal";
import type { ClusterDnsArgs } from "./cluster-dns";

/** A ConfigMap with a Corefile, as it is in the cluster. */
export interface LiveConfigMap {
  readonly target: DnsTarget;
  /** `namespace/name` */
  readonly place: string;
  readonly data: Readonly<Record<string, string>> | undefined;
  readonly labels: Readonly<Record<string, string>>;
}

/**
 * What the Corefiles become, by place. All their problems are told at once.
 *
 * @throws pulumi.RunError, which ends the program with the problems and without a stack trace
 */
export function patchCorefiles(
  lives: readonly LiveConfigMap[],
  args: ClusterDnsArgs,
  resource: pulumi.Resource,
): Record<string, string> {
  const problems: Problem[] = [];
  const texts: Record<string, string> = {};
  for (const live of lives) {
    warnWhereReverted(live, resource);
    try {
      texts[live.place] = patchCorefile(live, lives, args, resource);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0) throw refusal(problems);
  return texts;
}

/**
 * Our server blocks for a ConfigMap that CoreDNS imports.
 *
 * @throws pulumi.RunError with the problems of the forwards
 */
export function importedBlocks({ forwards, clusterDnsAddresses, clusterDomain }: ClusterDnsArgs, file: string): string {
  try {
    return serverBlocks(forwards, {
      file: `ConfigMap ${file}`,
      ...(clusterDnsAddresses !== undefined && { clusterDnsAddresses }),
      ...(clusterDomain !== undefined && { clusterDomain }),
    });
  } catch (error) {
    throw error instanceof UserError ? refusal(error.problems) : error;
  }
}

function patchCorefile(
  live: LiveConfigMap,
  lives: readonly LiveConfigMap[],
  args: ClusterDnsArgs,
  resource: pulumi.Resource,
): string {
  const { key } = live.target;
  const { [key]: text, ...files } = live.data ?? {};
  if (text === undefined) throw new UserError([missingKey(live, Object.keys(files))]);
  const others = lives.filter((other) => other !== live);
  const elsewhere = others.flatMap((other) => askedAt(other.data?.[other.target.key] ?? "", args.clusterDomain));
  const { text: result, warnings } = reconcileCorefile(text, args.forwards, {
    file: `ConfigMap ${live.place}`,
    files,
    clusterDnsAddresses: [...(args.clusterDnsAddresses ?? []), ...elsewhere],
    ...(args.clusterDomain !== undefined && { clusterDomain: args.clusterDomain }),
    ...(args.plugins !== undefined && { plugins: args.plugins }),
  });
  for (const warning of warnings) void pulumi.log.warn(formatForEngine([warning]), resource);
  return result;
}

function missingKey(live: LiveConfigMap, keys: readonly string[]): Problem {
  return {
    severity: "error",
    file: `ConfigMap ${live.place}`,
    path: `data.${live.target.key}`,
    message: "the ConfigMap has no such key",
    ...(keys.length > 0 && { allowed: keys.join(", ") }),
    fix: "name the key that holds the Corefile in the DNS target, or the right ConfigMap",
  };
}

function warnWhereReverted({ place, labels }: LiveConfigMap, resource: pulumi.Resource): void {
  for (const { label, value, who, when } of revertingLabels(labels)) {
    const reverter = when === undefined ? who : `${who}, ${when},`;
    const message =
      `ConfigMap ${place} is labelled ${label}: ${value}, so ${reverter} will revert our change. Instead, use a target of ` +
      `kind "custom" if CoreDNS imports a ConfigMap such as coredns-custom, set the forwards where the cluster's ` +
      `provider keeps its DNS settings, or have the label changed to EnsureExists`;
    void pulumi.log.warn(message, resource);
  }
}
