import { isIP } from "node:net";
import type { GitLab, GitLabProject } from "../../model/gitlab";
import { plural } from "../../model/plural";
import { GITLAB_TOKEN } from "../gitlab/gitlab-api";
import { isThere } from "../cluster/cluster-api";
import type { Finding, Severity } from "./finding";
import type { GitLabFacts, GroupFacts, TokenSeen, UserSeen } from "./gitlab-facts";

const DAY = 24 * 60 * 60 * 1000;
const OWNER = 50;

/** How long before its end the token is warned of. */
const NEAR_END_DAYS = 30;

export interface GitLabJudgement {
  readonly stack: string;
  readonly now: Date;
}

/** What GitLab would refuse of the stack's update, and how to mend it. */
export function judgeGitLab(facts: GitLabFacts, gitlab: GitLab, { stack, now }: GitLabJudgement): readonly Finding[] {
  const { closed, token, user } = facts;
  const webhook = judgeWebhook(gitlab);
  if (closed !== undefined) return [finding("error", `${gitlab.url}: ${closed.message}`, closed.fix), ...webhook];
  if (token === "not given") return [unseen(gitlab.url), ...webhook];
  if (token === "not known") {
    return [
      finding(
        "error",
        `${gitlab.url} does not take the token in ${GITLAB_TOKEN}: it is wrong, revoked or expired`,
        `make a new one with the scope api: pulumi config set --stack ${stack} --secret --path 'gitops-factory:secrets.NAME.value', NAME being gitops-factory:gitlab.token`,
      ),
      ...webhook,
    ];
  }
  const problems = [
    ...judgeToken(token, now),
    ...(user ? judgeRights(facts, gitlab, user) : []),
    ...judgePlaces(facts, gitlab),
  ];
  if (problems.some(({ severity }) => severity !== "note")) return [...problems, ...webhook];
  const until = token.expires_at ? `, with a token until ${token.expires_at}` : "";
  return [finding("ok", `${gitlab.url} answers ${user?.username ?? ""}${until}`), ...problems, ...webhook];
}

function finding(severity: Severity, message: string, fix?: string): Finding {
  return { check: "gitlab", severity, message, ...(fix !== undefined && { fix }) };
}

function unseen(url: string): Finding {
  return finding(
    "note",
    `${url} answers; what the stack's token may do is not looked at, as secrets are not opened here`,
    `give it by the environment: ${GITLAB_TOKEN}="$(pulumi config get --path 'gitops-factory:secrets.NAME.value')", NAME being gitops-factory:gitlab.token`,
  );
}

function judgeToken({ scopes, expires_at: end }: TokenSeen, now: Date): readonly Finding[] {
  const findings: Finding[] = [];
  if (!scopes.includes("api")) {
    const found = scopes.join(", ");
    findings.push(
      finding(
        "error",
        `the token in ${GITLAB_TOKEN} has not the scope api, but ${found}`,
        "make one with the scope api",
      ),
    );
  }
  const days = end ? Math.ceil((Date.parse(end) - now.getTime()) / DAY) : Infinity;
  if (days <= NEAR_END_DAYS) {
    findings.push(
      finding(
        "warning",
        `the token in ${GITLAB_TOKEN} expires on ${end ?? ""}, in ${plural(days, "day")}`,
        "make its successor now, and set the stack's secret to that",
      ),
    );
  }
  return findings;
}

/** GitLab answers 403 or 404 to who may not. */
function judgeRights({ parent, groups }: GitLabFacts, gitlab: GitLab, user: UserSeen): readonly Finding[] {
  if (user.is_admin === true) return [];
  const { owner, parentGroup, projects } = gitlab;
  const findings: Finding[] = [];
  const missing = groups.filter(({ path, group }) => group === "absent" && !path.includes("/"));
  if (owner && parentGroup === undefined && missing.length > 0 && user.can_create_group !== true) {
    const names = missing.map(({ path }) => path).join(", ");
    findings.push(
      finding(
        "error",
        `${user.username} may not create the groups of the top level that are missing: ${names}`,
        "have an administrator allow that user to create groups, or name a group that it owns by gitops-factory:gitlab.parentGroup",
      ),
    );
  }
  const attributes = projects.filter((project) => owner && Object.keys(project.attributes).length > 0);
  if (attributes.length > 0) {
    const [first] = attributes;
    findings.push(
      finding(
        "error",
        `${user.username} may not set custom attributes (${first?.file ?? ""}: gitlab.attributes): only administrators may`,
        "use an administrator's token, or take the attributes out",
      ),
    );
  }
  const needed = [...(owner && parent ? [parent] : []), ...groups];
  for (const { path, group, role } of needed) {
    if (!isThere(group) || role >= OWNER) continue;
    findings.push(
      finding(
        "error",
        `${user.username} is no owner of the group ${path}, and so may not make groups and tokens in it`,
        `make ${user.username} an owner of ${path}, or use the token of one`,
      ),
    );
  }
  return findings;
}

