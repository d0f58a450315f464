import { describe, expect, it } from "vitest";
import type { Volume } from "../../../../lab/argocd/objects";
import { volumesOf } from "../../../../lab/argocd/volumes";

const secrets = new Map([["tls", { "tls.crt": "certificate", "tls.key": "key" }]]);
const context = { namespace: "argocd", secrets, folder: "/pod/volumes", pod: "pod argocd/repo" };

function volumes(volume: Volume, mountPath = "/app/config/tls", subPath?: string) {
  const mount = { name: volume.name, mountPath, ...(subPath !== undefined && { subPath }) };
  return volumesOf(
    { containers: [], volumes: [volume, { name: "unused", emptyDir: {} }] },
    { name: "main", image: "image", volumeMounts: [mount] },
    context,
  );
}

describe("the volumes of a container", () => {
  it("are those that it mounts, where it mounts them", () => {
    expect(volumes({ name: "tmp", emptyDir: {} }, "/tmp")).toEqual({
      mounts: [{ path: "/tmp", source: "/pod/volumes/tmp" }],
      configMaps: [],
      secrets: [],
      emptyDirs: ["/pod/volumes/tmp"],
    });
    expect(volumes({ name: "tmp", emptyDir: {} }, "/tmp/own", "own").mounts).toEqual([
      { path: "/tmp/own", source: "/pod/volumes/tmp/own" },
    ]);
  });

  it("follow a ConfigMap, of which items choose and name the keys", () => {
    const folder = "/pod/volumes/certs";
    expect(volumes({ name: "certs", configMap: { name: "tls-cm" } }).configMaps).toEqual([
      { namespace: "argocd", configMap: "tls-cm", folder },
    ]);
    const items = [{ key: "profile.enabled", path: "profiler.enabled" }];
    expect(volumes({ name: "certs", configMap: { name: "tls-cm", items, optional: true } }).configMaps).toEqual([
      {
        namespace: "argocd",
        configMap: "tls-cm",
        folder,
        items: { "profile.enabled": "profiler.enabled" },
        optional: true,
      },
    ]);
  });

  it("hold a Secret's files, of which items choose and name those that are there", () => {
    const files = (secret: NonNullable<Volume["secret"]>) => volumes({ name: "s", secret }).secrets[0]?.files;
    expect(files({ secretName: "tls" })).toEqual({ "tls.crt": "certificate", "tls.key": "key" });
    const items = [
      { key: "tls.crt", path: "server.crt" },
      { key: "ca.crt", path: "ca.crt" },
    ];
    expect(files({ secretName: "tls", items })).toEqual({ "server.crt": "certificate" });
    expect(files({ secretName: "absent", items, optional: true })).toEqual({});
  });

  it("are refused with the pod's name when a Secret or the volume itself is not there", () => {
    expect(() => volumes({ name: "s", secret: { secretName: "absent" } })).toThrow(
      /pod argocd\/repo: the pod needs the Secret absent/,
    );
    const container = { name: "main", image: "image", volumeMounts: [{ name: "gone", mountPath: "/gone" }] };
    expect(() => volumesOf({ containers: [] }, container, context)).toThrow(/the volume gone/);
  });
});
