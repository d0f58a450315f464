import { plural } from "./plural";
import type { Finding } from "./report";

/**
 * What GitLab keeps for pages of its own at the top level, as far as a name of ours could be it:
 * https://docs.gitlab.com/user/reserved_names/
 */
const RESERVED_AT_TOP: readonly string[] = [
  ..."admin api assets dashboard explore files groups help import jwt login oauth profile projects public".split(" "),
  ..."s search sitemap snippets unsubscribe uploads users v2".split(" "),
];

/** The same below the top level, for groups and repositories. */
const RESERVED_BELOW: readonly string[] = [
  ..."badges blame blob builds commits create create_dir edit files find_file new preview raw refs tree".split(" "),
  ..."update wikis".split(" "),
];

/** The greatest length that the platform takes for a repository's path, well below GitLab's own of 255. */
const MAX_PATH_LENGTH = 100;

const CHARACTERS = "letters, digits, _, - and ., beginning and ending with a letter or digit";

/**
 * What GitLab has against a name as one step of a path: https://docs.gitlab.com/user/reserved_names/#limitations-on-usernames-project-and-group-names-and-slugs
 * @param what `the organisation's name`
 * @param level whether the path begins with it
 */
export function gitlabNameFinding(name: string, what: string, level: "top" | "below"): Finding | undefined {
  const reserved = level === "top" ? RESERVED_AT_TOP : RESERVED_BELOW;
  if (reserved.includes(name.toLowerCase())) {
    return {
      message: `${what} is kept by GitLab for a page of its own`,
      value: name,
      allowed: `any name but ${reserved.join(", ")}`,
      fix: level === "top" ? "rename it, or set gitops-factory:gitlab.parentGroup" : "rename it",
    };
  }
  if (name.length > MAX_PATH_LENGTH) {
    return {
      message: `${what} is too long`,
      value: name,
      allowed: `${String(MAX_PATH_LENGTH)} characters`,
      fix: `shorten it by ${plural(name.length - MAX_PATH_LENGTH, "character")}`,
    };
  }
  if (!/^[A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?$/.test(name)) {
    const better = name.trim().replaceAll(/[^A-Za-z0-9_.-]+/g, "-");
    return {
      message: `${what} has characters that GitLab does not take in a path`,
      value: name,
      allowed: CHARACTERS,
      fix: /^[A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?$/.test(better) ? `write "${better}"` : "use such characters only",
    };
  }
  const pair = /[_.-]{2}/.exec(name)?.[0];
  if (pair !== undefined) {
    return {
      message: `${what} has two special characters in a row, which GitLab does not take in a path`,
      value: name,
      allowed: CHARACTERS,
      fix: `write one character in place of "${pair}"`,
    };
  }
  const ending = /\.(git|atom)$/i.exec(name)?.[0];
  if (ending === undefined) return undefined;
  return { message: `${what} ends in ${ending}`, value: name, allowed: CHARACTERS, fix: `leave ${ending} out` };
}