function judgePlaces({ parent, groups }: GitLabFacts, gitlab: GitLab): readonly Finding[] {
  const findings = parent === undefined ? [] : judgeParent(parent, gitlab);
  const ours = new Set(gitlab.projects.filter((project) => isOurs(project, groups)).flatMap(pathsAbove));
  for (const facts of groups) {
    const { path, group } = facts;
    if (isThere(group) && typeof group.marked_for_deletion_on === "string") {
      findings.push(
        finding(
          "error",
          `the group ${path} was marked for deletion on ${group.marked_for_deletion_on}, and keeps its path until it is gone`,
          "restore it and add its path to gitops-factory:gitlab.adopt, or have it deleted at once on its page",
        ),
      );
    } else if (gitlab.owner) {
      if (isThere(group) && !ours.has(path)) findings.push(...judgeTaken(facts, gitlab));
    } else if (!isThere(group)) {
      findings.push(
        finding(
          "error",
          `there is no group ${path}, or the token may not see it; this stack only adds to what the owner's has made`,
          "run pulumi up on the stack with gitops-factory:gitlab.owner: true first, or use a token of an owner of the group",
        ),
      );
    }
  }
  return findings;
}

function judgeParent({ path, group }: GroupFacts, { parentGroup }: GitLab): Finding[] {
  const id = String(parentGroup?.id);
  if (!isThere(group)) {
    return [
      finding(
        "error",
        `there is no group with the id ${id} of gitops-factory:gitlab.parentGroup, or the token may not see it`,
        "correct the id, which the group's page on GitLab shows, or make the token's user an owner of it",
      ),
    ];
  }
  if (group.full_path === path) return [];
  return [
    finding(
      "error",
      `the group ${id} of gitops-factory:gitlab.parentGroup is ${group.full_path}, and not ${path}`,
      "correct path or id; the group's page on GitLab shows both",
    ),
  ];
}

/** What is there before the stack's first update, and is not taken over. */
function judgeTaken({ path, repositories }: GroupFacts, gitlab: GitLab): readonly Finding[] {
  const project = gitlab.projects.find(({ group }) => group.path === path);
  const declared = [
    ...[...gitlab.organisations, ...(project ? [project.group] : [])].filter((one) => one.path === path),
    ...[...(project?.repositories ?? []), ...(project?.mirror ? [project.mirror] : [])].filter((one) =>
      repositories.includes(one.path),
    ),
  ];
  const taken = declared.filter(({ adopt }) => !adopt).map((one) => one.path);
  if (taken.length === 0) return [];
  return [
    finding(
      "warning",
      `GitLab has ${taken.join(", ")} already: unless this stack has made it, the update ends in "has already been taken"`,
      `add to gitops-factory:gitlab.adopt what is to be taken over: ${JSON.stringify(taken)}; else rename it in the catalogue`,
    ),
  ];
}

/** Only the platform's stacks make tokens of this name. */
function isOurs({ group: { path } }: GitLabProject, groups: readonly GroupFacts[]): boolean {
  const tokens = groups.find((one) => one.path === path)?.deployTokens ?? "absent";
  return isThere(tokens) && tokens.some((name) => name.startsWith("argocd-"));
}

/** `acme`, `acme/shop` */
function pathsAbove({ group: { path } }: GitLabProject): readonly string[] {
  const steps = path.split("/");
  return steps.map((_, index) => steps.slice(0, index + 1).join("/"));
}

/** GitLab's default: https://docs.gitlab.com/security/webhooks/ */
function judgeWebhook({ webhook }: GitLab): readonly Finding[] {
  if (webhook === undefined) return [];
  const host = new URL(webhook.url).hostname.replace(/^\[(.*)\]$/, "$1");
  const local =
    host === "localhost" ||
    (isIP(host) !== 0 &&
      /^(?:127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.|::1$|f[cd]|fe80:)/i.test(host));
  if (!local) return [];
  return [
    finding(
      "warning",
      `the hook to Argo CD goes to ${webhook.url}, an address of the local network, which GitLab refuses unless it is allowed`,
      "name Argo CD's public host in gitops-factory:gitlab.webhook.url, or have it allowed: Admin, Settings, Network, Outbound requests",
    ),
  ];
}
