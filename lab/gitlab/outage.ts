import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { z } from "zod";
import type { GitLabFiles } from "./files";

/**
 * What does not work for a while. A file, so that a test can switch it for a double in another process too; it is read
 * at each request.
 */
const outageShape = z.strictObject({
  /** What every request gets: 502 as from GitLab's front server, or a connection that is cut. @default "none" */
  all: z.enum(["none", "bad gateway", "cut off"]).default("none"),
  /** Single routes that fail: a request whose method and path (a regular expression, query included) are these. */
  routes: z
    .array(
      z.strictObject({
        method: z.string().optional(),
        path: z.string(),
        status: z.int().min(400).max(599),
        body: z.record(z.string(), z.unknown()).default({}),
      }),
    )
    .default([]),
});

/** Puts the double out of order, wholly or in part; without an outage it works again. */
export function setOutage({ outage: file }: Pick<GitLabFiles, "outage">, outage?: z.input<typeof outageShape>): void {
  if (outage === undefined) {
    rmSync(file, { force: true });
    return;
  }
  writeFileSync(`${file}.new`, JSON.stringify(outageShape.parse(outage)));
  renameSync(`${file}.new`, file);
}

/** How a request fails; absent when it does not. */
export function failureOf(
  { outage: file }: Pick<GitLabFiles, "outage">,
  method: string,
  url: string,
): "cut off" | { readonly status: number; readonly body: object } | undefined {
  if (!existsSync(file)) return undefined;
  const { all, routes } = outageShape.parse(JSON.parse(readFileSync(file, "utf8")));
  if (all === "cut off") return all;
  if (all === "bad gateway") return { status: 502, body: { message: "502 Bad Gateway" } };
  return routes.find((route) => (route.method ?? method) === method && new RegExp(route.path).test(url));
}
