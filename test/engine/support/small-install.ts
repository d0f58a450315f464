import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { GIT_CLIENTS } from "../../../components/argocd/patch-host-aliases";
import type { KubernetesObject } from "../../../manifests";
import { manifestCacheDir } from "../../../manifests/cache";
import { parseManifests } from "../../../manifests/parse";
import { DEFAULT_ARGOCD_VERSION, officialChecksum } from "../../../model/argocd-releases";
import type { ProgramCopy } from "./program-copy";

const KINDS = ["CustomResourceDefinition", "ConfigMap", "Secret", "ServiceAccount"];

/**
 * Pins, by path, what the program at least needs of Argo CD's official manifests: a test that is about something else
 * comes up in a third of the time. `keep` leaves out more.
 */
export function smallInstall(program: ProgramCopy, keep?: (object: KubernetesObject) => boolean): void {
  program.config(
    ["argocd", "manifests"],
    smallManifests((text) => program.write("install.yaml", text), keep),
  );
}

/**
 * The same for whatever reads a file `install.yaml`.
 * @returns how it is pinned
 */
export function smallManifests(
  write: (text: string) => void,
  keep: (object: KubernetesObject) => boolean = () => true,
): { readonly location: string; readonly sha256: string } {
  const official = join(manifestCacheDir(), `${officialChecksum(DEFAULT_ARGOCD_VERSION, "install") ?? ""}.yaml`);
  const objects = parseManifests(readFileSync(official, "utf8")).filter(
    ({ kind, metadata }) => KINDS.includes(kind) || (kind === "Deployment" && GIT_CLIENTS.includes(metadata.name)),
  );
  const text = objects
    .filter(keep)
    .map((object) => stringify(object))
    .join("---\n");
  write(text);
  return { location: "install.yaml", sha256: createHash("sha256").update(text).digest("hex") };
}
