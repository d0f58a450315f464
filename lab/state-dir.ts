import { join, resolve } from "node:path";
import { UserError } from "../model/problem";
import { stateFolder } from "./user-folders";

/** How a user says which lab is meant. */
export interface LabChoice {
  /** A name, for several labs side by side. */
  readonly name?: string;
  /** A folder anywhere. */
  readonly state?: string;
}

/**
 * The state folder of a lab: `--state`, else the one that `--name` names, else `$GITOPS_FACTORY_LAB`, else that of the
 * name `lab`. Names lie in `$XDG_STATE_HOME/gitops-factory`, by default `~/.local/state/gitops-factory`.
 */
export function stateDirOf(choice: LabChoice = {}, env: NodeJS.ProcessEnv = process.env): string {
  if (choice.state !== undefined) return resolve(choice.state);
  const fromEnv = env["GITOPS_FACTORY_LAB"];
  if (choice.name === undefined && fromEnv !== undefined && fromEnv !== "") return resolve(fromEnv);
  const name = choice.name ?? "lab";
  if (!/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(name)) {
    throw new UserError([
      {
        severity: "error",
        file: "factory lab",
        path: "--name",
        value: name,
        message: "a lab cannot be called so",
        allowed: "lower-case letters, digits and hyphens inside",
        fix: "choose such a name, or give the folder by --state",
      },
    ]);
  }
  return join(stateFolder(env), name);
}
