import { z } from "zod";
import { ENVIRONMENT_PATTERN, MAX_NAME_LENGTH, NAME_PATTERN, RESERVED_REPOSITORY_NAMES } from "../naming";
import { plural } from "../plural";
import type { Finding } from "../report";
import { judge, text } from "./strict";

const LABEL = "lower-case letters, digits and hyphens, with a letter or digit at both ends";

function characters(name: string, what: string): Finding | undefined {
  if (NAME_PATTERN.test(name)) return undefined;
  const lower = name.toLowerCase().replaceAll(/[_ .]/g, "-");
  return {
    message: `${what} has characters that a DNS label cannot have`,
    allowed: LABEL,
    fix: NAME_PATTERN.test(lower) ? `write "${lower}"` : "use such characters only",
  };
}

function length(name: string, what: string, minimum: number, maximum: number): Finding | undefined {
  const allowed = `${String(minimum)} to ${String(maximum)} characters`;
  const excess = name.length - maximum;
  if (excess > 0) {
    return { message: `${what} is too long`, allowed, fix: `shorten it by ${plural(excess, "character")}` };
  }
  if (name.length < minimum) {
    return {
      message: `${what} is too short`,
      allowed,
      fix: `lengthen it by ${plural(minimum - name.length, "character")}`,
    };
  }
  return undefined;
}

function label(what: string, minimum: number, maximum: number) {
  return text((name) => length(name, what, minimum, maximum) ?? characters(name, what), NAME_PATTERN);
}

/** An organisation, which is also the folder of its projects' files. */
export const organisationName = label("the organisation's name", 1, MAX_NAME_LENGTH).describe(
  "Who the project belongs to: the name of the folder that this file is in.",
);

/** A project, which is also its file's name. */
export const projectName = label("the project's name", 1, MAX_NAME_LENGTH).describe(
  "The project's name: this file's name without .yaml.",
);

/** Cloud π's rule: 2 to 11 lower-case letters and digits. */
export const environmentName = text((name) => {
  const what = "the environment's name";
  const misfit = length(name, what, 2, 11);
  if (misfit !== undefined) return { ...misfit, allowed: "2 to 11 lower-case letters and digits" };
  if (ENVIRONMENT_PATTERN.test(name)) return undefined;
  const bare = name.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
  return {
    message: `${what} has characters other than lower-case letters and digits`,
    allowed: "2 to 11 lower-case letters and digits",
    fix: ENVIRONMENT_PATTERN.test(bare) ? `write "${bare}"` : "use lower-case letters and digits only",
  };
}, ENVIRONMENT_PATTERN);

/** Cloud π's rule: 2 to 20 characters, and not a name that its console keeps for itself. */
export const repositoryName = text((name) => {
  const what = "the repository's name";
  if (RESERVED_REPOSITORY_NAMES.includes(name)) {
    return {
      message: "the name is kept for a repository of the platform",
      allowed: `any name but ${RESERVED_REPOSITORY_NAMES.join(", ")}`,
      fix: "choose another name",
    };
  }
  return length(name, what, 2, 20) ?? characters(name, what);
}, NAME_PATTERN).describe("The repository's name within the project; it becomes part of the Application's name.");

/** The name of a namespace, cluster, ConfigMap or secret. */
export const objectName = label("the name", 1, MAX_NAME_LENGTH);

/** A group or user of the identity provider, as it stands in a claim: any text of one line, without commas. */
export const principal = z.string().check(
  judge((value: string) =>
    value.trim() === value && /^[^,\r\n]+$/.test(value)
      ? undefined
      : {
          message: "the name cannot stand in a line of Argo CD's policy",
          allowed: "one line without commas or spaces around it",
          fix: "write the name as the identity provider gives it",
        },
  ),
);

/**
 * The name of a secret in the stack's config. Whether there is such a secret is checked later; its form is not, as a
 * complaint about it would repeat a token that was written in the name's place.
 */
export const secretName = z.string().min(1);
