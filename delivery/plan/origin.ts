import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { UserError } from "../../model/problem";

/** What a folder of a plan holds, by name. */
export const PLAN_FILES = {
  /** Pulumi's own plan; secrets in it are encrypted by the stack's secrets provider. */
  plan: "plan.json",
  /** The engine's events, one a line, as `factory review` reads them. */
  preview: "preview.json",
  /** What the plan was made of. */
  origin: "origin.json",
} as const;

const digest = z.string().regex(/^[0-9a-f]{64}$/);
const objectName = z.string().regex(/^[0-9a-f]{40,64}$/);

const planOrigin = z.strictObject({
  version: z.literal(1),
  /** Pulumi's names. */
  project: z.string().min(1),
  stack: z.string().min(1),
  /** The commit and its tree, as Git names them. */
  commit: objectName,
  tree: objectName,
  /** The files that may matter to the stack, by path, as Git names their content. */
  files: z.record(z.string(), objectName),
  /** SHA-256 of what the stack's state said: `stateDigest`. */
  state: digest,
  /** SHA-256 of the plan. */
  plan: digest,
  /** Whether the live objects were read before. */
  refreshed: z.boolean(),
  /** The version of the Pulumi CLI: another one may not read the plan. */
  pulumi: z.string(),
  /** ISO 8601. */
  createdAt: z.string(),
});

/** What a plan was made of: which stack, which files, which state. A plan alone does not tell. */
export type PlanOrigin = Readonly<z.infer<typeof planOrigin>>;

export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

export function writeOrigin(folder: string, origin: PlanOrigin): void {
  writeFileSync(join(folder, PLAN_FILES.origin), `${JSON.stringify(origin, null, 2)}\n`);
}

/**
 * Reads what a plan was made of.
 *
 * @param place how messages name the file
 * @throws UserError when it is something else
 */
export function parseOrigin(text: string, place: string): PlanOrigin {
  let value: unknown;
  try {
    value = JSON.parse(text) as unknown;
  } catch {
    throw notAnOrigin(place, "the file is no JSON");
  }
  const parsed = planOrigin.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw notAnOrigin(place, `${issue?.path.join(".") ?? ""}: ${issue?.message ?? "unknown"}`);
}

/** As `parseOrigin`, of a folder. */
export function readOrigin(folder: string): PlanOrigin {
  const file = join(folder, PLAN_FILES.origin);
  try {
    return parseOrigin(readFileSync(file, "utf8"), file);
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw notAnOrigin(file, "the file cannot be read");
  }
}

function notAnOrigin(file: string, message: string): UserError {
  return new UserError([
    {
      severity: "error",
      file,
      path: "",
      message: `this is no plan of \`factory plan\`: ${message}`,
      allowed: `a folder with ${Object.values(PLAN_FILES).join(", ")}`,
      fix: "make the plan anew with `factory plan`",
    },
  ]);
}
