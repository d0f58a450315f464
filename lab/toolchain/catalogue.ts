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
  | "coredns";

/** Argo CD's official manifests: the version that the examples pin, and a newer one to upgrade to. */
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
  /** As Argo CD's tags are written: `v3.2.6`. */
  readonly version: string;
  /** Lower-case hexadecimal SHA-256 by the file's path in the module. */
  readonly sha256: Readonly<Record<ManifestPath, string>>;
}

export type ManifestPath = "manifests/install.yaml" | "manifests/ha/install.yaml";

const kubernetesVersion = "1.35.4";
const pulumiVersion = "3.220.0";

/** The version variables that a Kubernetes release sets in its programs (`hack/lib/version.sh` there). */
function kubernetesStamps(): Record<string, string> {
  const [major = "", minor = ""] = kubernetesVersion.split(".");
  const values = { gitVersion: `v${kubernetesVersion}`, gitMajor: major, gitMinor: minor, gitTreeState: "clean" };
  const packages = ["k8s.io/client-go/pkg/version", "k8s.io/component-base/version"];
  return Object.fromEntries(
    packages.flatMap((path) => Object.entries(values).map(([variable, value]) => [`${path}.${variable}`, value])),
  );
}

const kubernetesProbe: VersionProbe = { args: ["--version"], pattern: /^Kubernetes v(\S+)/ };

/** Every program of the lab. The order is that of the builds. */
export const bundles: readonly Bundle[] = [
  {
    // The engine looks for its language host and the launchers beside itself, and warns when they lie elsewhere.
    name: "pulumi",
    version: pulumiVersion,
    // From 3.225 on, policy packs need a newer language host than the one that can be built from a module.
    fits: { from: pulumiVersion, below: "3.225.0" },
    modules: [
      {
        folder: "pulumi",
        packages: { pulumi: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi" },
        stamps: { "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version": `v${pulumiVersion}` },
      },
      {
        folder: "pulumi-language-nodejs",
        packages: { "pulumi-language-nodejs": "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs" },
        // The last version of the SDK module that still holds the host.
        stamps: { "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version": "v3.66.0" },
        scripts: {
          module: "github.com/pulumi/pulumi/sdk/v3",
          paths: ["nodejs/dist/pulumi-analyzer-policy", "nodejs/dist/pulumi-resource-pulumi-nodejs"],
        },
      },
    ],
    probes: { pulumi: { args: ["version"], pattern: /^v(\S+)/ } },
  },
  {
    name: "etcd",
    version: "3.6.5",
    fits: { from: "3.6.0", below: "3.7.0" },
    modules: [{ folder: "etcd", packages: { etcd: "go.etcd.io/etcd/server/v3" }, stamps: {} }],
    probes: { etcd: { args: ["--version"], pattern: /^etcd Version: (\S+)/ } },
  },
  {
    name: "kubernetes",
    version: kubernetesVersion,
    fits: { from: "1.35.0", below: "1.36.0" },
    modules: [
      {
        folder: "kubernetes",
        packages: {
          "kube-apiserver": "k8s.io/kubernetes/cmd/kube-apiserver",
          "kube-controller-manager": "k8s.io/kubernetes/cmd/kube-controller-manager",
          "kube-scheduler": "k8s.io/kubernetes/cmd/kube-scheduler",
          kubectl: "k8s.io/kubernetes/cmd/kubectl",
        },
        stamps: kubernetesStamps(),
      },
    ],
    probes: {
      "kube-apiserver": kubernetesProbe,
      "kube-controller-manager": kubernetesProbe,
      "kube-scheduler": kubernetesProbe,
      kubectl: { args: ["version", "--client"], pattern: /^Client Version: v(\S+)/ },
    },
  },
  {
    name: "kwok",
    version: "0.7.0",
    fits: { from: "0.7.0", below: "0.8.0" },
    modules: [{ folder: "kwok", packages: { kwok: "sigs.k8s.io/kwok/cmd/kwok" }, stamps: {} }],
    probes: { kwok: { args: ["--version"], pattern: /^kwok version v(\S+)/ } },
  },
  {
    name: "coredns",
    version: "1.14.2",
    fits: { from: "1.14.2", below: "1.15.0" },
    modules: [{ folder: "coredns", packages: { coredns: "github.com/coredns/coredns" }, stamps: {} }],
    probes: { coredns: { args: ["-version"], pattern: /^CoreDNS-(\S+)/ } },
  },
];

/** Argo CD's manifests. The checksums are those of the files that the tags of Argo CD's repository hold. */
export const manifestSets: readonly ManifestSet[] = [
  {
    name: "argo-cd-manifests",
    folder: "argo-cd-manifests",
    module: "github.com/argoproj/argo-cd/v3",
    version: "v3.2.6",
    sha256: {
      "manifests/install.yaml": "584d53e4155689b7ac7154f6e89206af8e9eae1db2e42784ca7d01bb122ceba8",
      "manifests/ha/install.yaml": "397a2bbdf7c32808e7f8a569d82f4d6b58c166ad6c113ca5b78d90830ed24b72",
    },
  },
  {
    name: "argo-cd-manifests-next",
    folder: "argo-cd-manifests-next",
    module: "github.com/argoproj/argo-cd/v3",
    version: "v3.3.6",
    sha256: {
      "manifests/install.yaml": "b610fc3a0097307d305785fdaaa1ca01b18818c922455a169877c3537bd783ec",
      "manifests/ha/install.yaml": "0201419490c706f2a0e53de146ce268afe20a12919c1b2eb377bd38129d7e183",
    },
  },
];

/** The programs of a bundle, in the order in which its modules are built. */
export function toolsOf(bundle: Bundle): ToolName[] {
  return bundle.modules.flatMap((module) => Object.keys(module.packages) as ToolName[]);
}

/** All files that a complete bundle's `bin` folder holds: its programs and the scripts beside them. */
export function filesOf(bundle: Bundle): string[] {
  const scripts = bundle.modules.flatMap((module) => module.scripts?.paths ?? []);
  return [...toolsOf(bundle), ...scripts.map((path) => path.slice(path.lastIndexOf("/") + 1))];
}
