import { posix } from "node:path";
import { isAddress } from "./addresses";
import { parseGitUrl } from "./git-url";
import type { PlacedProject, PlacedRepository } from "./hosted-repositories";
import { mergeImages } from "./image-override";
import { objectNames } from "./object-names";
import type { Repository, RepositorySource } from "./project";
import type { Path, Report } from "./report";
import { resolveCredentials } from "./resolve-secrets";
import type { Secrets } from "./resolve-secrets";
import type { SourceInput } from "./schema/repository";

/** What a repository inherits where it says nothing itself. */
export interface RepositoryContext {
  readonly project: PlacedProject;
  readonly environment: string;
  /** The environment's own revision and autosync. */
  readonly overrides: { readonly revision?: string | undefined; readonly autosync?: boolean | undefined };
  /** The stack's default for autosync. */
  readonly autosync: boolean;
  readonly secrets: Secrets;
}

/**
 * One infra repository in one environment. A revision is taken from the first of: the repository in this
 * environment, the environment, the repository, the project, `HEAD`. What an environment says of images and parameters
 * counts before what the repository says of the same. Automation is off when any of the repository,
 * the environment or the repository in it says `autosync: false`.
 */
export function resolveRepository(
  input: PlacedRepository,
  context: RepositoryContext,
  path: Path,
  report: Report,
): Repository {
  const { project, environment, overrides, secrets } = context;
  const own = input.environments?.[environment];
  const revision = own?.revision ?? overrides.revision ?? input.revision ?? project.revision;
  const chartRevision = own?.revision ?? input.revision;
  const first = resolveSource(
    {
      ...inEnvironment(input, environment),
      revision: "chart" in input && input.chart !== undefined ? chartRevision : revision,
    },
    input.name,
    environment,
  );
  const others = (input.sources ?? []).map((source) => resolveSource(source, input.name, environment));
  const sources: Repository["sources"] = [first, ...others];
  checkValueFiles(sources, path, report);
  const transport = parseGitUrl(input.url)?.transport;
  const credentials = input.hosted
    ? ({ kind: "deployToken" } as const)
    : input.credentials === undefined || transport === undefined
      ? undefined
      : resolveCredentials(input.credentials, transport, secrets, [...path, "credentials"], report);
  warnOfTransport(input, path, report);
  return {
    name: input.name,
    applicationName: objectNames(project, environment).application(input.name),
    sources,
    ...(credentials !== undefined && { credentials }),
    sync: {
      automated: automated(input, context),
      prune: input.prune ?? true,
      selfHeal: input.selfHeal ?? true,
      options: input.syncOptions ?? [],
      retryLimit: input.retryLimit ?? 5,
    },
    ignoreDifferences: (input.ignoreDifferences ?? []).map(({ group, kind, name, jsonPointers }) => ({
      group: group ?? "",
      kind,
      ...(name !== undefined && { name }),
      jsonPointers,
    })),
  };
}

/** The repository with what the environment puts in the place of its own folder, images, parameters or release. */
function inEnvironment(input: PlacedRepository, environment: string): PlacedRepository {
  const path = input.environments?.[environment]?.path ?? input.path;
  switch (input.kind) {
    case "manifests":
      return { ...input, path };
    case "kustomize": {
      const images = mergeImages(input.images ?? [], input.environments?.[environment]?.images ?? []);
      return { ...input, path, images };
    }
    case "helm": {
      const own = input.environments?.[environment];
      const releaseName = own?.releaseName ?? input.releaseName;
      return { ...input, path, releaseName, parameters: { ...input.parameters, ...own?.parameters } };
    }
  }
}

/** Switching off wins over every default: a person did it for a reason. */
function automated(input: PlacedRepository, context: RepositoryContext): boolean {
  const said = [input.environments?.[context.environment]?.autosync, context.overrides.autosync, input.autosync];
  if (said.includes(false)) return false;
  return said.includes(true) || (context.project.autosync ?? context.autosync);
}

function resolveSource(input: SourceInput | PlacedRepository, release: string, environment: string): RepositorySource {
  const named = (text: string): string => text.replaceAll("<env>", environment);
  const revision = named(input.revision ?? "HEAD");
  if (input.kind === "reference") return { kind: "reference", url: input.url, revision, ref: input.ref };
  const base = { url: input.url, revision, path: named(input.path ?? ".") };
  switch (input.kind) {
    case "manifests":
      return { kind: "manifests", ...base, recurse: input.recurse ?? false };
    case "kustomize":
      return { kind: "kustomize", ...base, images: input.images ?? [] };
    case "helm":
      return {
        kind: "helm",
        ...base,
        ...(input.chart !== undefined && { chart: input.chart }),
        releaseName: input.releaseName ?? release,
        valueFiles: (input.valueFiles ?? []).map(named),
        parameters: input.parameters ?? {},
      };
  }
}

/** A value file lies in its own repository, or in one that a reference source lends. */
function checkValueFiles(sources: Repository["sources"], path: Path, report: Report): void {
  const refs = sources.flatMap((source) => (source.kind === "reference" ? [source.ref] : []));
  sources.forEach((source, index) => {
    if (source.kind !== "helm") return;
    const place = index === 0 ? path : [...path, "sources", index - 1];
    source.valueFiles.forEach((file, item) => {
      const [, ref, inside = ""] = /^\$([^/]+)\/(.*)$/.exec(file) ?? [];
      if (ref !== undefined && !refs.includes(ref)) {
        report.error([...place, "valueFiles", item], {
          message: `no source has the ref "${ref}"`,
          value: file,
          allowed:
            refs.length === 0
              ? "none: there is no source of kind reference"
              : refs.map((name) => `$${name}/…`).join(", "),
          fix: `add to sources: { kind: reference, url: …, ref: ${ref} }`,
        });
      }
      const resolved =
        ref === undefined ? posix.join(source.chart === undefined ? source.path : "", file) : posix.normalize(inside);
      if (resolved.split("/")[0] === "..") {
        report.error([...place, "valueFiles", item], {
          message: "the value file lies outside the repository",
          value: file,
          allowed: "a path from the chart's folder that stays in the repository",
          fix: "correct the path, or use a source of kind reference",
        });
      }
    });
  });
}

function warnOfTransport(input: PlacedRepository, path: Path, report: Report): void {
  [input, ...(input.sources ?? [])].forEach((source, index) => {
    const url = parseGitUrl(source.url);
    if (url === undefined) return;
    const place = index === 0 ? [...path, "url"] : [...path, "sources", index - 1, "url"];
    if (isAddress(url.host)) {
      report.warning(place, {
        message: "the repository's host is an IP address, which breaks when the server moves and fits no certificate",
        value: url.host,
        fix: "use the server's name; if the cluster cannot resolve it, forward its zone: gitops-factory:dns.forwards",
      });
    }
    if (index === 0 && url.transport === "http" && input.credentials !== undefined) {
      report.warning(place, {
        message: "the credentials go over the network unencrypted",
        value: source.url,
        allowed: "https or SSH",
        fix: "use https, with the server's certificate in gitops-factory:argocd.tlsCertificates if its CA is private",
      });
    }
  });
}
