import { existsSync, readFileSync, rmSync } from "node:fs";
import type { RefChange } from "../../git/webhooks/push-event";

export interface PushReport {
  readonly changes: readonly RefChange[];
  /** Of `git push --push-option`. */
  readonly options: readonly string[];
}

/** Reads and removes what the hook post-receive has written; undefined when nothing was pushed or all was refused. */
export function takePushReport(file: string): PushReport | undefined {
  if (!existsSync(file)) return undefined;
  const lines = readFileSync(file, "utf8").split("\n");
  rmSync(file);
  const isOption = (line: string): boolean => line.startsWith("option ");
  const changes = lines
    .filter((line) => line !== "" && !isOption(line))
    .map((line) => {
      const [before = "", after = "", ref = ""] = line.split(" ");
      return { before, after, ref };
    });
  return { changes, options: lines.filter(isOption).map((line) => line.slice("option ".length)) };
}
