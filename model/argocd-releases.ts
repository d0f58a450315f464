import type { ManifestSource } from "./argocd-settings";

/** The version that is installed unless the stack's config names another. */
export const DEFAULT_ARGOCD_VERSION = "v3.2.12";

const FILES = { install: "install.yaml", ha: "ha/install.yaml" } as const;

/**
 * SHA-256 of the official manifests, so that the common case needs no checksum in the config. An older default stays:
 * running stacks may pin it.
 */
const CHECKSUMS: Readonly<Record<string, Readonly<Record<ManifestSource["variant"], string>>>> = {
  "v3.2.6": {
    install: "584d53e4155689b7ac7154f6e89206af8e9eae1db2e42784ca7d01bb122ceba8",
    ha: "397a2bbdf7c32808e7f8a569d82f4d6b58c166ad6c113ca5b78d90830ed24b72",
  },
  "v3.2.12": {
    install: "1097a8e8cdc1ed00831ec35338584ecaa2f79d29868fc0c2c5be61cce96253b8",
    ha: "b00066f67d60e7400ff1962373a5a59aa93310c1083307de77b5def7ab9b2262",
  },
  "v3.3.10": {
    install: "46a2d29b20977f1b1da70a26c92ae89b09e4482cc67bb01a6e757ecd8fa2fc9e",
    ha: "bae9daafdf5da6d1e601394afcb365e1934710c6dfb428515bc91f102524bfa1",
  },
};

/** Where the Argo CD project publishes a version's manifests. */
export function officialLocation(version: string, variant: ManifestSource["variant"]): string {
  return `https://raw.githubusercontent.com/argoproj/argo-cd/${version}/manifests/${FILES[variant]}`;
}

/** The known SHA-256 of a version's manifests; absent for versions that this program has not met. */
export function officialChecksum(version: string, variant: ManifestSource["variant"]): string | undefined {
  return CHECKSUMS[version]?.[variant];
}
