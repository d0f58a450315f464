import { knownSecrets } from "../review/known-secrets";
import { showable } from "../review/shown";

/** Makes texts of Pulumi's such that a job's log may have them: without what this process's environment holds, too. */
export function forLogs(): (text: string) => string {
  return showable(knownSecrets([], process.env));
}
