/** What the shell learns from a `factory` command; stable, as pipelines depend on it. */
export enum ExitCode {
  Done = 0,
  /** A mistake that the user can mend: nothing was changed, or the message says what was. */
  UserMistake = 1,
  /** Unknown command, option or argument. */
  Usage = 2,
  /**
   * The command ran, and its answer is no: not running (`factory lab status`), not ready (`factory doctor`),
   * nothing to change (`factory bump`, `factory redeploy`).
   */
  No = 3,
  /** The command ran, and what it found deserves a look, but stops nothing (`factory doctor`). */
  Warned = 4,
  /** A bug of ours; EX_SOFTWARE of sysexits(3). */
  Bug = 70,
}
