import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { type Problem, UserError } from "../../model/problem";

export interface AptContext {
  /** The user's environment: apt-get takes proxies from it. */
  readonly env: NodeJS.ProcessEnv;
  /** The file that keeps what apt-get says. */
  readonly log: string;
  /** Is told what happens beside the installation itself. */
  readonly detail: (text: string) => void;
}

/** How long apt-get waits for another one that is at work, in seconds. */
const lockTimeout = 300;

/** The command by which a user installs packages themselves. */
export function installCommand(packages: readonly string[]): string {
  return `apt-get update && apt-get install --no-install-recommends ${packages.join(" ")}`;
}

/**
 * Installs Debian packages and starts none of their services. The lists of packages are fetched only where they are
 * missing or too old to be of use. Throws a `UserError` that says why it failed.
 */
export async function installPackages(packages: readonly string[], context: AptContext): Promise<void> {
  const install = ["install", "--yes", "--no-install-recommends", ...packages];
  let result = await aptGet(install, context);
  if (!result.ok && /Unable to locate package|no installation candidate|Failed to fetch/.test(result.output)) {
    context.detail("fetching the lists of packages");
    result = await aptGet(["update"], context);
    context.detail("");
    if (result.ok) result = await aptGet(install, context);
  }
  if (!result.ok) throw explain(packages, result.output, context.log);
}

/**
 * Runs a command to which the programs that start services do nothing. The mounts are the command's own and end with
 * it, however it ends: nothing is left on the machine, as a `policy-rc.d` might be. Needs root.
 */
export function withoutServices(command: readonly string[]): string[] {
  return ["unshare", "--mount", "--propagation", "private", "sh", "-c", script, "sh", ...command];
}

const script = `set -e
for starter in /usr/sbin/invoke-rc.d /usr/bin/deb-systemd-invoke; do
  [ ! -e "$starter" ] || mount --bind /bin/true "$starter"
done
exec "$@"`;

async function aptGet(args: readonly string[], { env, log }: AptContext): Promise<{ ok: boolean; output: string }> {
  // Nobody is there to be asked which of two configuration files to keep.
  const keep = ["Dpkg::Options::=--force-confdef", "Dpkg::Options::=--force-confold"];
  const options = [`DPkg::Lock::Timeout=${String(lockTimeout)}`, ...keep].flatMap((option) => ["-o", option]);
  const [command = "", ...rest] = withoutServices(["apt-get", ...options, ...args]);
  const output = openSync(log, "w");
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      // Neither Ctrl-C nor a closed pipe may stop it half-way: that leaves packages behind which are not configured.
      const child = spawn(command, rest, {
        env: aptEnvironment(env),
        detached: true,
        stdio: ["ignore", output, output],
      });
      child.on("error", reject);
      child.on("close", resolve);
    });
    return { ok: code === 0, output: readFileSync(log, "utf8") };
  } finally {
    closeSync(output);
  }
}

/** Package scripts need the system's folders on PATH; what apt-get says is read here, hence in English. */
function aptEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const path = [env["PATH"], "/usr/sbin:/usr/bin:/sbin:/bin"].filter((part) => part !== undefined && part !== "");
  return { ...env, PATH: path.join(":"), DEBIAN_FRONTEND: "noninteractive", LC_ALL: "C" };
}

type Known = Pick<Problem, "message" | "fix"> & { readonly pattern: RegExp };

/** Failures in the words of apt-get, dpkg and unshare. The first that matches explains the failure. */
const known: readonly Known[] = [
  {
    pattern: /Could not get lock|Unable to acquire the dpkg frontend lock|Unable to lock /,
    message: `another program is installing packages, and was not done after ${String(lockTimeout)} seconds`,
    fix: "let it end, then run the command again",
  },
  {
    pattern: /dpkg was interrupted/,
    message: "an earlier installation of packages was cut off",
    fix: "complete it as root, then run the command again: dpkg --configure -a",
  },
  {
    pattern: /No space left on device|(not|n't have) enough free space/i,
    message: "the disk is full",
    fix: "free some space, then run the command again",
  },
  {
    pattern: /^(unshare|mount): /,
    message: "the packages' services could not be kept from starting, as this root may not mount",
    fix: "give the container the right to mount (CAP_SYS_ADMIN): the lab's parts need it as well",
  },
  {
    pattern: /Temporary failure resolving|Could not resolve|Could not connect|Connection (failed|refused|timed out)/,
    message: "the package archive was not reached",
    fix: "check the network, http_proxy and /etc/apt/sources.list, then run the command again",
  },
  {
    pattern: /Unable to locate package|no installation candidate/,
    message: "this system's package sources do not hold what the lab needs",
    fix: "name Debian's main archive in /etc/apt/sources.list.d, then run the command again",
  },
];

function explain(packages: readonly string[], output: string, log: string): UserError {
  const lines = output.split("\n").filter((line) => line.trim() !== "");
  const problem = (found: Pick<Problem, "message" | "value" | "fix">): UserError =>
    new UserError([{ severity: "error", file: packages.join(", "), path: "", ...found }]);
  for (const { pattern, message, fix } of known) {
    const words = lines.find((line) => pattern.test(line));
    if (words !== undefined) return problem({ message, value: words.trim(), fix });
  }
  return problem({
    message: "the installation of Debian packages failed",
    value: ["the end of its log:", ...lines.slice(-15)].join("\n    "),
    fix: `read ${log}, and install them as root: ${installCommand(packages)}`,
  });
}
