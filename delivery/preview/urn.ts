/** The parts of `urn:pulumi:<stack>::<project>::<type>$<type>::<name>`. */
export interface Urn {
  readonly stack: string;
  /** The resource's own type, without those of its parents. */
  readonly type: string;
  readonly name: string;
}

/** Reads a URN; absent where the text is none. https://www.pulumi.com/docs/iac/concepts/resources/names/#urns */
export function parseUrn(text: string): Urn | undefined {
  const [head, , types, ...name] = text.split("::");
  if (head?.startsWith("urn:pulumi:") !== true || types === undefined || name.length === 0) return undefined;
  return {
    stack: head.slice("urn:pulumi:".length),
    type: types.slice(types.lastIndexOf("$") + 1),
    name: name.join("::"),
  };
}
