import { mkdirSync } from "node:fs";
import { type Problem, UserError } from "../model/problem";
import type { Layout } from "./layout";

/** Throws a `UserError` on a machine that cannot run a lab: processes are told apart by Linux's `/proc`. */
export function checkPlatform(layout: Layout, platform: NodeJS.Platform = process.platform): void {
  if (platform === "linux") return;
  throw problem(layout, {
    message: "a lab cannot run on this operating system",
    value: platform,
    allowed: "Linux",
    fix: "use a Linux machine, container or virtual machine",
  });
}

/** Makes the state folder, for its owner's eyes only: it holds keys. Throws a `UserError` when that is not possible. */
export function makeStateFolder(layout: Layout): void {
  try {
    mkdirSync(layout.stateDir, { recursive: true, mode: 0o700 });
    for (const folder of [layout.pulumiHome, layout.stacks]) mkdirSync(folder, { recursive: true });
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    throw problem(layout, {
      message: `the lab's state folder cannot be made: ${error.message}`,
      fix: "make the folder above it writable, or choose another by --state or GITOPS_FACTORY_LAB",
    });
  }
}

function problem(layout: Layout, fields: Pick<Problem, "message" | "value" | "allowed" | "fix">): UserError {
  return new UserError([{ severity: "error", file: layout.stateDir, path: "", ...fields }]);
}
