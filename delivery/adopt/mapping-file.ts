import { readFileSync } from "node:fs";
import { z } from "zod";
import { reportIssues } from "../../model/issues";
import { UserError } from "../../model/problem";
import { strict } from "../../model/schema/strict";
import { environmentName, organisationName, projectName, repositoryName } from "../../model/schema/names";
import { parseYamlDocument } from "../../model/yaml-document";
import type { Identity } from "./identity";

const mapping = strict({
  applications: z.record(
    z.string(),
    strict({
      organisation: organisationName.optional(),
      project: projectName.optional(),
      environment: environmentName.optional(),
      repository: repositoryName.optional(),
    }),
  ),
});

/**
 * Reads where Applications belong, by their names.
 * @throws UserError when the file is not there or not valid
 */
export function readMapping(file: string): Readonly<Record<string, Partial<Identity>>> {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    const allowed = "applications: { argo-docserver: { organisation: …, project: …, environment: …, repository: … } }";
    throw new UserError([
      {
        severity: "error",
        file,
        path: "",
        message: "the mapping file cannot be read",
        allowed,
        fix: "correct the path after --map",
      },
    ]);
  }
  const { value, report } = parseYamlDocument(file, text);
  if (!report.hasErrors) {
    const parsed = mapping.safeParse(value);
    if (parsed.success) return parsed.data.applications as Readonly<Record<string, Partial<Identity>>>;
    reportIssues(parsed.error.issues, value, report);
  }
  throw new UserError(report.problems);
}
