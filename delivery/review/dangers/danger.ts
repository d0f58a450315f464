import type { PreviewStep } from "../../preview/preview";
import type { Phrase } from "../phrase";
import type { DangerKind } from "../review";

/** What a judge says of a step. */
export interface Judgement {
  readonly kind: DangerKind;
  readonly what: Phrase;
}

/**
 * Looks at one step for one kind of danger.
 *
 * @param isNew whether the step's project is being added: what it is born with widens nothing
 */
export type Judge = (step: PreviewStep, isNew: boolean) => readonly Judgement[];

/** What a list has after a step and had not before it, as texts. */
export function added(before: readonly string[], after: readonly string[]): string[] {
  return [...new Set(after)].filter((item) => !before.includes(item));
}
