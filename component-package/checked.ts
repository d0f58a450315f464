import type { z } from "zod";
import { reportIssues } from "../model/issues";
import { UserError } from "../model/problem";
import type { Path, Report } from "../model/report";
import { secret } from "../model/schema/secrets";
import type { Secrets } from "../model/resolve-secrets";
import { SECRETS } from "./known-inputs";
import type { KnownInputs } from "./known-inputs";

/** The values as a schema of the model has them; `undefined` where they are wrong, which is in the report. */
export function checked<Schema extends z.ZodType>(
  schema: Schema,
  values: unknown,
  report: Report,
  place: Path = [],
): z.output<Schema> | undefined {
  const result = schema.safeParse(values);
  if (result.success) return result.data;
  const issues = result.error.issues.map((issue) => ({ ...issue, path: [...place, ...issue.path] }));
  const whole = [...place].reverse().reduce<unknown>((inner, step) => ({ [step]: inner }), values);
  reportIssues(issues, whole, report, ([first]) => first === SECRETS);
  return undefined;
}

/** The input `secrets`, and the other inputs. */
export function splitSecrets({ values, report }: KnownInputs): {
  readonly secrets: Secrets;
  readonly rest: Readonly<Record<string, unknown>>;
} {
  const { secrets: given = {}, ...rest } = values;
  const secrets = Object.entries(given as object).flatMap(([name, value]) => {
    const one = checked(secret, value, report, [SECRETS, name]);
    return one === undefined ? [] : [[name, one] as const];
  });
  return { secrets: Object.fromEntries(secrets), rest };
}

/** @throws UserError where the report has an error; warnings alone are given back */
export function refuseErrors(report: Report): void {
  if (report.hasErrors) throw new UserError(report.problems);
}
