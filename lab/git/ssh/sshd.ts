import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { type ProcessSpec, tcpProbe } from "../../process";
import { writeNodeLauncher } from "../../process/node-program";
import { type GitFiles, gitHostNames } from "../files";

const run = promisify(execFile);

export interface SshdArgs {
  readonly files: GitFiles;
  /** The lab's state folder. */
  readonly stateDir: string;
  readonly address: string;
  /** sshd's absolute path: it runs itself anew for each connection. */
  readonly sshd: string;
  readonly log: string;
}

/**
 * Debian's sshd with a configuration, host key and account of the lab's own. It wants a user `git` in /etc/passwd and a
 * folder /run/sshd, which the machine may not have and does not get: both are mounted for this process alone.
 * Arguments: the file to see as /etc/passwd, then the command.
 */
const mounts = `set -e
mount --bind "$1" /etc/passwd
if [ ! -d /run/sshd ]; then
  mount -t tmpfs -o mode=755 tmpfs /run
  mkdir -m 755 /run/sshd
fi
shift
exec "$@"`;

/** Writes what sshd reads, and says how it runs. The host key stays as long as the lab exists. */
export async function prepareSshd(args: SshdArgs): Promise<ProcessSpec> {
  const { files, address, sshd, log } = args;
  mkdirSync(files.ssh, { recursive: true, mode: 0o700 });
  const hostKey = join(files.ssh, "host_ed25519");
  if (!existsSync(hostKey)) await run("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", "", "-f", hostKey]);
  writeFileSync(files.knownHosts, `${[...gitHostNames, address].join(",")} ${readFileSync(`${hostKey}.pub`, "utf8")}`);
  writeNodeLauncher(files.session, join(__dirname, "session.ts"), [args.stateDir]);
  const accounts = join(files.ssh, "passwd");
  writeFileSync(accounts, accountsWith(files.ssh, readFileSync("/etc/passwd", "utf8")), { mode: 0o644 });
  const config = join(files.ssh, "sshd_config");
  writeFileSync(config, configuration(args, hostKey));
  const command = [sshd, "-D", "-e", "-f", config];
  return {
    name: "git-sshd",
    command: "unshare",
    args: ["--mount", "--propagation", "private", "sh", "-c", mounts, "git-sshd", accounts, ...command],
    log,
    host: address,
    ports: [22],
    ready: tcpProbe(address, 22),
  };
}

function configuration({ files, address }: SshdArgs, hostKey: string): string {
  return [
    `ListenAddress ${address}:22`,
    `HostKey "${hostKey}"`,
    `AuthorizedKeysFile "${files.authorizedKeys}"`,
    "AuthenticationMethods publickey",
    "AllowUsers git",
    // The account is root's under another name, as the repositories are: with a forced command only.
    "PermitRootLogin forced-commands-only",
    "DisableForwarding yes",
    "PermitTTY no",
    "PermitUserRC no",
    "AcceptEnv GIT_PROTOCOL",

    // A lab may lie below /tmp, which everybody may write to.
    "StrictModes no",
    "UsePAM no",
    "PidFile none",
    "PrintMotd no",
    // Argo CD opens several connections at a time.
    "MaxStartups 100",
    "LogLevel VERBOSE",
    "",
  ].join("\n");
}

/** The machine's accounts and those that sshd needs. `*` is no password, and does not lock the account as `!` would. */
function accountsWith(home: string, passwd: string): string {
  const others = passwd.split("\n").filter((line) => line !== "" && !line.startsWith("git:"));
  const privileges = others.some((line) => line.startsWith("sshd:"))
    ? []
    : ["sshd:*:65533:65534::/run/sshd:/bin/false"];
  return [...others, ...privileges, `git:*:0:0:Git:${home}:/bin/sh`, ""].join("\n");
}
