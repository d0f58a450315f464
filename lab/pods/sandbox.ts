import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ProcessSpec } from "../process";

/** What a process sees of a pod: its own names, resolvers and service account. All else is the machine's. */
export interface Sandbox {
  /** Keeps its files. */
  readonly folder: string;
  /** The one resolver in its `/etc/resolv.conf`; it asks the machine's where none is named. */
  readonly nameserver?: string;
  /** As kubelets write them, for pods whose names are completed by the cluster's domain. @default none */
  readonly search?: readonly string[];
  /** Entries of its `/etc/hosts`; `localhost` is 127.0.0.1 unless it is among them. @default none */
  readonly hosts?: readonly HostEntry[];
  /** What the machine is called for it; a pod's is the pod's name. @default the machine's own */
  readonly hostname?: string;
  /** A folder with `token`, `ca.crt` and `namespace`, at the place where clients of the API server look for it. */
  readonly serviceAccount?: string;
  /** What the pod was made from: when it changes, the process is started anew, as a pod would be. @default none */
  readonly template?: unknown;
}

export interface HostEntry {
  readonly ip: string;
  readonly hostnames: readonly string[];
}

/**
 * Mounts what the process is to see, in a mount namespace of its own, and becomes the process: its id stays.
 * Arguments: a digest that only marks the process, resolv.conf, hosts, the service account's folder or nothing, the
 * host's name or nothing.
 */
const script = `set -e
mount --bind "$1" /etc/resolv.conf
mount --bind "$2" /etc/hosts
if [ -n "$3" ]; then
  mount -t tmpfs -o mode=755 tmpfs /var/run
  mkdir -p /var/run/secrets/kubernetes.io/serviceaccount
  mount --bind "$3" /var/run/secrets/kubernetes.io/serviceaccount
fi
[ -z "$4" ] || hostname "$4"
shift 4
exec "$@"`;

/** The same process in a sandbox, whose files are written here. Needs root: only root may mount. */
export function inSandbox(spec: ProcessSpec, sandbox: Sandbox): ProcessSpec {
  mkdirSync(sandbox.folder, { recursive: true });
  const { serviceAccount = "", hostname = "", template } = sandbox;
  const files = writeSandboxFiles(sandbox);
  const digest = createHash("sha256")
    .update(JSON.stringify(template ?? ""))
    .digest("hex")
    .slice(0, 12);
  const spaces = ["--mount", "--propagation", "private", ...(hostname === "" ? [] : ["--uts"])];
  const own = [`pod-${digest}`, files.resolvConf, files.hosts, serviceAccount, hostname];
  return { ...spec, command: "unshare", args: [...spaces, "sh", "-c", script, ...own, spec.command, ...spec.args] };
}

/** Written in place: a mounted file is known by its inode, so that a replaced one would not be seen. */
function writeSandboxFiles({ folder, nameserver, search = [], hosts = [] }: Sandbox) {
  const resolvConf = nameserver === undefined ? "/etc/resolv.conf" : join(folder, "resolv.conf");
  if (nameserver !== undefined) {
    const completion = search.length === 0 ? [] : [`search ${search.join(" ")}`, "options ndots:5"];
    writeFileSync(resolvConf, [`nameserver ${nameserver}`, ...completion, ""].join("\n"));
  }
  const file = join(folder, "hosts");
  const isNamed = hosts.some(({ hostnames }) => hostnames.includes("localhost"));
  const own: readonly HostEntry[] = isNamed ? [] : [{ ip: "127.0.0.1", hostnames: ["localhost"] }];
  writeFileSync(file, [...own, ...hosts].map(({ ip, hostnames }) => `${ip}\t${hostnames.join("\t")}\n`).join(""));
  return { resolvConf, hosts: file };
}
