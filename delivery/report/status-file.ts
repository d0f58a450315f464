import { readFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { z } from "zod";
import { UserError } from "../../model/problem";
import type { StatusEntry } from "../status/entry";

const words = z.array(z.string());

/** What `factory status --json` prints, as far as the page needs it (delivery/status/report.ts). */
const statusFile = z.object({
  format: z.literal(1),
  applications: z.array(
    z.object({
      from: z.string(),
      project: z.string(),
      environment: z.string().optional(),
      application: z.string(),
      images: words,
      revisions: words,
      sync: z.string(),
      health: z.string(),
      messages: words,
      delivery: z
        .object({
          at: z.string(),
          revision: z.string(),
          by: z.string().optional(),
          author: z.string().optional(),
          title: z.string().optional(),
        })
        .optional(),
    }),
  ),
});

/** Why a file cannot be read, by the system's code for it. */
const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EISDIR: "it is a folder",
  EACCES: "you may not read it",
};

/**
 * Reads the state from a file of `factory status --json`.
 *
 * @param file - is standard input
 * @throws UserError when it is not that
 */
export async function readStatusFile(file: string): Promise<readonly StatusEntry[]> {
  const name = file === "-" ? "standard input" : file;
  let bytes: Buffer;
  try {
    bytes = file === "-" ? await buffer(process.stdin) : await readFile(file);
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    throw noStatus(name, "", REASONS[String(error.code)] ?? `it cannot be read: ${error.message}`);
  }
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString("utf8"));
  } catch {
    throw noStatus(name, "", bytes.length === 0 ? "it is empty" : "it is no JSON, or was cut off");
  }
  const result = statusFile.safeParse(value);
  // What zod leaves out where a member may be absent is exactly what the entry leaves out.
  if (result.success) return result.data.applications as readonly StatusEntry[];
  const [issue] = result.error.issues;
  throw noStatus(name, issue?.path.join(".") ?? "", "it is not what factory status prints");
}

function noStatus(file: string, path: string, message: string): UserError {
  return new UserError([
    {
      severity: "error",
      file,
      path,
      message,
      allowed: "the output of: npx factory status --json",
      fix: "write it anew, or leave --status-file out",
    },
  ]);
}
