import { createHash } from "node:crypto";
import { join } from "node:path";
import { readCached, writeCached } from "./cache";
import type { KubernetesObject } from "./kubernetes-object";

/** Raise it when `parseManifests` comes to give other objects for the same text. */
const FORMAT = 1;

/** SHA-256 in lower-case hexadecimal digits. */
export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/**
 * The objects of the manifests with this checksum, parsed by an earlier run: 26,000 lines of YAML take half a second
 * of CPU, their JSON a few milliseconds. The first line names the format and the checksum of the second, so that a
 * damaged file is passed over.
 */
export function readParsed(cacheDir: string, checksum: string): KubernetesObject[] | undefined {
  const text = readCached(fileOf(cacheDir, checksum));
  if (text === undefined) return undefined;
  const end = text.indexOf("\n");
  const json = text.slice(end + 1);
  if (text.slice(0, end) !== header(json, checksum)) return undefined;
  return JSON.parse(json) as KubernetesObject[];
}

export function writeParsed(cacheDir: string, checksum: string, objects: readonly KubernetesObject[]): void {
  const json = JSON.stringify(objects);
  writeCached(fileOf(cacheDir, checksum), `${header(json, checksum)}\n${json}`);
}

function fileOf(cacheDir: string, checksum: string): string {
  return join(cacheDir, `${checksum}.json`);
}

function header(json: string, checksum: string): string {
  return JSON.stringify({ format: FORMAT, manifests: checksum, objects: sha256(json) });
}
