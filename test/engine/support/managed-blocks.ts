/**
 * The server blocks that the program appends to a Corefile, as text written down here: one for each zone, with the
 * address that it forwards to, in this order.
 *
 * @param extra further lines of each block, before `forward`
 */
export function managedBlocks(forwards: Readonly<Record<string, string>>, extra = ""): string {
  return Object.entries(forwards)
    .map(
      ([zone, address]) =>
        `# managed by gitops-factory\n${zone}:53 {\n    errors\n    cache 30\n${extra}    forward . ${address}\n}\n`,
    )
    .join("");
}
