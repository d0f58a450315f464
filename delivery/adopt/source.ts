import { gitUrlFinding } from "../../model/git-url";
import { fieldsAt, isFields, listAt, textAt, textsAt } from "./found-object";
import type { Fields } from "./found-object";
import type { Notes } from "./note";

/** One source in the catalogue's words, with what equals a default left out. */
export interface AdoptedSource {
  readonly kind: "manifests" | "kustomize" | "helm" | "reference";
  readonly url: string;
  readonly [key: string]: unknown;
}

export interface SourceContext {
  readonly path: string;
  /** What Argo CD found out of the source by itself; absent in a file. */
  readonly sourceType?: string | undefined;
  /** What Argo CD calls a Helm release that is given no name. */
  readonly application: string;
  /** How the release is called in the catalogue when nothing is said. */
  readonly repository: string;
  readonly rewrite: (url: string) => string;
  readonly notes: Notes;
}

/** What each tool may say so that the catalogue can say it too. */
const EXPRESSIBLE = {
  directory: ["recurse"],
  kustomize: ["images"],
  helm: ["releaseName", "valueFiles", "parameters"],
  source: ["repoURL", "targetRevision", "path", "chart", "ref", "directory", "kustomize", "helm", "name"],
} as const;

const CURES: Readonly<Record<string, string>> = {
  "helm.values": "put the values into a file of the repository, and name it in valueFiles",
  "helm.valuesObject": "put the values into a file of the repository, and name it in valueFiles",
  plugin: "render the manifests in the repository's pipeline",
};

/** A source of an Application (`ApplicationSource` of argoproj.io/v1alpha1) as the catalogue writes it. */
export function adoptSource(source: Fields, context: SourceContext): AdoptedSource {
  refuseUnknown(source, EXPRESSIBLE.source, "", context);
  for (const tool of ["directory", "kustomize", "helm"] as const) {
    refuseUnknown(fieldsAt(source, tool), EXPRESSIBLE[tool], `${tool}.`, context);
  }
  const url = adoptUrl(textAt(source, "repoURL") ?? "", context);
  const revision = textAt(source, "targetRevision");
  const path = textAt(source, "path")?.replace(/^\.\/(?=.)/, "");
  const common = {
    url,
    ...(revision !== undefined && revision !== "HEAD" && { revision }),
    ...(path !== undefined && path !== "." && { path }),
  };
  const kind = kindOf(source, context);
  switch (kind) {
    case "reference":
      return { kind, ...common, ref: textAt(source, "ref") };
    case "manifests":
      return { kind, ...common, ...(fieldsAt(source, "directory")["recurse"] === true && { recurse: true }) };
    case "kustomize": {
      const images = textsAt(fieldsAt(source, "kustomize"), "images");
      return { kind, ...common, ...(images.length > 0 && { images }) };
    }
    case "helm":
      return { kind, ...common, ...adoptHelm(source, context) };
  }
}

function kindOf(source: Fields, { sourceType, path }: SourceContext): AdoptedSource["kind"] {
  const folder = textAt(source, "path");
  if (textAt(source, "chart") !== undefined || isFields(source["helm"])) return "helm";
  if (isFields(source["kustomize"])) return "kustomize";
  if (isFields(source["directory"])) return "manifests";
  if (textAt(source, "ref") !== undefined && folder === undefined) return "reference";
  // Argo CD's word is about the first source of several.
  if (!path.startsWith("sources[") || path === "sources[0]") {
    if (sourceType === "Kustomize") return "kustomize";
    if (sourceType === "Helm") return "helm";
    if (sourceType === "Directory") return "manifests";
  }
  // A guess that changes nothing: without more words, both make the same Application.
  return /(^|\/)(base|overlays)(\/|$)/.test(folder ?? "") ? "kustomize" : "manifests";
}

function adoptHelm(source: Fields, { application, repository, path, notes }: SourceContext) {
  const helm = fieldsAt(source, "helm");
  const chart = textAt(source, "chart");
  const releaseName = textAt(helm, "releaseName") ?? application;
  const valueFiles = textsAt(helm, "valueFiles");
  for (const [index, file] of valueFiles.entries()) {
    if (!file.startsWith("/") && !file.includes("://")) continue;
    const place = `spec.${path}.helm.valueFiles[${String(index)}]`;
    const cure = "write its path from the chart's folder, or $ref/path for another repository's, then adopt again";
    notes.refused(place, file, "the catalogue's value files lie in a repository", cure);
  }
  const parameters = listAt(helm, "parameters").filter(isFields);
  for (const [index, parameter] of parameters.entries()) {
    if (parameter["forceString"] !== true) continue;
    const place = `spec.${path}.helm.parameters[${String(index)}].forceString`;
    notes.refused(
      place,
      textAt(parameter, "name"),
      "the catalogue's parameters have no forced type",
      "put it into a value file",
    );
  }
  return {
    ...(chart !== undefined && { chart }),
    ...(releaseName !== repository && { releaseName }),
    ...(valueFiles.length > 0 && { valueFiles }),
    ...(parameters.length > 0 && {
      parameters: Object.fromEntries(parameters.map((one) => [textAt(one, "name") ?? "", String(one["value"] ?? "")])),
    }),
  };
}

/** What would be lost with the first update, and with it what runs would change. */
function refuseUnknown(fields: Fields, known: readonly string[], prefix: string, { path, notes }: SourceContext): void {
  for (const [key, value] of Object.entries(fields)) {
    if (known.includes(key) || isEmpty(value)) continue;
    const cure =
      CURES[`${prefix}${key}`] ?? "move it into the repository, such as into its kustomization or value files";
    // Inline values hold passwords often enough: only their keys are told.
    const shown = typeof value === "boolean" ? value : isFields(value) ? Object.keys(value).join(", ") : undefined;
    notes.refused(
      `spec.${path}.${prefix}${key}`,
      shown,
      "the catalogue cannot say it, and what runs would change",
      `${cure}, then adopt again`,
    );
  }
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === "" || value === false) return true;
  return Array.isArray(value) ? value.length === 0 : isFields(value) && Object.keys(value).length === 0;
}

/** The URL as it is to be, with what is wrong with it told; user and password never leave the object. */
function adoptUrl(original: string, { path, notes, rewrite }: SourceContext): string {
  const url = rewrite(original.replace(/^(https?:\/\/)[^/@]*@/, "$1"));
  const place = `spec.${path}.repoURL`;
  if (/^https?:\/\/[^/@]*@/.test(original)) {
    const effect = "it is left out: give the repository credentials, and revoke what stood in the URL";
    notes.changed(place, undefined, "the URL holds a user or a password", effect);
  } else if (url !== original) {
    notes.changed(
      place,
      `${original} → ${url}`,
      "--rewrite says so",
      "Argo CD reads the same commit from there; no pod starts anew",
    );
  }
  const finding = gitUrlFinding(url);
  if (finding !== undefined) notes.refused(place, finding.value, finding.message, finding.fix);
  const [, scheme, host = ""] = /^([a-z]+):\/\/(\[[^\]]+\]|[^/:]+)/.exec(url) ?? [];
  if (/^[0-9.]+$|^\[/.test(host)) {
    const [start = ""] = /^[a-z]+:\/\/[^/]+/.exec(url) ?? [];
    const cure = `forward the server's zone (gitops-factory:dns.forwards), then adopt with --rewrite ${start}=${scheme ?? "http"}://NAME`;
    notes.advice(place, url, "the host is an IP address, which breaks when the server moves", cure);
  } else if (scheme === "http") {
    notes.advice(place, url, "the repository is read without encryption", "use https or SSH once the server has it");
  }
  return url;
}
