import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { ManifestSource } from "../model/argocd-settings";
import { UserError } from "../model/problem";
import type { Problem } from "../model/problem";
import { manifestCacheDir, readCached, writeCached } from "./cache";
import { download, DownloadError } from "./download";
import type { DownloadLimits } from "./download";
import type { KubernetesObject } from "./kubernetes-object";
import { ManifestError, parseManifests } from "./parse";
import { readParsed, sha256, writeParsed } from "./parsed-cache";

export interface ReadManifestsOptions {
  /** The project's folder, to which a path is relative. */
  readonly root: string;
  /** Where manifests are kept by their content. @default $GITOPS_FACTORY_CACHE/manifests, else ~/.cache/gitops-factory/manifests */
  readonly cacheDir?: string;
  readonly limits?: DownloadLimits;
}

/**
 * Reads Argo CD's manifests and makes sure that they are those that the config pins: by path on every run, by URL
 * once, after which they come from the cache.
 *
 * @throws UserError when the file is missing, cannot be downloaded, has another checksum or holds no manifests
 */
export async function readManifests(
  source: ManifestSource,
  options: ReadManifestsOptions,
): Promise<readonly KubernetesObject[]> {
  const cacheDir = options.cacheDir ?? manifestCacheDir();
  const text = isUrl(source.location)
    ? await readUrl(source, cacheDir, options.limits)
    : readPath(source, options.root);
  const parsed = readParsed(cacheDir, source.sha256);
  if (parsed !== undefined) return parsed;
  try {
    const objects = parseManifests(text);
    writeParsed(cacheDir, source.sha256, objects);
    return objects;
  } catch (error) {
    if (!(error instanceof ManifestError)) throw error;
    throw problem(source, {
      message: `the file has the checksum that the config pins, but ${error.message}`,
      allowed: "the install.yaml or ha/install.yaml of a release of Argo CD",
      fix: "correct gitops-factory:argocd.manifests: location and sha256",
    });
  }
}

function isUrl(location: string): boolean {
  return /^https?:\/\//.test(location);
}

function readPath(source: ManifestSource, root: string): string {
  const file = resolve(root, source.location);
  if (!existsSync(file)) {
    throw problem(source, {
      message: `there is no such file; it should hold the manifests of Argo CD ${source.version}`,
      allowed: "a file, by its path relative to the project's folder",
      fix: "commit the file there, or correct gitops-factory:argocd.manifests.location",
    });
  }
  return verify(source, readFileSync(file, "utf8"));
}

async function readUrl(source: ManifestSource, cacheDir: string, limits: DownloadLimits = {}): Promise<string> {
  const file = join(cacheDir, `${source.sha256}.yaml`);
  const cached = readCached(file);
  // A damaged file is as good as none: the download replaces it.
  if (cached !== undefined && sha256(cached) === source.sha256) return cached;
  try {
    const text = verify(source, await download(source.location, limits));
    writeCached(file, text);
    return text;
  } catch (error) {
    if (!(error instanceof DownloadError)) throw error;
    throw problem(source, {
      message: `the manifests of Argo CD ${source.version} cannot be downloaded: ${error.message}`,
      fix:
        "on a platform without access to the Internet, commit the file and set gitops-factory:argocd.manifests.location " +
        `to its path, or put it into the cache as ${file}`,
    });
  }
}

function verify(source: ManifestSource, text: string): string {
  const found = sha256(text);
  if (found === source.sha256) return text;
  throw problem(source, {
    message: `the file is not the one that the config pins for Argo CD ${source.version}: its SHA-256 differs`,
    value: found,
    allowed: source.sha256,
    fix:
      "when you mean to change the version, look at what changed in the file and set " +
      "gitops-factory:argocd.manifests.sha256 to the value found; otherwise do not use this file",
  });
}

function problem(source: ManifestSource, finding: Omit<Problem, "severity" | "file" | "path">): UserError {
  return new UserError([{ severity: "error", file: source.location, path: "", ...finding }]);
}
