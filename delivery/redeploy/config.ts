import { existsSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { reportIssues } from "../../model/issues";
import { UserError } from "../../model/problem";
import { issuesOf } from "../../model/schema-issues";
import { redeployFile, type RedeployFile } from "../../model/schema/redeploy";
import { parseYamlDocument } from "../../model/yaml-document";

/** Where a team's `redeploy.yaml` is by default: the current folder. */
export const DEFAULT_CONFIG = "redeploy.yaml";

export interface RedeployConfig {
  /** As the user named it. */
  readonly name: string;
  /** The folder that the file's paths are relative to. */
  readonly folder: string;
  readonly file: RedeployFile;
}

/**
 * Reads `redeploy.yaml`.
 *
 * @throws UserError with all that is wrong with it
 */
export function readConfig(name: string): RedeployConfig {
  if (!existsSync(name)) {
    throw new UserError([
      {
        severity: "error",
        file: name,
        path: "",
        message: "there is no such file",
        fix: "write it (docs/redeploy.md has an example), or name another one by --config",
      },
    ]);
  }
  const { value, report } = parseYamlDocument(name, readFileSync(name, "utf8"));
  const result = redeployFile.safeParse(value);
  if (!report.hasErrors && !result.success) reportIssues(issuesOf(redeployFile, value ?? {}), value, report);
  if (report.hasErrors || !result.success) throw new UserError(report.problems);
  return { name, folder: dirname(resolve(name)), file: result.data };
}
