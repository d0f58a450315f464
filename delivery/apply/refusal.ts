import type { Problem } from "../../model/problem";
import { UserError } from "../../model/problem";

/** The plan is not done, because it is not what was reviewed, or the world is not what it was made for. */
export class PlanRefusal extends UserError {
  override readonly name = "PlanRefusal";
}

export function refused(file: string, problem: Pick<Problem, "message" | "fix" | "value" | "allowed">): Problem {
  return { severity: "error", file, path: "", ...problem };
}
