import { knownSecrets } from "../review/known-secrets";
import { showable, withoutKnown } from "../review/shown";

/** Makes texts of Pulumi's such that a job's log may have them: without what this process's environment holds, too. */
export function forLogs(): (text: string) => string {
  return showable(knownSecrets([], process.env));
}

/** As `forLogs`, of JSON that stays JSON: without what the environment holds, and not without what only looks like it. */
export function forArtifacts(): (text: string) => string {
  return withoutKnown(knownSecrets([], process.env));
}
