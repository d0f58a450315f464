import type { Problem } from "../model/problem";
import type { Corefile } from "./corefile";
import { isLoopback } from "./ip";
import { place } from "./place";
import { readAddress, type ForwardRequest } from "./request";
import { rootBlockOf } from "./root-block";

/** What CoreDNS accepts and what may all the same not be meant. */
export function warningsOf(
  corefile: Corefile,
  requests: readonly ForwardRequest[],
  options: { readonly file?: string; readonly port?: number },
): readonly Problem[] {
  const file = options.file ?? "Corefile";
  return [
    ...portWarnings(corefile, requests, options.port, file),
    ...addressWarnings(requests, file),
    ...importWarnings(corefile, file),
  ];
}

function portWarnings(
  corefile: Corefile,
  requests: readonly ForwardRequest[],
  port: number | undefined,
  file: string,
): Problem[] {
  const root = rootBlockOf(corefile);
  if (port === undefined || requests.length === 0 || String(port) === root.port) return [];
  return [
    {
      severity: "warning",
      file,
      path: requests.map(({ zone }) => `zone ${zone}`).join(", "),
      value: String(port),
      message: "the cluster asks the root block on another port, and never this one",
      allowed: root.port,
      fix: `leave the port out, or make it ${root.port}`,
    },
  ];
}

function addressWarnings(requests: readonly ForwardRequest[], file: string): Problem[] {
  return requests.flatMap(({ zone, to }) =>
    to
      .filter((address) => isLocal(address))
      .map((address) => ({
        severity: "warning" as const,
        file,
        path: `zone ${zone}`,
        value: address,
        message: "a loopback address is that of CoreDNS's own pod, unless it runs in the host's network",
        fix: "write the address by which the cluster's nodes reach the DNS server",
      })),
  );
}

function isLocal(address: string): boolean {
  const read = readAddress(address);
  return read !== undefined && isLoopback(read.ip);
}

function importWarnings(corefile: Corefile, file: string): Problem[] {
  return corefile.unseenImports
    .filter(({ betweenBlocks }) => betweenBlocks)
    .map(({ pattern, token }) => ({
      severity: "warning" as const,
      file,
      path: token.file === "" ? place(corefile.text, token.start) : token.file,
      value: pattern,
      message:
        "the imported files are not at hand: if one of them serves a zone of ours, CoreDNS will refuse the Corefile",
      fix: "see that none of them serves it",
    }));
}
