import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";

const run = promisify(execFile);

export interface SshKey {
  /** The file of the private key. */
  readonly file: string;
  readonly private: string;
  /** A line for the server. */
  readonly public: string;
}

/** Makes a key pair in a file that is not there yet. */
export async function makeSshKey(file: string): Promise<SshKey> {
  await run("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", "", "-f", file]);
  return { file, private: readFileSync(file, "utf8"), public: readFileSync(`${file}.pub`, "utf8").trim() };
}

/** The ssh for GIT_SSH_COMMAND that knows this key and these hosts, and nothing of the user's. */
export function sshCommand({ key, knownHosts }: { readonly key: string; readonly knownHosts: string }): string {
  const options = [
    "IdentitiesOnly=yes",
    "BatchMode=yes",
    "StrictHostKeyChecking=yes",
    `UserKnownHostsFile=${knownHosts}`,
    "GlobalKnownHostsFile=/dev/null",
  ];
  return ["ssh", "-F", "/dev/null", "-i", key, ...options.map((option) => `-o ${option}`)].join(" ");
}
