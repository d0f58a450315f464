import type { Rule } from "./rule";
import { appProjectNotDefault } from "./rules/appproject-not-default";

/** The policy pack: every rule, by what it is about. `pack.ts` hands them to the engine. */
export const rules: readonly Rule[] = [appProjectNotDefault];
