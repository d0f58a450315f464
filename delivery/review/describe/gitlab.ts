import { textAt } from "../../../policies/read";
import type { PreviewStep } from "../../preview/preview";
import { detail, fact, type Fact } from "../facts";
import { say } from "../phrase";
import { scalarAt, textsAt } from "./values";

type FactsOf = (inputs: unknown, step: PreviewStep) => Fact[];

/** What people know of GitLab's objects, by Pulumi's type; the values of variables are never among them. */
export const gitlabFacts: Readonly<Record<string, FactsOf>> = {
  "gitlab:index/group:Group": (inputs) => [
    ...fact(say`GitLab group`, textAt(inputs, "path")),
    ...detail(say`visibility of the group`, textAt(inputs, "visibilityLevel")),
  ],
  "gitlab:index/project:Project": (inputs) => [
    ...fact(say`GitLab repository`, textAt(inputs, "path")),
    ...detail(say`visibility of ${textAt(inputs, "path") ?? ""}`, textAt(inputs, "visibilityLevel")),
  ],
  "gitlab:index/groupMembership:GroupMembership": memberFacts,
  "gitlab:index/projectMembership:ProjectMembership": memberFacts,
  "gitlab:index/branchProtection:BranchProtection": (inputs) => {
    const branch = textAt(inputs, "branch") ?? "";
    return [
      ...detail(say`who pushes to ${branch}:`, textAt(inputs, "pushAccessLevel")),
      ...detail(say`who merges to ${branch}:`, textAt(inputs, "mergeAccessLevel")),
      ...detail(say`forced pushes to ${branch}:`, scalarAt(inputs, "allowForcePush")),
    ];
  },
  "gitlab:index/projectVariable:ProjectVariable": (inputs) => fact(say`CI/CD variable`, textAt(inputs, "key")),
  "gitlab:index/groupVariable:GroupVariable": (inputs) => fact(say`CI/CD variable`, textAt(inputs, "key")),
  "gitlab:index/groupDeployToken:GroupDeployToken": tokenFacts,
  "gitlab:index/projectDeployToken:ProjectDeployToken": tokenFacts,
  "gitlab:index/groupAccessToken:GroupAccessToken": tokenFacts,
  "gitlab:index/projectHook:ProjectHook": (inputs) => fact(say`webhook to`, textAt(inputs, "url")),
  "gitlab:index/pipelineSchedule:PipelineSchedule": (inputs) => fact(say`schedule`, textAt(inputs, "cron")),
};

/** The program names a membership `…-member-<user>`; the inputs have the user's number alone. */
function memberFacts(inputs: unknown, { name }: PreviewStep): Fact[] {
  const user = name.split("-member-").at(1) ?? scalarAt(inputs, "userId") ?? "";
  return fact(say`GitLab role of ${user}:`, textAt(inputs, "accessLevel"));
}

function tokenFacts(inputs: unknown): Fact[] {
  const name = textAt(inputs, "name") ?? "";
  return [
    ...fact(say`access for`, name),
    ...detail(say`scope of ${name}`, textsAt(inputs, "scopes")),
    ...detail(say`end of ${name}:`, textAt(inputs, "expiresAt")),
  ];
}
