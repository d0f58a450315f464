import { resolve } from "node:path";
import { applicationName } from "../../model/naming";
import { UserError } from "../../model/problem";
import type { RedeployFile } from "../../model/schema/redeploy";
import { suggestionOr } from "../../model/suggest";
import type { Request } from "../bump/wanted";
import type { RedeployConfig } from "./config";
import type { SecretName } from "./secrets";

/** A server that a delivery asks. */
export interface Server {
  readonly url: string;
  /** Where the user set it: `redeploy.yaml: gitlab.url`. */
  readonly place: string;
  readonly caFile?: string;
}

/** One repository of a delivery. */
export interface PlannedRepository {
  /** Its path on the platform's GitLab; absent where there is none. */
  readonly path?: string;
  /** Where the team works, for Git. */
  readonly url: string;
  readonly branch: string;
  /** Whether the platform's GitLab gets it by its mirror. */
  readonly mirrored: boolean;
  /** Whether the team works on the platform's GitLab. */
  readonly onPlatform: boolean;
  readonly name: string;
}

/** What is delivered where, with every default filled in; the commit is known later. */
export interface Plan {
  readonly organisation: string;
  readonly project: string;
  readonly environment: string;
  readonly gitlab?: Server & { readonly group: string };
  readonly app: PlannedRepository & { readonly build: boolean };
  readonly infra: PlannedRepository & { readonly files: readonly string[]; readonly choice: Omit<Request, "wanted"> };
  readonly argocd?: Server & { readonly application: string };
}

/** The steps of a delivery, in their order. */
export type StepName = "mirror-app" | "build" | "bump" | "mirror-infra" | "deploy";

/** The steps that a plan has. */
export function stepsOf({ app, infra, argocd }: Plan): readonly StepName[] {
  return [
    ...(app.mirrored ? (["mirror-app"] as const) : []),
    ...(app.build ? (["build"] as const) : []),
    "bump",
    ...(infra.mirrored ? (["mirror-infra"] as const) : []),
    ...(argocd !== undefined ? (["deploy"] as const) : []),
  ];
}

/** The secrets that a plan cannot do without. */
export function secretsOf({ gitlab, app, infra, argocd }: Plan): readonly SecretName[] {
  return [
    ...(gitlab !== undefined && (app.mirrored || app.build || infra.mirrored || app.onPlatform || infra.onPlatform)
      ? (["GITLAB_TOKEN"] as const)
      : []),
    ...(app.mirrored || infra.mirrored ? (["MIRROR_TRIGGER_TOKEN"] as const) : []),
    ...(argocd !== undefined ? (["ARGOCD_AUTH_TOKEN"] as const) : []),
  ];
}

/**
 * Makes the plan for one environment of a config.
 *
 * @param asked the environment; absent where the config has only one
 * @param caFile an authority for all servers
 * @throws UserError when the environment is not told, or not known
 */
export function planOf(config: RedeployConfig, asked: string | undefined, caFile?: string): Plan {
  const { file, name } = config;
  const environment = environmentOf(config, asked);
  const own = file.environments[environment];
  if (own === undefined) throw new Error(`${environment} is no environment`);
  const group = file.gitlab?.group ?? `${file.organisation}/${file.project}`;
  const image = own.image ?? file.image;
  const argocd = own.argocd ?? file.argocd;
  const trusted = (ofServer: string | undefined) => {
    const chosen = ofServer === undefined ? caFile : resolve(config.folder, ofServer);
    return chosen === undefined ? {} : { caFile: chosen };
  };
  const infra = repositoryOf(file, "infra", group);
  return {
    organisation: file.organisation,
    project: file.project,
    environment,
    ...(file.gitlab !== undefined && {
      gitlab: { url: bare(file.gitlab.url), place: `${name}: gitlab.url`, group, ...trusted(file.gitlab.caFile) },
    }),
    app: { ...repositoryOf(file, "app", group), build: file.gitlab !== undefined && file.app.build !== false },
    infra: {
      ...infra,
      branch: own.branch ?? infra.branch,
      files: own.files,
      choice: { ...(image !== undefined && { image }), paths: own.paths ?? [] },
    },
    ...(argocd !== undefined && {
      argocd: {
        url: bare(argocd.url),
        place: `${name}: ${own.argocd === undefined ? "argocd" : `environments.${environment}.argocd`}.url`,
        application:
          own.application ?? applicationName(file.organisation, file.project, environment, file.infra.repository),
        ...trusted(argocd.caFile),
      },
    }),
  };
}

function bare(url: string): string {
  return url.replace(/\/+$/, "");
}

function repositoryOf(file: RedeployFile, which: "app" | "infra", group: string): PlannedRepository {
  const { repository, url, mirror, branch = "main" } = file[which];
  const path = `${group}/${repository}`;
  const onGitLab = file.gitlab !== undefined;
  return {
    name: repository,
    ...(onGitLab && { path }),
    url: url ?? `${bare(file.gitlab?.url ?? "")}/${path}.git`,
    branch,
    mirrored: mirror ?? (url !== undefined && onGitLab),
    onPlatform: url === undefined,
  };
}

function environmentOf({ file, name }: RedeployConfig, asked: string | undefined): string {
  const known = Object.keys(file.environments);
  const [only, ...others] = known;
  if (asked === undefined && only !== undefined && others.length === 0) return only;
  if (asked !== undefined && known.includes(asked)) return asked;
  throw new UserError([
    {
      severity: "error",
      file: name,
      path: "environments",
      ...(asked !== undefined && { value: asked }),
      message: asked === undefined ? "the file has several environments" : "the file has no such environment",
      allowed: known.join(", "),
      fix:
        asked === undefined
          ? `choose one: --environment ${only ?? ""}`
          : suggestionOr(asked, known, "name one of them by --environment"),
    },
  ]);
}
