import { DEFAULT_ARGOCD_VERSION, officialChecksum } from "../../model/argocd-releases";
import type { Bundle, ManifestSet, ManifestSetName, ToolName, VersionProbe } from "./catalogue-types";

const kubernetesVersion = "1.35.4";
const pulumiVersion = "3.220.0";
const argocdVersion = DEFAULT_ARGOCD_VERSION.slice(1);
const helmVersion = "3.20.2";

/** The version variables that a Kubernetes release sets in its programs (`hack/lib/version.sh` there). */
function kubernetesStamps(): Record<string, string> {
  const [major = "", minor = ""] = kubernetesVersion.split(".");
  const values = { gitVersion: `v${kubernetesVersion}`, gitMajor: major, gitMinor: minor, gitTreeState: "clean" };
  const packages = ["k8s.io/client-go/pkg/version", "k8s.io/component-base/version"];
  return Object.fromEntries(
    packages.flatMap((path) => Object.entries(values).map(([variable, value]) => [`${path}.${variable}`, value])),
  );
}

/** The variables that a Helm release sets (its `Makefile`): the Kubernetes version is what charts see by default. */
function helmStamps(): Record<string, string> {
  const packages = ["helm.sh/helm/v3/pkg/chartutil", "helm.sh/helm/v3/pkg/lint/rules"];
  // That of k8s.io/client-go in Helm's go.mod, v0.35.1, with 1 for 0.
  const kubernetes = { k8sVersionMajor: "1", k8sVersionMinor: "35" };
  return {
    "helm.sh/helm/v3/internal/version.version": `v${helmVersion}`,
    "helm.sh/helm/v3/internal/version.gitTreeState": "clean",
    ...Object.fromEntries(
      packages.flatMap((path) => Object.entries(kubernetes).map(([variable, value]) => [`${path}.${variable}`, value])),
    ),
  };
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
  {
    // One program: the name that it is called by, through a link, picks the role (`argocd-server`, …).
    name: "argocd",
    version: argocdVersion,
    fits: { from: argocdVersion, below: "3.3.0" },
    modules: [
      {
        folder: "argo-cd",
        packages: { argocd: "github.com/argoproj/argo-cd/v3/cmd" },
        // A release also names its Git commit, which the module does not tell: the version ends in `+unknown`.
        stamps: {
          "github.com/argoproj/argo-cd/v3/common.version": argocdVersion,
          "github.com/argoproj/argo-cd/v3/common.gitTreeState": "clean",
          "github.com/argoproj/argo-cd/v3/common.kubectlVersion": "v0.34.0",
        },
        // The v3.2.12 of Go's module proxy does not compile, as it calls a function that its package does not export.
        // Argo CD's own correction is the same: https://github.com/argoproj/argo-cd/pull/27816
        patch: {
          module: "github.com/argoproj/argo-cd/v3",
          path: "util/settings/settings.go",
          from: "validateExternalURL",
          to: "ValidateExternalURL",
        },
      },
    ],
    probes: { argocd: { args: ["version", "--client", "--short"], pattern: /^argocd: v(\S+)/ } },
  },
  {
    name: "consul",
    version: "1.21.0",
    fits: { from: "1.21.0", below: "1.22.0" },
    // Its module carries its version in a file.
    modules: [{ folder: "consul", packages: { consul: "github.com/hashicorp/consul" }, stamps: {} }],
    probes: { consul: { args: ["version"], pattern: /^Consul v(\S+)/ } },
  },
  {
    name: "helm",
    version: helmVersion,
    // From the one that Argo CD's image holds.
    fits: { from: "3.18.4", below: "4.0.0" },
    modules: [{ folder: "helm", packages: { helm: "helm.sh/helm/v3/cmd/helm" }, stamps: helmStamps() }],
    probes: { helm: { args: ["version", "--short"], pattern: /^v(\S+)/ } },
  },
  {
    name: "kustomize",
    version: "5.8.1",
    // From the one that Argo CD's image holds.
    fits: { from: "5.7.0", below: "6.0.0" },
    // It finds its version among the modules that it is built from, before any stamp.
    modules: [{ folder: "kustomize", packages: { kustomize: "sigs.k8s.io/kustomize/kustomize/v5" }, stamps: {} }],
    probes: { kustomize: { args: ["version"], pattern: /^v(\S+)/ } },
  },
  {
    // It judges the workflows of templates/.
    name: "actionlint",
    version: "1.7.7",
    fits: { from: "1.7.7", below: "2.0.0" },
    modules: [
      {
        folder: "actionlint",
        packages: { actionlint: "github.com/rhysd/actionlint/cmd/actionlint" },
        stamps: { "github.com/rhysd/actionlint.version": "1.7.7" },
      },
    ],
    probes: { actionlint: { args: ["-version"], pattern: /^v?(\S+)/ } },
  },
  {
    // A server of S3, for tests of that backend.
    name: "versitygw",
    version: "1.8.0",
    fits: { from: "1.8.0", below: "2.0.0" },
    modules: [
      {
        folder: "versitygw",
        packages: { versitygw: "github.com/versity/versitygw/cmd/versitygw" },
        stamps: { "main.Version": "v1.8.0" },
      },
    ],
    probes: { versitygw: { args: ["--version"], pattern: /^Version\s*: v(\S+)/ } },
  },
];

/** Argo CD's manifests: what is installed by default, and a newer line to upgrade to. */
export const manifestSets: readonly ManifestSet[] = [
  manifestSet("argo-cd-manifests", DEFAULT_ARGOCD_VERSION),
  manifestSet("argo-cd-manifests-next", "v3.3.10"),
];

/** The model knows the checksums. */
function manifestSet(name: ManifestSetName, version: string): ManifestSet {
  const checksum = (variant: "install" | "ha"): string => {
    const known = officialChecksum(version, variant);
    if (known === undefined) throw new Error(`model/argocd-releases.ts lacks the checksums of ${version}`);
    return known;
  };
  return {
    name,
    folder: name,
    module: "github.com/argoproj/argo-cd/v3",
    version,
    sha256: { "manifests/install.yaml": checksum("install"), "manifests/ha/install.yaml": checksum("ha") },
  };
}

/** The programs of a bundle, in the order in which its modules are built. */
export function toolsOf(bundle: Bundle): ToolName[] {
  return bundle.modules.flatMap((module) => Object.keys(module.packages) as ToolName[]);
}

/** All files that a complete bundle's `bin` folder holds: its programs and the scripts beside them. */
export function filesOf(bundle: Bundle): string[] {
  const scripts = bundle.modules.flatMap((module) => module.scripts?.paths ?? []);
  return [...toolsOf(bundle), ...scripts.map((path) => path.slice(path.lastIndexOf("/") + 1))];
}
