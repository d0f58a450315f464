import type { DnsForward } from "../model/platform";
import { reconcileCorefile, type ReconcileOptions } from "./reconcile";

/**
 * Our server blocks alone, for a file that a Corefile imports; the empty string without forwards.
 *
 * @throws UserError when a forward is wrong
 */
export function serverBlocks(forwards: readonly DnsForward[], options: ReconcileOptions = {}): string {
  return forwards.length === 0 ? "" : reconcileCorefile("", forwards, options).text;
}
