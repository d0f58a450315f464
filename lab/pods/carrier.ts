import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { ApiClient } from "../control-plane/api-client";
import { type WatchedObject, watchObject } from "../control-plane/watch-object";
import { type CarrierConfig, healthPort, type MountedConfigMap } from "./carrier-config";
import { writeMountedFiles } from "./mounted-files";

/** What the files are to be, when they are not the ConfigMap's data as it is. */
export type Rewrite = (files: Readonly<Record<string, string>>, mount: MountedConfigMap) => Record<string, string>;

interface ConfigMap extends WatchedObject {
  readonly data?: Readonly<Record<string, string>>;
}

/**
 * Does what a kubelet does for ConfigMaps in pods: keeps folders equal to them, as long as this process lives. Answers
 * `/healthz` with 200 once every one is in its folder, and with what is missing before.
 */
export function carry(config: CarrierConfig, rewrite: Rewrite = (files) => ({ ...files })): void {
  const { server, ca, cert, key } = config.api;
  const client = new ApiClient(server, { ca: readFileSync(ca), cert: readFileSync(cert), key: readFileSync(key) });
  const signal = new AbortController().signal;
  const missing = new Set(config.mounts.map(nameOf));
  for (const mount of config.mounts) void follow(mount);
  createServer((_, response) => {
    response.writeHead(missing.size === 0 ? 200 : 503, { "content-type": "text/plain" });
    response.end(missing.size === 0 ? "ok\n" : `not mounted yet: ${[...missing].join(", ")}\n`);
  }).listen(healthPort, config.address);

  async function follow(mount: MountedConfigMap): Promise<void> {
    const collection = `/api/v1/namespaces/${mount.namespace}/configmaps`;
    const complain = (reason: string): void => {
      log(`${nameOf(mount)}: ${reason}`);
    };
    let written: string | undefined;
    for await (const found of watchObject<ConfigMap>(client, collection, mount.configMap, signal, complain)) {
      const files = found === undefined ? {} : chosen(found, mount);
      if (found === undefined && mount.optional !== true) {
        // What a pod has keeps what it was; a new one would wait.
        log(`${nameOf(mount)} is not there`);
        continue;
      }
      const content = JSON.stringify(files);
      if (content === written) continue;
      writeMountedFiles(mount.folder, rewrite(files, mount));
      written = content;
      missing.delete(nameOf(mount));
      log(`${nameOf(mount)} is in ${mount.folder}: ${Object.keys(files).join(", ")}`);
    }
  }
}

/** The keys of a ConfigMap that are mounted, under the names of their files. */
function chosen({ data = {} }: ConfigMap, { items }: MountedConfigMap): Record<string, string> {
  if (items === undefined) return { ...data };
  const pairs = Object.entries(items).map(([key, file]) => [file, data[key]] as const);
  return Object.fromEntries(pairs.filter((pair): pair is readonly [string, string] => pair[1] !== undefined));
}

function nameOf({ namespace, configMap }: MountedConfigMap): string {
  return `ConfigMap ${namespace}/${configMap}`;
}

function log(line: string): void {
  process.stdout.write(`${new Date().toISOString()} ${line}\n`);
}
