/** For how long a token is valid and when its successor is made. */
export interface TokenLifetime {
  /** Days from its making to its expiry, at most. @default 365 */
  readonly validDays: number;
  /** How many days before that its successor is made. @default 30 */
  readonly rotateBeforeDays: number;
}

/** Dates of one token as `2027-03-01`, in UTC. */
export interface TokenWindow {
  /** The first day on which the token is no longer taken. */
  readonly expiresAt: string;
  /** The first day on which an update makes its successor. */
  readonly renewFrom: string;
}

/** The annotation of a Secret that says from which day on the credentials in it are no longer taken: `2027-03-01`. */
export const CREDENTIALS_EXPIRY_ANNOTATION = "gitops-factory/credentials-expire-at";

const DAY = 24 * 60 * 60 * 1000;

/**
 * The dates of a token that is needed now. Time is cut into periods of `validDays - rotateBeforeDays`, and all of a
 * period has the same dates: updates change nothing until the next one begins, and then there are `rotateBeforeDays`
 * left to make one. A token made late in a period is valid for less than `validDays`, but never less than
 * `rotateBeforeDays`.
 */
export function tokenWindow(now: Date, { validDays, rotateBeforeDays }: TokenLifetime): TokenWindow {
  const period = validDays - rotateBeforeDays;
  const start = Math.floor(now.getTime() / DAY / period) * period;
  return { expiresAt: dateOf(start + validDays), renewFrom: dateOf(start + period) };
}

function dateOf(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}
