import type { Finding } from "./report";
import { suggestionOr } from "./suggest";

/** The actions on each resource: https://argo-cd.readthedocs.io/en/stable/operator-manual/rbac/ and the built-in roles. */
const ACTIONS: Readonly<Record<string, readonly string[]>> = {
  applications: ["get", "create", "update", "delete", "sync", "override", "action"],
  applicationsets: ["get", "create", "update", "delete"],
  clusters: ["get", "create", "update", "delete"],
  projects: ["get", "create", "update", "delete"],
  repositories: ["get", "create", "update", "delete"],
  "write-repositories": ["get", "create", "update", "delete"],
  accounts: ["get", "update"],
  certificates: ["get", "create", "update", "delete"],
  gpgkeys: ["get", "create", "delete"],
  logs: ["get"],
  exec: ["create"],
  extensions: ["invoke"],
};

/** Actions on Applications that have a part of their own after a slash: `action/apps/Deployment/restart`. */
const WITH_PART = ["action", "update", "delete"];

/** Resources whose objects are `project/name`. */
const IN_PROJECTS = ["applications", "applicationsets", "logs", "exec"];

/** Roles that Argo CD brings with it. */
const BUILT_IN_ROLES: readonly string[] = ["role:readonly", "role:admin"];

/** The parts of a line, without the spaces that Argo CD passes over; quotes are those of CSV. */
export function policyParts(line: string): string[] {
  return [...line.matchAll(/(?:^|,)\s*("(?:[^"]|"")*"|[^,]*)/g)].map(([, part = ""]) =>
    part.startsWith('"') ? part.slice(1, -1).replaceAll('""', '"') : part,
  );
}

/**
 * What is wrong with a line of `policy.csv`. Argo CD refuses a wrong number of parts, and with it the whole policy; a
 * word that it does not know it takes and never matches.
 */
export function policyFinding(line: string): Finding | undefined {
  if (/[\r\n]/.test(line)) return { message: "the value has several lines", fix: "write one entry for each" };
  const parts = policyParts(line);
  const [kind, ...rest] = parts;
  const spaced = parts.find((part) => part !== part.trimEnd());
  if (spaced !== undefined) {
    return {
      message: "a space stands before a comma, and would count",
      value: spaced,
      fix: `write "${spaced.trimEnd()}"`,
    };
  }
  if (kind === "g" && rest.length === 2) return rest.includes("") ? EMPTY : undefined;
  if (kind !== "p" || rest.length !== 5) {
    return {
      message: "the value is not a line of Argo CD's policy",
      allowed: "p, subject, resource, action, object, allow|deny, or g, subject, role",
      fix: "write 6 parts after p, or 3 after g, the letter included",
    };
  }
  const [, resource = "", action = "", object = "", effect = ""] = rest;
  if (rest.includes("")) return EMPTY;
  return (
    resourceFinding(resource) ??
    actionFinding(resource, action) ??
    objectFinding(resource, object) ??
    effectFinding(effect)
  );
}

const EMPTY: Finding = { message: "a part of the line is empty", fix: "write * where everything is meant" };

function isPattern(text: string): boolean {
  return /[*?[{]/.test(text);
}

function resourceFinding(resource: string): Finding | undefined {
  const known = Object.keys(ACTIONS);
  if (isPattern(resource) || known.includes(resource)) return undefined;
  return {
    message: "Argo CD has no such resource",
    value: resource,
    allowed: `${known.join(", ")}, or *`,
    fix: suggestionOr(resource, known, "write one of these"),
  };
}

function actionFinding(resource: string, action: string): Finding | undefined {
  const known = isPattern(resource) ? Object.values(ACTIONS).flat() : (ACTIONS[resource] ?? []);
  const [verb = "", ...part] = action.split("/");
  if (isPattern(verb)) return undefined;
  const all = [...new Set(known)];
  const allowed = all.map((name) => (name === "action" ? "action/*" : name));
  if (!all.includes(verb) || (part.length > 0 && !WITH_PART.includes(verb))) {
    return {
      message: `there is no such action on ${resource}`,
      value: action,
      allowed: `${allowed.join(", ")}, or *`,
      fix: suggestionOr(verb, all, "write one of these"),
    };
  }
  if (verb !== "action" || part.length > 0) return undefined;
  return {
    message: "an action on an object has to be named",
    value: action,
    allowed: "action/<group>/<kind>/<name>, or action/*",
    fix: "write action/*",
  };
}

function objectFinding(resource: string, object: string): Finding | undefined {
  if (!IN_PROJECTS.includes(resource) || object.includes("/") || isPattern(object)) return undefined;
  return {
    message: `an object of ${resource} is named with its project`,
    value: object,
    allowed: "project/name, such as */* or acme-shop-dev-6293/*",
    fix: `write ${object}/* for all of a project, or */${object}`,
  };
}

function effectFinding(effect: string): Finding | undefined {
  if (effect === "allow" || effect === "deny") return undefined;
  return { message: "the effect is neither allow nor deny", value: effect, allowed: "allow, deny", fix: "write allow" };
}

/** The roles that lines may be given to: those that a line describes, and the built-in ones. */
function knownRoles(lines: readonly string[]): string[] {
  const described = lines.map(policyParts).flatMap(([kind, subject, role]) => {
    if (kind === "p") return [subject ?? ""];
    // A role may be made of another alone: g, role:operator, role:readonly.
    return kind === "g" && subject?.startsWith("role:") === true && role !== subject ? [subject] : [];
  });
  return [...new Set([...BUILT_IN_ROLES, ...described.filter((subject) => subject.startsWith("role:"))])];
}

/** A role that nobody describes; Argo CD takes it, and it gives no right. */
export function unknownRole(role: string, lines: readonly string[]): Finding | undefined {
  const known = knownRoles(lines);
  if (!role.startsWith("role:") || known.includes(role)) return undefined;
  return {
    message: "no line of argocd.rbac.policies describes this role",
    value: role,
    allowed: known.join(", "),
    fix: suggestionOr(role, known, `name one of them, or add: p, ${role}, applications, get, */*, allow`),
  };
}
