import type { Writable } from "node:stream";
import { ExitCode } from "./exit-code";

/**
 * Says how the process ends when nobody reads it any more: quietly where the reader has gone (`factory … | head`), as
 * with any other tool; with the reason where the output cannot be written, as on a full disk. Where it is standard error
 * that is gone, there is nobody left to be told, and the exit code alone has to say it.
 */
export function mindBrokenStreams(stdout: Writable, stderr: Writable, exit: (code: ExitCode) => void): void {
  stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") {
      exit(ExitCode.Done);
      return;
    }
    stderr.write(`error: standard output cannot be written: ${error.message}\n`);
    exit(ExitCode.UserMistake);
  });
  stderr.on("error", () => undefined);
}
