import { readFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../../model/problem";
import { PLAN_FILES, readOrigin } from "../plan/origin";
import type { FoundPlan } from "./moved";

/** A plan that is at hand: what a pipeline of another host has kept, or somebody has made just now. */
export function readPlanFolder(folder: string, shown: string): FoundPlan {
  const origin = readOrigin(folder);
  const again = `make it anew: npx factory plan --stack ${origin.stack} --output ${shown}`;
  try {
    const plan = readFileSync(join(folder, PLAN_FILES.plan), "utf8");
    return { origin, plan, place: shown, again, anew: again };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new UserError([
      {
        severity: "error",
        file: join(shown, PLAN_FILES.plan),
        path: "",
        message: `the plan cannot be read (${code})`,
        fix: again,
      },
    ]);
  }
}
