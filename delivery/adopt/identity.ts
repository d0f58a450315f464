import { isCommonEnvironment } from "../../model/environment-order";
import { parseGitUrl } from "../../model/git-url";
import { ENVIRONMENT_PATTERN, environmentHash, NAME_PATTERN, RESERVED_REPOSITORY_NAMES } from "../../model/naming";
import { fieldsAt, isFields, listAt, textAt } from "./found-object";
import type { Fields, FoundObject } from "./found-object";

/** Where an Application belongs in the catalogue. */
export interface Identity {
  readonly organisation: string;
  readonly project: string;
  readonly environment: string;
  readonly repository: string;
}

export interface IdentityContext {
  /** What the mapping file says, by the Application's name. */
  readonly mapping: Readonly<Record<string, Partial<Identity>>>;
  /** `--organisation`. */
  readonly organisation?: string | undefined;
  /** `--environment`, or that of the stack. */
  readonly environment?: string | undefined;
  /** Environments that are known: those of stacks. */
  readonly environments: readonly string[];
}

/**
 * Where an Application belongs, by the first that knows: the mapping file, its labels, its names, what the command was
 * told, its repository's URL. What nobody knows is absent.
 */
export function identify(application: FoundObject, context: IdentityContext): Partial<Identity> {
  const mapped = context.mapping[application.metadata.name] ?? {};
  const said = { organisation: context.organisation, environment: context.environment };
  const words = [mapped, byLabels(application), byNames(application, context), said, byUrl(application, context)];
  const first = (key: keyof Identity): string | undefined =>
    words.map((word) => (word as Partial<Identity>)[key]).find((value) => value !== undefined && value !== "");
  return present({
    organisation: asName(first("organisation")),
    project: asName(first("project")),
    environment: asEnvironment(first("environment")),
    repository: asRepository(first("repository")),
  });
}

/** Cloud π's labels, which are the factory's too; some of its code writes `dso/projet`. */
function byLabels({ metadata }: FoundObject): Partial<Identity> {
  const labels = metadata.labels ?? {};
  const organisation = labels["dso/organization"];
  const slug = labels["dso/project.slug"];
  const named = labels["dso/project"] ?? labels["dso/projet"];
  const project =
    organisation !== undefined && slug?.startsWith(`${organisation}-`) === true
      ? slug.slice(organisation.length + 1)
      : named;
  return present({
    organisation,
    project,
    environment: labels["dso/environment"],
    repository: labels["dso/repository"],
  });
}

/** Cloud π's names of both eras, and those of argocd-autopilot. */
function byNames(application: FoundObject, { organisation }: IdentityContext): Partial<Identity> {
  const { name, labels = {} } = application.metadata;
  if (/^argo(cd)?-autopilot$/.test(labels["app.kubernetes.io/managed-by"] ?? "")) {
    const project = textAt(application.spec, "project") ?? "";
    const bare = name.startsWith(`${project}-`) ? name.slice(project.length + 1) : name;
    return { project: bare, environment: project, repository: bare };
  }
  const appProject = textAt(application.spec, "project") ?? "";
  const namespace = textAt(fieldsAt(application.spec, "destination"), "namespace") ?? "";
  for (const candidate of [
    appProject,
    appProject.replace(/-(app|env)$/, ""),
    namespace,
    namespace.replace(/-(app|env)$/, ""),
  ]) {
    const base = splitBase(candidate, organisation);
    if (base === undefined) continue;
    const repository = repositoryOf(name, base);
    return present({ ...base.identity, repository });
  }
  return {};
}

interface Base {
  readonly identity: Partial<Identity>;
  /** `{slug}-{environment}`, and the hash behind it. */
  readonly stem: string;
  readonly hash: string;
}

/** `{organisation}-{project}-{environment}-{hash}`, whose hash is the environment's. */
function splitBase(name: string, organisation: string | undefined): Base | undefined {
  const [, slug = "", environment = "", hash = ""] = /^(.+)-([a-z0-9]{2,11})-([0-9a-f]{4})$/.exec(name) ?? [];
  if (slug === "" || environmentHash(environment) !== hash) return undefined;
  const [first = "", ...rest] = slug.split("-");
  const owner = organisation !== undefined && slug.startsWith(`${organisation}-`) ? organisation : first;
  const project = owner === first ? rest.join("-") : slug.slice(owner.length + 1);
  // A slug without a hyphen names the project alone: today's console has no organisations.
  const identity = project === "" ? { project: slug, environment } : { organisation: owner, project, environment };
  return { identity, stem: `${slug}-${environment}`, hash };
}

/** `{stem}-{repository}-{hash}` in the documents, `{stem}-{hash}-{repository}-{hash of the URL}` today. */
function repositoryOf(application: string, { stem, hash }: Base): string | undefined {
  const today = `${stem}-${hash}-`;
  if (application.startsWith(today)) return application.slice(today.length).replace(/-[0-9a-f]{4}$/, "");
  const [before, behind] = [`${stem}-`, `-${hash}`];
  if (!application.startsWith(before) || !application.endsWith(behind)) return undefined;
  return application.slice(before.length, -behind.length);
}

/** Folders that servers have before the groups: a GitLab below a path, Bitbucket's `scm`. */
const PREFIXES = ["gitlab", "git", "scm", "gitea"];

function byUrl(application: FoundObject, { environments }: IdentityContext): Partial<Identity> {
  const source = firstSource(application);
  const path = parseGitUrl((textAt(source, "repoURL") ?? "").replace(/^(https?:\/\/)[^/@]*@/, "$1"))?.path ?? "";
  const steps = path
    .replace(/\/+$/, "")
    .replace(/\.git$/, "")
    .split("/");
  const [first = "", ...rest] = steps.length > 2 && PREFIXES.includes(steps[0] ?? "") ? steps.slice(1) : steps;
  const folders = (textAt(source, "path") ?? "").split("/");
  const environment = folders.find((folder) => environments.includes(folder) || isCommonEnvironment(folder));
  const chart = textAt(source, "chart");
  if (chart !== undefined) return present({ project: chart, repository: chart, environment });
  const repository = rest.at(-1) ?? first;
  return present({
    organisation: rest.length > 0 ? first : undefined,
    project: rest.length > 1 ? rest.at(-2) : repository,
    repository,
    environment,
  });
}

export function firstSource({ spec }: FoundObject): Fields {
  const [first] = listAt(spec, "sources").filter(isFields);
  return first ?? fieldsAt(spec, "source");
}

/** The text as an organisation's or a project's name; absent when nothing of it can be one. */
export function asName(text: string | undefined): string | undefined {
  const name = (text ?? "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]+/g, "-")
    .replaceAll(/^-+|-+$/g, "");
  return NAME_PATTERN.test(name) ? name : undefined;
}

function asEnvironment(text: string | undefined): string | undefined {
  const name = (text ?? "").toLowerCase().replaceAll(/[^a-z0-9]/g, "");
  return ENVIRONMENT_PATTERN.test(name) ? name : undefined;
}

export function asRepository(text: string | undefined): string | undefined {
  const name = asName(text)?.slice(0, 20).replaceAll(/-+$/g, "");
  if (name === undefined || name.length < 2) return undefined;
  return RESERVED_REPOSITORY_NAMES.includes(name) ? `${name.slice(0, 15)}-repo` : name;
}

function present(identity: { readonly [key in keyof Identity]?: string | undefined }): Partial<Identity> {
  return Object.fromEntries(Object.entries(identity).filter(([, value]) => value !== undefined));
}
