import { describe, expect, it } from "vitest";
import { CHECKSUM_ANNOTATION } from "../../../../components/argocd/patch-checksum";
import { patchManifests } from "../../../../components/argocd/patch-manifests";
import type { Workload } from "../../../../components/argocd/workload";
import type { ArgoCdSettings } from "../../../../model/argocd-settings";
import { MANIFESTS, objectNamed } from "./manifests";
import { argocdSettings } from "./settings";

describe("a changed parameter", () => {
  function checksums(changes: Partial<ArgoCdSettings>): Record<string, string | undefined> {
    return Object.fromEntries(
      patchManifests(MANIFESTS, argocdSettings(changes))
        .filter(({ apiVersion }) => apiVersion === "apps/v1")
        .map((object) => [
          object.metadata.name,
          (object as Workload).spec.template.metadata?.annotations?.[CHECKSUM_ANNOTATION],
        ]),
    );
  }

  function restarted(before: Partial<ArgoCdSettings>, after: Partial<ArgoCdSettings>): string[] {
    const [old, now] = [checksums(before), checksums(after)];
    return Object.keys(now).filter((name) => old[name] !== now[name]);
  }

  it.each<[string, Partial<ArgoCdSettings>, Partial<ArgoCdSettings>, string[]]>([
    ["is set", {}, { parameters: { "server.insecure": "true" } }, ["argocd-server"]],
    [
      "changes its value",
      { parameters: { "server.insecure": "true" } },
      { parameters: { "server.insecure": "false" } },
      ["argocd-server"],
    ],
    ["is taken away", { parameters: { "server.insecure": "true" } }, {}, ["argocd-server"]],
    [
      "is a key of argocd-cm that reaches pods as a variable",
      {},
      { settings: { "timeout.reconciliation": "60s" } },
      ["argocd-repo-server", "argocd-application-controller"],
    ],
    ["is a key that Argo CD watches", {}, { settings: { "exec.enabled": "true" }, url: "https://a.example" }, []],
    ["is read by no workload", {}, { parameters: { "dexserver.log.level": "debug" } }, []],
    ["are known hosts, mounted as files", {}, { knownHosts: ["git.example ssh-ed25519 BBBB"] }, []],
  ])("that %s restarts the pods that read it only", (_, before, after, expected) => {
    expect(restarted(before, after)).toEqual(expected);
  });

  it("adds to the annotations that are there", () => {
    const [server] = patchManifests(
      [
        {
          ...objectNamed(MANIFESTS, "Deployment", "argocd-server"),
          spec: {
            template: {
              metadata: { annotations: { "checksum/config": "a" } },
              spec: { containers: [{ name: "x", image: "x", envFrom: [{ configMapRef: { name: "argocd-cm" } }] }] },
            },
          },
        },
        objectNamed(MANIFESTS, "ConfigMap", "argocd-cm"),
      ],
      argocdSettings(),
    );
    expect((server as Workload).spec.template.metadata?.annotations).toEqual({
      "checksum/config": "a",
      [CHECKSUM_ANNOTATION]: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
    });
  });
});
