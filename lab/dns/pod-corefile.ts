import { CorefileSyntaxError, parseCorefile, verifyCorefile, type Directive, type ServerBlock } from "../../corefile";
import type { Corefile } from "../../corefile";
import { applyEdits, type Edit } from "../../corefile/edits";
import { type LabNetwork, translate } from "../network/lab-network";
import { listeningOn, ownBind, shortReload } from "./pod-directives";

/** The CoreDNS of a lab that is to read a Corefile of the cluster. */
export interface DnsPod {
  /** Its address, in the place of all that a pod has of its own. */
  readonly address: string;
  readonly network: LabNetwork;
}

/** Where Kubernetes' installers mount the ConfigMap. CoreDNS runs in the folder that stands for it. */
const mountPath = /(?<=\s)\/etc\/coredns\//g;

/**
 * The files of a Corefile's ConfigMap as a process of the lab can read them. What a pod's network namespace does for
 * it is done in the text: each server block, and `health`, `ready` and `prometheus`, listens on the pod's own address;
 * addresses are translated. `reload` looks every two seconds, the least that CoreDNS takes; where there is none, none
 * is added. All else stays, mistakes included, so that CoreDNS refuses what it would refuse in the cluster.
 *
 * @param files by name; the Corefile is called `Corefile`, the others are what it imports
 */
export function podCorefile(files: Readonly<Record<string, string>>, pod: DnsPod): Record<string, string> {
  const { Corefile: text, ...others } = files;
  const edits = text === undefined ? [] : editsOf(text, others, pod);
  return mapFiles(files, (name, content) => finish(content, editsIn(name === "Corefile" ? "" : name, edits), pod));
}

/**
 * The files of a ConfigMap such as `coredns-custom`, which the Corefile imports from a folder: those named `*.server`
 * hold server blocks, all others lines for a server block.
 */
export function podCustomFiles(files: Readonly<Record<string, string>>, pod: DnsPod): Record<string, string> {
  return mapFiles(files, (name, content) =>
    finish(content, name.endsWith(".server") ? editsIn("", editsOf(content, {}, pod)) : [], pod),
  );
}

interface FileEdit extends Edit {
  /** The empty string for the Corefile itself. */
  readonly file: string;
}

function editsOf(text: string, files: Readonly<Record<string, string>>, pod: DnsPod): readonly FileEdit[] {
  let corefile: Corefile;
  try {
    corefile = parseCorefile(text, { files });
  } catch (error) {
    if (error instanceof CorefileSyntaxError) return [];
    throw error;
  }
  // A `reload` that CoreDNS refuses must not be mended.
  const starts = verifyCorefile(text, { files, live: text }).length === 0;
  return corefile.blocks.flatMap((block) => [
    ...bindOf(block, text, pod),
    ...block.directives.flatMap((directive) => edited(directive, starts, pod)),
  ]);
}

function edited(directive: Directive, starts: boolean, pod: DnsPod): readonly FileEdit[] {
  const [name] = directive.words;
  if (name === undefined || directive.words.some(({ opaque }) => opaque)) return [];
  const edit =
    directive.name === "bind"
      ? ownBind(directive, pod)
      : directive.name === "reload" && starts
        ? shortReload(directive)
        : listeningOn(directive, pod);
  return edit === undefined ? [] : [{ ...edit, file: name.file }];
}

/** The `bind` that a block without one gets: in its first line, so that CoreDNS's messages keep their line numbers. */
function bindOf(block: ServerBlock, text: string, { address }: DnsPod): readonly FileEdit[] {
  if (block.directives.some(({ name }) => name === "bind")) return [];
  const bind = `bind ${address}`;
  const { open } = block;
  const key = block.keys.at(-1)?.token;
  if (open === undefined) {
    // The one block of a Corefile without braces.
    const first = block.directives[0]?.words[0];
    if (first !== undefined) return [{ file: first.file, start: first.start, end: first.start, text: `${bind}\n` }];
    return key === undefined ? [] : [{ file: key.file, start: key.end, end: key.end, text: `\n${bind}\n` }];
  }
  const shared = open.file !== "" || !/^[^\S\n]*(?:#|\r?\n|$)/.test(text.slice(open.end));
  return [{ file: open.file, start: open.end, end: open.end, text: ` ${bind}${shared ? "\n" : ""}` }];
}

/** Lines that several blocks import are met several times. */
function editsIn(file: string, edits: readonly FileEdit[]): Edit[] {
  const own = edits.filter((edit) => edit.file === file);
  return [...new Map(own.map((edit) => [edit.start, edit])).values()];
}

function finish(text: string, edits: readonly Edit[], { network }: DnsPod): string {
  return translate(network, applyEdits(text, edits)).replace(mountPath, "");
}

function mapFiles(
  files: Readonly<Record<string, string>>,
  change: (name: string, content: string) => string,
): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([name, content]) => [name, change(name, content)]));
}
