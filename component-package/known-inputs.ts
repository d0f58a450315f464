import * as pulumi from "@pulumi/pulumi";
import { UserError } from "../model/problem";
import { formatPath, Report } from "../model/report";
import type { Path } from "../model/report";
import { componentPackageSchema, componentToken } from "../model/schema/component-package";
import type { ComponentName } from "../model/schema/component-package";
import { suggestionOr } from "../model/suggest";

/** What a program passes to a component, without Pulumi's wrapping, and where problems with it are gathered. */
export interface KnownInputs {
  readonly values: Readonly<Record<string, unknown>>;
  readonly report: Report;
}

/** The one input whose texts may be secrets, and may be known during the update only. */
export const SECRETS = "secrets";

/** Stands in a preview for a secret that is made by the update itself. */
const NOT_YET_KNOWN = "known during the update only";

/**
 * Unwraps the inputs of a component. The model makes names and numbers of resources of them, so they have to be known
 * beforehand; and it writes them where everybody may read them, so that none of them may be a secret. Both is otherwise
 * for what is below `secrets`.
 *
 * @throws UserError with all that cannot be so
 */
export async function knownInputs(component: ComponentName, name: string, inputs: pulumi.Inputs): Promise<KnownInputs> {
  const report = new Report(`${component} ${name}`);
  checkKeys(component, inputs, report);
  const values = await unwrap(inputs, [], report);
  if (report.hasErrors) throw new UserError(report.problems);
  return { values: values as Record<string, unknown>, report };
}

function checkKeys(component: ComponentName, inputs: pulumi.Inputs, report: Report): void {
  const known = Object.keys(componentPackageSchema().resources[componentToken(component)]?.inputProperties ?? {});
  for (const key of Object.keys(inputs)) {
    if (known.includes(key)) continue;
    report.error([key], {
      message: "the component has no such input",
      allowed: known.join(", "),
      fix: suggestionOr(key, known, "remove it"),
    });
  }
}

/** What Pulumi's own declarations leave out of an output. */
interface Knowledge {
  readonly isKnown: Promise<boolean>;
  readonly isSecret: Promise<boolean>;
  promise(): Promise<unknown>;
}

async function unwrap(value: unknown, path: Path, report: Report): Promise<unknown> {
  if (pulumi.Output.isInstance(value)) {
    const output = value as unknown as Knowledge;
    if (path[0] !== SECRETS && (await output.isSecret)) {
      report.error(path, {
        message: "a secret stands where everybody may read it: in names, labels and specs",
        allowed: `secrets below ${SECRETS}`,
        fix: "write it as plain text, or name a secret of that input",
      });
      return undefined;
    }
    if (await output.isKnown) return unwrap(await output.promise(), path, report);
    return unknownAt(path, report);
  }
  if (Array.isArray(value)) {
    return Promise.all(value.map((item, index) => unwrap(item, [...path, index], report)));
  }
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).map(
      async ([key, item]) => [key, await unwrap(item, [...path, key], report)] as const,
    );
    return Object.fromEntries(await Promise.all(entries));
  }
  return value;
}

/** In a preview, a secret text that is not there yet can be done without: it is shown to nobody. */
function unknownAt(path: Path, report: Report): unknown {
  const [first, secret, form] = path;
  if (first === SECRETS && secret !== undefined && form !== undefined) return NOT_YET_KNOWN;
  report.error(path, {
    message: `${formatPath(path)} is known during the update only, but what is declared depends on it`,
    allowed: "a value that the program knows",
    fix: "write the value itself, or read it from the stack's config",
  });
  return undefined;
}
