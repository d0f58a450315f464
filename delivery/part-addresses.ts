import type { PartAddress } from "../lab/parts/part";
import { formatTable } from "./table";

/** Where the parts of a lab are reached, and how one gets in; empty without any. */
export function formatAddresses(addresses: readonly PartAddress[]): string {
  if (addresses.length === 0) return "";
  const rows = addresses.map(({ what, address, login = "-" }) => [what, address, login]);
  return `\n${formatTable(["PART", "ADDRESS", "LOG-IN"], rows).join("\n")}\n`;
}
