import { mkdirSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { cacheRoot } from "../../manifests/cache";
import { UserError } from "../../model/problem";
import { installCommand, installPackages } from "./apt-get";
import { explainFileError } from "./go-problems";
import { findOnPath } from "./path-tools";
import { createProgress, type Progress } from "./progress";
import { Staging, sweepStagings } from "./staging";

/** A program that is not built from a Go module but installed from Debian's archive. */
export type DebianProgram =
  | "dnsmasq"
  | "redis-server"
  | "sshd"
  | "git"
  | "rsync"
  | "shellcheck"
  | "busybox"
  | "tmux"
  | "zsh"
  | "fish"
  | "chromium";

interface Source {
  readonly package: string;
  /** What the lab does with it, for those who wonder whether they need it. */
  readonly purpose: string;
}

/** The smallest package with the program: `dnsmasq-base` has no service, `dnsmasq` has. */
const sources: Readonly<Record<DebianProgram, Source>> = {
  dnsmasq: { package: "dnsmasq-base", purpose: "the company's DNS server (part dnsmasq)" },
  "redis-server": { package: "redis-server", purpose: "Argo CD's cache (part argocd)" },
  sshd: { package: "openssh-server", purpose: "the Git server by SSH (part git)" },
  git: { package: "git", purpose: "the Git server and Argo CD's clones (parts git, argocd)" },
  rsync: { package: "rsync", purpose: "the pipelines of the GitLab double (part gitlab)" },
  shellcheck: { package: "shellcheck", purpose: "the judge of the mirror's and the templates' scripts (tests)" },
  busybox: { package: "busybox", purpose: "the tools of the image that the mirror runs in (tests)" },
  tmux: { package: "tmux", purpose: "the terminal that commands are typed at (tests)" },
  zsh: { package: "zsh", purpose: "the shell zsh, for its completion (tests)" },
  fish: { package: "fish", purpose: "the shell fish, for its completion (tests)" },
  chromium: { package: "chromium", purpose: "the browser that reads the report (tests)" },
};

export interface EnsureProgramsOptions {
  /** @default lines on standard error */
  readonly progress?: Progress;
  /** Where PATH, proxies, HOME and GITOPS_FACTORY_CACHE are read. @default the process's environment */
  readonly env?: NodeJS.ProcessEnv;
  /** Whether packages may be installed. @default whether the process runs as root */
  readonly isRoot?: boolean;
  /** Where programs lie beside PATH, which often lacks the folders of servers. @default those of Debian */
  readonly folders?: readonly string[];
}

/** The programs that were asked for. */
export interface DebianPrograms {
  /** A program's absolute path. Throws on one that was not asked for: that is a bug of the caller. */
  path(program: DebianProgram): string;
}

/**
 * Makes sure that programs of Debian's packages are there, in whatever version: from PATH or Debian's folders, else, as
 * root, installed by apt-get without starting a service. Says nothing when there is nothing to do.
 *
 * Throws a `UserError` where the user can help: no root, no apt-get, no network, another installation at work.
 */
export async function ensurePrograms(
  names: readonly DebianProgram[],
  options: EnsureProgramsOptions = {},
): Promise<DebianPrograms> {
  const env = options.env ?? process.env;
  const folders = options.folders ?? ["/usr/sbin", "/usr/bin"];
  const searched = [...(env["PATH"] ?? "").split(delimiter), ...folders].join(delimiter);
  const find = (name: DebianProgram): string | undefined => findOnPath(name, { PATH: searched });
  const missing = (): DebianProgram[] => names.filter((name) => find(name) === undefined);
  const wanted = missing();
  if (wanted.length > 0) {
    const isRoot = options.isRoot ?? process.getuid?.() === 0;
    if (!isRoot) throw onlyRoot(wanted);
    if (findOnPath("apt-get", { PATH: searched }) === undefined) throw noAptGet(wanted);
    await install(wanted, missing, env, options.progress ?? createProgress());
    const [lacking] = missing();
    if (lacking !== undefined) throw new Error(`${sources[lacking].package} is installed and holds no ${lacking}`);
  }
  return {
    path(name) {
      const path = names.includes(name) ? find(name) : undefined;
      if (path === undefined)
        throw new Error(`${name} is not among the programs that were ensured: ${names.join(", ")}`);
      return path;
    },
  };
}

/** Only one process installs: apt-get itself waits for another one, yet not while that fetches its lists. */
async function install(
  wanted: readonly DebianProgram[],
  missing: () => readonly DebianProgram[],
  env: NodeJS.ProcessEnv,
  progress: Progress,
): Promise<void> {
  const root = resolve(cacheRoot(env));
  const logs = join(root, "logs");
  let staging: Staging;
  try {
    sweepStagings(root);
    mkdirSync(logs, { recursive: true });
    staging = Staging.open(root, "debian-packages");
  } catch (error) {
    throw explainFileError(error, root);
  }
  try {
    await progress.step(`installing ${packagesOf(wanted).join(", ")} by apt-get`, async (step) => {
      const detail = (text: string): void => {
        step.detail(text);
      };
      // A program that is there already may belong to a package that the other process has yet to configure.
      await staging.waitForOthers(
        () => false,
        (pid) => {
          detail(`process ${String(pid)} is at it`);
        },
      );
      detail("");
      const left = missing();
      if (left.length === 0) return;
      await installPackages(packagesOf(left), { env, log: join(logs, "debian-packages.log"), detail });
    });
  } finally {
    staging.close();
  }
}

function packagesOf(programs: readonly DebianProgram[]): string[] {
  return programs.map((program) => sources[program].package);
}

function onlyRoot(programs: readonly DebianProgram[]): UserError {
  const fix = `as root, run this once: ${installCommand(packagesOf(programs))}`;
  return notThere(programs, "the lab needs Debian packages, and only root may install them", fix);
}

function noAptGet(programs: readonly DebianProgram[]): UserError {
  const fix = `install them with this system's own means, so that PATH has ${programs.join(", ")}`;
  return notThere(programs, "the lab needs programs, and there is no apt-get to install them", fix);
}

function notThere(programs: readonly DebianProgram[], message: string, fix: string): UserError {
  const lines = programs.map(
    (program) => `${program} (package ${sources[program].package}): ${sources[program].purpose}`,
  );
  const value = ["not on this machine:", ...lines].join("\n    ");
  return new UserError([{ severity: "error", file: programs.join(", "), path: "", message, value, fix }]);
}
