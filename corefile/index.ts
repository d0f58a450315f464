/** Reads, judges and edits Corefiles: see `reconcileCorefile`, `verifyCorefile` and `parseCorefile`. */
export { CorefileSyntaxError } from "./corefile";
export type { Corefile, Directive, Key, ServerBlock, UnseenImport, Word } from "./corefile";
export type { ParseOptions } from "./imports";
export { MARK } from "./mark";
export { parseCorefile } from "./parse";
export { reconcileCorefile } from "./reconcile";
export type { Reconciled, ReconcileOptions, ZoneChange } from "./reconcile";
export { verifyCorefile } from "./verify";
export type { VerifyOptions } from "./verify";
export { askedAt } from "./asked-at";
export { serverBlocks } from "./server-blocks";
