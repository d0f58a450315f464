import { readCertificate } from "./certificate-file";
import type { NamedProject } from "./check-names";
import type { GitLab, GitLabGroup } from "./gitlab";
import { organisationPath } from "./hosted-repositories";
import type { Report } from "./report";
import { certificateOf } from "./resolve-mirror-source";
import { hasGitLabSide, resolveGitLabProject } from "./resolve-gitlab-project";
import { environmentsOf } from "./resolve-project";
import { resolveValue } from "./resolve-secrets";
import type { GitLabInput } from "./schema/gitlab";
import type { StackConfig } from "./schema/stack";
import { SecretText } from "./secret";
import { suggestionOr } from "./suggest";
import { tokenWindow } from "./token-window";

/** What the GitLab side of an environment is made from. */
export interface GitLabSource {
  /** The project's folder. */
  readonly root: string;
  readonly environment: string;
  readonly stack: StackConfig;
  /** All projects of the catalogue. */
  readonly projects: readonly NamedProject[];
  readonly now: Date;
}

/** The platform's GitLab; absent where the stack's config names none. */
export function resolveGitLab(source: GitLabSource, report: Report): GitLab | undefined {
  const { stack, environment } = source;
  const input = stack.gitlab;
  if (input === undefined) return undefined;
  const owner = input.owner ?? false;
  const adopt = adoption(input.adopt ?? []);
  const projects = source.projects
    .filter(({ project }) => hasGitLabSide(project) && (owner || environmentsOf(project).includes(environment)))
    .map(({ project, report: own }) =>
      resolveGitLabProject(project, { environment, stack, gitlab: input, owner, adopt }, own),
    );
  const organisations = owner
    ? [...new Set(projects.map(({ organisation }) => organisation))]
        .sort()
        .map((name): GitLabGroup => group(name, organisationPath(name, input), adopt))
    : [];
  reportUnused(input, owner, organisations, projects, report);
  const lifetime = {
    validDays: input.tokens?.validDays ?? 365,
    rotateBeforeDays: input.tokens?.rotateBeforeDays ?? 30,
  };
  const certificateAuthority =
    input.certificateAuthority === undefined
      ? undefined
      : readCertificate(source.root, input.certificateAuthority, ["gitlab", "certificateAuthority"], report);
  const certificate = certificateAuthority?.pem ?? certificateOf(`${input.url}/any`, stack);
  warnOfTransport(input.url, report);
  return {
    url: input.url,
    token: resolveValue(input.token, stack.secrets ?? {}, ["gitlab", "token"], report) ?? SecretText.sealed(),
    ...(certificateAuthority && { certificateAuthority }),
    ...(certificate !== undefined && { certificate }),
    owner,
    ...(input.parentGroup && { parentGroup: input.parentGroup }),
    visibility: input.visibility ?? "private",
    ...resolveWebhook(input, stack.argocd?.url, report),
    permanently: input.permanently ?? false,
    mirrorTokens: lifetime,
    argocdTokens: tokenWindow(source.now, lifetime),
    organisations,
    projects,
  };
}

function group(name: string, path: string, adopt: (path: string) => boolean): GitLabGroup {
  return { name, path, adopt: adopt(path) };
}

/** Whether the config says of a path that what is there is taken over. */
function adoption(patterns: readonly string[]): (path: string) => boolean {
  return (path) => patterns.some((pattern) => matches(pattern, path));
}

function matches(pattern: string, path: string): boolean {
  if (pattern === "**") return true;
  const base = pattern.replace(/\/\*\*$/, "");
  return path === base || (base !== pattern && path.startsWith(`${base}/`));
}

/** An entry of `adopt` that means nothing is a slip of the pen, and would end in "has already been taken". */
function reportUnused(
  input: GitLabInput,
  owner: boolean,
  organisations: GitLab["organisations"],
  projects: GitLab["projects"],
  report: Report,
): void {
  if (!owner) {
    if (input.adopt === undefined) return;
    report.error(["gitlab", "adopt"], {
      message: "this stack declares no group and no repository, so that there is nothing to take over",
      allowed: "adopt in the stack that says owner: true",
      fix: "remove adopt here",
    });
    return;
  }
  const paths = [
    ...organisations.map(({ path }) => path),
    ...projects.flatMap(({ group: { path }, repositories, mirror }) => [
      path,
      ...repositories.map((repository) => repository.path),
      ...(mirror ? [mirror.path] : []),
    ]),
  ];
  (input.adopt ?? []).forEach((pattern, index) => {
    if (paths.some((path) => matches(pattern, path))) return;
    report.error(["gitlab", "adopt", index], {
      message: "nothing of this path is declared",
      value: pattern,
      allowed: paths.length === 0 ? "none: no project has anything on GitLab" : paths.join(", "),
      fix: suggestionOr(pattern, paths, "correct it, or remove it"),
    });
  });
}

function resolveWebhook(input: GitLabInput, argocdUrl: string | undefined, report: Report): Pick<GitLab, "webhook"> {
  const { enabled = true, url, verifyTls = true } = input.webhook ?? {};
  if (!enabled) return {};
  if (url !== undefined) return { webhook: { url, verifyTls } };
  if (argocdUrl !== undefined) {
    return { webhook: { url: `${argocdUrl.replace(/\/+$/, "")}/api/webhook`, verifyTls } };
  }
  report.error(["gitlab", "webhook"], {
    message: "GitLab is to tell Argo CD of each push, but nothing says where Argo CD is",
    allowed: "gitops-factory:argocd.url, or webhook: { url: … }",
    fix: "set gitops-factory:argocd.url, or webhook: { enabled: false } to have Argo CD look by itself every few minutes",
  });
  return {};
}

function warnOfTransport(url: string, report: Report): void {
  if (!url.startsWith("http:")) return;
  report.warning(["gitlab", "url"], {
    message: "GitLab's tokens go over the network unencrypted",
    value: url,
    allowed: "https",
    fix: "use https, with certificateAuthority if GitLab's CA is private",
  });
}
