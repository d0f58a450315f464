/** What the shell learns from a `factory` command; stable, as pipelines depend on it. */
export enum ExitCode {
  Done = 0,
  /** A mistake that the user can mend: nothing was changed, or the message says what was. */
  UserMistake = 1,
  /** Unknown command, option or argument. */
  Usage = 2,
  /** The command ran, and its answer is no. */
  No = 3,
  /** A bug of ours; EX_SOFTWARE of sysexits(3). */
  Bug = 70,
}
