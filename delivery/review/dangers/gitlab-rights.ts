import { textAt } from "../../../policies/read";
import { textsAt } from "../describe/values";
import { say } from "../phrase";
import { added, type Judge } from "./danger";

/** From the least to the most. https://docs.gitlab.com/user/permissions/ */
const ROLES = ["no one", "minimal", "guest", "planner", "reporter", "developer", "maintainer", "owner"];

const VISIBILITIES = ["private", "internal", "public"];

/** People with a role or a higher one, what more people see, and who may write past a review. */
export const widerOnGitLab: Judge = ({ type, name, before, after }) => {
  if (!type.startsWith("gitlab:") || after === undefined) return [];
  const found = [];
  const isMember = type.endsWith("Membership");
  const role = textAt(after, "accessLevel") ?? "";
  if (isMember && isMore(ROLES, textAt(before, "accessLevel"), role)) {
    found.push(say`${name.split("-member-").at(1) ?? name} is ${role} on GitLab`);
  }
  const visibility = textAt(after, "visibilityLevel");
  const visible = textAt(before, "visibilityLevel") ?? "private";
  if (visibility !== undefined && isMore(VISIBILITIES, visible, visibility)) {
    found.push(say`${textAt(after, "path") ?? name} is ${visibility} on GitLab`);
  }
  if (before === undefined) return found.map((what) => ({ kind: "rights" as const, what }));
  for (const key of ["pushAccessLevel", "mergeAccessLevel"]) {
    // In a protection, a lower role lets more people in.
    const [old, now] = [textAt(before, key), textAt(after, key)];
    if (old !== undefined && now !== undefined && isMore(ROLES.toReversed(), old, now) && now !== "no one") {
      found.push(say`the branch ${textAt(after, "branch") ?? ""} is open to ${now} (${key}, was ${old})`);
    }
  }
  const scopes = added(textsAt(before, "scopes"), textsAt(after, "scopes"));
  found.push(...scopes.map((scope) => say`the token ${textAt(after, "name") ?? name} has the scope ${scope}`));
  return found.map((what) => ({ kind: "rights" as const, what }));
};

function isMore(ladder: readonly string[], before: string | undefined, after: string): boolean {
  return ladder.indexOf(after) > (before === undefined ? -1 : ladder.indexOf(before));
}
