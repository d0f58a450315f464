import type { VersionRange } from "./version-range";

/** The programs that the lab and its tests can ask for. */
export type ToolName =
  | "pulumi"
  | "pulumi-language-nodejs"
  | "etcd"
  | "kube-apiserver"
  | "kube-controller-manager"
  | "kube-scheduler"
  | "kubectl"
  | "kwok"
  | "coredns"
  | "argocd"
  | "consul"
  | "helm"
  | "kustomize"
  | "actionlint"
  | "versitygw";

/** Argo CD's official manifests: the version that is installed by default, and a newer one to upgrade to. */
export type ManifestSetName = "argo-cd-manifests" | "argo-cd-manifests-next";

/** What is built, cached and taken from PATH as one: programs of one version, side by side in one folder. */
export interface Bundle {
  readonly name: string;
  /** Without the leading `v`. */
  readonly version: string;
  /** The versions on PATH that do as well as a build. */
  readonly fits: VersionRange;
  /** Built in this order. */
  readonly modules: readonly ToolModule[];
  /** How to learn a program's version. A program without a probe must lie beside one that has it. */
  readonly probes: Partial<Record<ToolName, VersionProbe>>;
}

/** One folder beneath `modules/`, with a `go.mod` that pins what is built. */
export interface ToolModule {
  readonly folder: string;
  /** Go package by the program that it makes. All packages are compiled in one go. */
  readonly packages: Partial<Record<ToolName, string>>;
  /** Go variables that the linker sets: modules carry no version of their own, releases are stamped with it. */
  readonly stamps: Readonly<Record<string, string>>;
  /** Scripts that the module holds and that belong beside its programs. */
  readonly scripts?: { readonly module: string; readonly paths: readonly string[] };
  /** What has to be corrected before it compiles. */
  readonly patch?: SourcePatch;
}

/** A correction of one file of a module, for a tag that does not compile. */
export interface SourcePatch {
  readonly module: string;
  /** The file's path in the module. */
  readonly path: string;
  /** A text, and what stands in its place, wherever it occurs in the file. */
  readonly from: string;
  readonly to: string;
}

export interface VersionProbe {
  readonly args: readonly string[];
  /** Its first group is the version, without `v`. */
  readonly pattern: RegExp;
}

export interface ManifestSet {
  readonly name: ManifestSetName;
  /** The folder beneath `modules/` whose `go.mod` and `go.sum` pin the download. */
  readonly folder: ManifestSetName;
  readonly module: string;
  /** As Argo CD's tags are written: `v3.2.12`. */
  readonly version: string;
  /** Lower-case hexadecimal SHA-256 by the file's path in the module. */
  readonly sha256: Readonly<Record<ManifestPath, string>>;
}

export type ManifestPath = "manifests/install.yaml" | "manifests/ha/install.yaml";
