import { parseAllDocuments } from "yaml";
import type { KubernetesObject } from "./kubernetes-object";

/** Why a text is no list of manifests, as one phrase for a user. */
export class ManifestError extends Error {}

/** Parses YAML documents into objects of Kubernetes; empty documents are passed over. @throws ManifestError */
export function parseManifests(text: string): KubernetesObject[] {
  const documents = parseAllDocuments(text);
  const objects = (Array.isArray(documents) ? documents : []).flatMap((document, index) => {
    const [error] = document.errors;
    if (error !== undefined) throw new ManifestError(`it is not valid YAML: ${error.message.split("\n")[0] ?? ""}`);
    const value = document.toJS() as unknown;
    if (value === null || value === undefined) return [];
    if (!isKubernetesObject(value)) {
      throw new ManifestError(
        `its document ${String(index + 1)} is no object of Kubernetes: apiVersion, kind or metadata.name is missing`,
      );
    }
    return [value];
  });
  if (objects.length === 0) throw new ManifestError("it holds no object of Kubernetes");
  return objects;
}

function isKubernetesObject(value: unknown): value is KubernetesObject {
  if (typeof value !== "object" || value === null) return false;
  const { apiVersion, kind, metadata } = value as Record<string, unknown>;
  if (typeof apiVersion !== "string" || typeof kind !== "string") return false;
  return typeof (metadata as { name?: unknown } | null | undefined)?.name === "string";
}
