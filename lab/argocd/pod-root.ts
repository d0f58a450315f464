import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ProcessSpec } from "../process";
import { shellQuote } from "../process/node-program";

/** A file or folder of this machine at a place in a pod. */
export interface PodMount {
  /** Absolute, in the pod. */
  readonly path: string;
  /** Absolute, on this machine. */
  readonly source: string;
}

export interface PodRoot {
  /** Keeps the script that makes the root, and the folder that it is mounted on; nobody else sees what is mounted. */
  readonly folder: string;
  readonly workingDirectory: string;
  /** @default none */
  readonly mounts?: readonly PodMount[];
}

/** Folders that images bring along as this machine does: a mount lies over a part of them. All others are the pod's own. */
const machineFolders = ["/usr", "/etc", "/var", "/run"];
/** Folders that each pod has for itself, mounted into or not. */
const ownFolders = ["/app", "/home", "/tmp"];

/**
 * The same process with a pod's file system as its root: volumes and programs are where the pod's specification and
 * its image have them, and so the command can stay what it is. It has to run in a sandbox, whose mounts it takes along.
 * The process keeps its id.
 */
export function inPodRoot(spec: ProcessSpec, root: PodRoot): ProcessSpec {
  const place = join(root.folder, "root");
  mkdirSync(place, { recursive: true });
  const script = rootScript(place, root);
  const file = join(root.folder, "start");
  writeFileSync(file, script);
  // The script does not look at its digest: it is there to have another command where there is another script.
  const digest = createHash("sha256").update(script).digest("hex").slice(0, 12);
  return { ...spec, command: "sh", args: [file, digest, spec.command, ...spec.args] };
}

/** Makes the root from this machine's folders and the mounts, and becomes the process with it. */
function rootScript(root: string, { workingDirectory, mounts = [] }: PodRoot): string {
  // What lies in a mounted folder is mounted after it.
  const sorted = [...mounts].sort((a, b) => (a.path < b.path ? -1 : 1));
  const tops = sorted.map(({ path }) => `/${path.split("/")[1] ?? ""}`).filter((top) => !machineFolders.includes(top));
  const own = [...new Set([...ownFolders, ...tops])].sort();
  return `#!/bin/sh
set -e
shift
root=${shellQuote(root)}
place() {
  if [ -d "$1" ]; then
    mkdir -p "$root$2"
  else
    mkdir -p "$(dirname "$root$2")"
    [ -e "$root$2" ] || : >"$root$2"
  fi
  mount --bind "$1" "$root$2"
}
mount -t tmpfs -o mode=755 tmpfs "$root"
for entry in /*; do
  case "$entry" in ${own.map(shellQuote).join(" | ")}) continue ;; esac
  if [ -L "$entry" ]; then
    cp -P "$entry" "$root$entry"
  elif [ -d "$entry" ]; then
    mkdir "$root$entry"
    mount --rbind "$entry" "$root$entry"
  fi
done
for folder in ${own.map(shellQuote).join(" ")}; do mkdir "$root$folder"; done
chmod 1777 "$root/tmp"
${sorted.map(({ source, path }) => `place ${shellQuote(source)} ${shellQuote(path)}`).join("\n")}
mkdir -p "$root"${shellQuote(workingDirectory)}
exec chroot "$root" env --chdir=${shellQuote(workingDirectory)} "$@"
`;
}
