import { UserError } from "../../model/problem";

const installationFix = `have the program declare it first: npm start, or, after eval "$(npx factory lab env)": pulumi up`;

/** What the lab's cluster holds cannot be run. */
export function cannotRun(place: string, message: string, fix = installationFix): UserError {
  return new UserError([{ severity: "error", file: place, path: "", message, fix }]);
}

/** A pod that a kubelet would not start either: it waits with `CreateContainerConfigError`. */
export function missingReference(pod: string, what: string): UserError {
  return cannotRun(pod, `the pod needs ${what}, which the lab's cluster does not have`);
}
