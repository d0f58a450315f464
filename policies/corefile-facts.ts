import { CorefileSyntaxError, parseCorefile } from "../corefile";
import type { Corefile, Directive } from "../corefile";
import { at } from "./read";
import { dataPath } from "./config-map";
import type { Subject } from "./rule";

/** A Corefile of a ConfigMap, and where it is; where CoreDNS would not read it, why. */
export interface DeclaredCorefile {
  readonly path: string;
  readonly text: string;
  /** Server blocks that another Corefile imports (`coredns-custom`): what is but once stands in that one. */
  readonly isPart: boolean;
  readonly read: Corefile | CorefileSyntaxError;
}

/** The Corefiles of a ConfigMap: its key `Corefile`, and keys that end with `.server`. */
export function corefilesOf({ inputs }: Subject): readonly DeclaredCorefile[] {
  const data = at(inputs, "data");
  if (typeof data !== "object" || data === null) return [];
  return Object.entries(data).flatMap(([key, text]) => {
    const isPart = key.endsWith(".server");
    if (typeof text !== "string" || (key !== "Corefile" && !isPart)) return [];
    return [{ path: dataPath(key), text, isPart, read: read(text) }];
  });
}

/** Those of a ConfigMap's Corefiles that CoreDNS reads. */
export function readCorefilesOf(subject: Subject): readonly { path: string; isPart: boolean; corefile: Corefile }[] {
  return corefilesOf(subject).flatMap(({ path, isPart, read: corefile }) =>
    corefile instanceof CorefileSyntaxError ? [] : [{ path, isPart, corefile }],
  );
}

/** Every directive of a plugin, in all server blocks. */
export function directivesOf(corefile: Corefile, plugin: string): readonly Directive[] {
  return corefile.blocks.flatMap(({ directives }) => directives.filter(({ name }) => name === plugin));
}

/** Whether files that are not at hand may hold more than is seen. */
export function isPartlyUnseen(corefile: Corefile): boolean {
  return corefile.unseenImports.length > 0;
}

function read(text: string): Corefile | CorefileSyntaxError {
  try {
    return parseCorefile(text);
  } catch (error) {
    if (error instanceof CorefileSyntaxError) return error;
    throw error;
  }
}
