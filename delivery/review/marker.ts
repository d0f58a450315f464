/** Which run of a pipeline wrote a note. A later one has greater numbers. */
export interface Origin {
  readonly pipeline: number;
  readonly job: number;
}

/** At the end of a note, so that no text within it is taken for the mark. */
const MARK = /\n<!-- gitops-factory:review pipeline=(\d+) job=(\d+) -->\s*$/;

/** A note's text with the hidden mark by which it is found again. */
export function withMark(text: string, { pipeline, job }: Origin): string {
  return `${text.trimEnd()}\n\n<!-- gitops-factory:review pipeline=${String(pipeline)} job=${String(job)} -->\n`;
}

/** Who wrote a note; absent for a note that is no review. */
export function originOf(note: string): Origin | undefined {
  const found = MARK.exec(note);
  return found === null ? undefined : { pipeline: Number(found[1]), job: Number(found[2]) };
}

/** Whether one was written by a later run than the other. */
export function isNewer(one: Origin, other: Origin): boolean {
  return one.pipeline === other.pipeline ? one.job > other.job : one.pipeline > other.pipeline;
}
