import { join } from "node:path";
import { expect, it } from "vitest";
import { stringify } from "yaml";
import { declarePlatform } from "../../../components/platform";
import { loadPlatform } from "../../../model/load";
import { SecretText } from "../../../model/secret";
import { FURTHER_MANIFESTS, MANIFESTS } from "../components/argocd/manifests";
import { declared } from "../components/declared";
import type { Declared } from "../components/declared";

const ROOT = join(__dirname, "..", "..", "..");

const SECRET = "a-secret-of-the-stack";

/** The dates of tokens are counted from here. */
const NOW = new Date("2026-11-21T12:00:00Z");

const MIRROR_FILES = [{ path: "mirror.sh", content: "#!/bin/sh\n", executable: true }];

/** What kubeconfigs among the secrets are, as the model reads them. */
const KUBECONFIG = JSON.stringify({
  "current-context": "main",
  contexts: [{ name: "main", context: { cluster: "main", user: "main" } }],
  clusters: [{ name: "main", cluster: { server: "https://main", "certificate-authority-data": "Q0E=" } }],
  users: [{ name: "main", user: { token: SECRET } }],
});

function opened(path: string): SecretText {
  return SecretText.known(path.startsWith("secrets.eu-west.") ? KUBECONFIG : SECRET);
}

/** What the ConfigMaps of a cluster hold before the platform comes. */
const CLUSTER = {
  "kube-system/coredns": {
    data: {
      Corefile:
        ".:53 {\n    errors\n    kubernetes cluster.local\n    forward . /etc/resolv.conf\n    cache 30\n    reload\n}\n",
    },
    metadata: { labels: {} },
  },
  "kube-system/nodelocaldns": {
    data: { Corefile: ".:53 {\n    errors\n    bind 169.254.25.10\n    forward . /etc/resolv.conf\n}\n" },
    metadata: { labels: {} },
  },
};

/**
 * Every resource of the example stacks, so that a change shows all that it does. What is meant to change is written
 * anew by `npx vitest run --project unit test/unit/golden -u`, and read in the merge request.
 */
it.each(["dev", "staging", "prod"])("The stack %s declares what its golden dump says", async (stack) => {
  const { platform } = loadPlatform({ root: ROOT, stack, ciphertext: opened, now: NOW });
  const resources = await declared(() => declarePlatform(platform, [...MANIFESTS, ...FURTHER_MANIFESTS], MIRROR_FILES), stack, CLUSTER);
  const dump = stringify(resources.sort(byName).map(shown), { lineWidth: 0, aliasDuplicateObjects: false });
  expect(dump).not.toContain(SECRET);
  expect(dump).not.toContain(Buffer.from(SECRET).toString("base64"));
  await expect(dump).toMatchFileSnapshot(join(__dirname, `${stack}.yaml`));
});

function byName(one: Declared, other: Declared): number {
  return one.name < other.name ? -1 : 1;
}

/** A resource without what is empty and without what the shell decides. */
function shown(resource: Declared) {
  const { type, name, parent, provider, dependsOn, protect, retainOnDelete, deletedWith, secretOutputs, inputs } = resource;
  return {
    name,
    type,
    ...(parent !== "" && { parent }),
    ...(provider !== "" && { provider }),
    ...(protect && { protect }),
    ...(retainOnDelete && { retainOnDelete }),
    ...(deletedWith !== "" && { deletedWith }),
    ...(secretOutputs.length > 0 && { secretOutputs }),
    ...(dependsOn.length > 0 && { dependsOn }),
    inputs: type === "pulumi:providers:kubernetes" ? withoutAmbient(inputs) : inputs,
  };
}

/** The SDK writes the shell's KUBECONFIG into a provider that has no kubeconfig of its own. */
function withoutAmbient(inputs: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(inputs).filter(([key, value]) => key !== "kubeconfig" || value === "[secret]"),
  );
}
