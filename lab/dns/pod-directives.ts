import type { Directive, Word } from "../../corefile";
import type { Edit } from "../../corefile/edits";
import { parseIp } from "../../corefile/ip";
import type { DnsPod } from "./pod-corefile";

/** The plugins that listen beside the DNS, and where by default (CoreDNS 1.14.2). */
const listening: Readonly<Record<string, string>> = {
  health: ":8080",
  ready: ":8181",
  prometheus: "localhost:9153",
  pprof: "localhost:6053",
};

/** Interfaces of a pod, and the one that Kubespray makes for NodeLocal DNS. */
const interfaces = ["lo", "eth0", "nodelocaldns"];

/** The least interval that CoreDNS takes, and no jitter. */
const interval = "2s 0s";

/** `bind` with the pod's own address in the place of those that only a pod has. Addresses that are translated stay. */
export function ownBind({ words }: Directive, pod: DnsPod): Edit | undefined {
  const [first] = words.slice(1);
  const last = words.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const excepted = new Set(bracesOf(words).map(({ text }) => text));
  const wanted = argumentsOf(words).flatMap(({ text }) =>
    excepted.has(text) ? [] : [isOwn(text) ? pod.address : text],
  );
  // Two spellings of the pod's own address are one, and CoreDNS serves a zone once at an address.
  return { start: first.start, end: last.end, text: [...new Set(wanted)].join(" ") };
}

/** The address of a plugin that listens beside the DNS. Absent for a directive that needs no change. */
export function listeningOn({ name, words }: Directive, { address }: DnsPod): Edit | undefined {
  const usual = listening[name];
  const [keyword] = words;
  if (usual === undefined || keyword === undefined) return undefined;
  const [argument, another] = argumentsOf(words);
  if (another !== undefined) return undefined;
  const parts = /^(.*):(\d+)$/.exec(argument?.text ?? usual);
  if (parts === null || !isOwn((parts[1] ?? "").replace(/^\[(.*)\]$/, "$1"))) return undefined;
  const own = `${address}:${parts[2] ?? ""}`;
  if (argument === undefined) return { start: keyword.end, end: keyword.end, text: ` ${own}` };
  return { start: argument.start, end: argument.end, text: own };
}

/** `reload` that a test or a person can wait for. */
export function shortReload({ words }: Directive): Edit | undefined {
  const [keyword] = words;
  const last = words.at(-1);
  return keyword && last && { start: keyword.end, end: last.end, text: ` ${interval}` };
}

/** What stands for the pod itself. A lab's network has no IPv6, so that each such address is the pod's only one. */
function isOwn(host: string): boolean {
  if (host === "" || host === "localhost" || interfaces.includes(host)) return true;
  const ip = parseIp(host);
  return ip !== undefined && (ip.family === 6 || host === "0.0.0.0" || host.startsWith("127."));
}

/** The words behind the plugin's name, up to a brace. */
function argumentsOf(words: readonly Word[]): readonly Word[] {
  const brace = words.findIndex(({ text }) => text === "{");
  return brace < 0 ? words.slice(1) : words.slice(1, brace);
}

/** What `except` lists; of several lines CoreDNS obeys the last. */
function bracesOf(words: readonly Word[]): readonly Word[] {
  const except = words.findLastIndex(({ text }) => text === "except");
  return except < 0 ? [] : words.slice(except + 1, -1);
}
