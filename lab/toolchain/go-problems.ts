import { type Problem, UserError } from "../../model/problem";

/** Where and on what a run of `go` failed. */
export interface GoFailure {
  /** Folder beneath `modules/`. */
  readonly folder: string;
  /** What was to be made: `etcd`. */
  readonly subject: string;
  /** All that Go said. */
  readonly output: string;
  /** The file that keeps it. */
  readonly log: string;
}

type Known = Pick<Problem, "message" | "fix"> & { readonly pattern: RegExp; readonly allowed?: string };

const runAgain = "then run the command again: what is downloaded and built already is kept";

/** Failures whose cause lies outside the project, in the words of Go. The first that matches explains the failure. */
const known: readonly Known[] = [
  {
    pattern: /no space left on device|disk quota exceeded/i,
    message: "the disk is full",
    fix: `free some gigabytes, or point GITOPS_FACTORY_CACHE, GOCACHE and GOMODCACHE to a larger disk, ${runAgain}`,
  },
  {
    pattern: /checksum mismatch|SECURITY ERROR/,
    message: "a downloaded module is not the one that go.sum pins",
    fix: "find out who serves other content: see the log, `go env GOPROXY`, and `go clean -modcache`",
  },
  {
    pattern: /toolchain not available|requires go >= |cannot find "go\d\S*" in PATH/,
    message: "Go is too old and could not fetch a newer Go by itself",
    fix: `install the Go that go.mod names, or a later one, from https://go.dev/dl, ${runAgain}`,
  },
  {
    pattern: /module lookup disabled by GOPROXY=off/,
    message: "Go may not download modules here",
    fix: "set GOPROXY to a module proxy that this machine reaches (`go env -w GOPROXY=…`), then run the command again",
  },
  {
    pattern: /proxyconnect tcp: dial/,
    message: "the HTTP proxy was not reached",
    fix: `check HTTPS_PROXY and NO_PROXY, ${runAgain}`,
  },
  {
    pattern: /: (40[137]|451) |proxyconnect|proxy authentication required/i,
    message: "the proxy refused a download",
    fix: `check HTTPS_PROXY, NO_PROXY and \`go env GOPROXY\`, ${runAgain}`,
  },
  {
    pattern: /x509: |certificate (signed|has|is not)|tls: /,
    message: "a download failed, because the server's certificate is not trusted here",
    fix: `add the certificate authority of your proxy to the system's, or name its file in SSL_CERT_FILE, ${runAgain}`,
  },
  {
    pattern:
      /dial tcp|no such host|network is unreachable|connection re(fused|set)|i\/o timeout|handshake timeout|unexpected EOF|: 5\d\d |server misbehaving/,
    message: "Go modules could not be downloaded, because the network or Go's module proxy was not reached",
    fix: `check the network, HTTPS_PROXY and \`go env GOPROXY\`, ${runAgain}`,
  },
  { pattern: /^interrupted$/, message: "the build was interrupted", fix: "run the command again" },
  {
    pattern: /signal: killed|cannot allocate memory|out of memory/,
    message: "the build ran out of memory",
    fix: `give it 4 GB: close other programs, or set GOMAXPROCS=1, ${runAgain}`,
  },
];

/** One problem that says what went wrong and what to do, with the words of Go that tell it. */
export function explainGoFailure({ folder, subject, output, log }: GoFailure): UserError {
  const lines = output.split("\n").filter((line) => line.trim() !== "" && !line.startsWith("go: downloading "));
  for (const { pattern, message, fix } of known) {
    const words = lines.find((line) => pattern.test(line));
    if (words !== undefined) return problemOf(folder, { message: `${subject}: ${message}`, value: words.trim(), fix });
  }
  return problemOf(folder, {
    message: `${subject}: the build failed`,
    value: ["the end of its log:", ...lines.slice(-15)].join("\n    "),
    fix: `read ${log}`,
  });
}

/** Turns a failure to write to the cache into a problem that the user can mend; any other error stays as it is. */
export function explainFileError(error: unknown, root: string): unknown {
  const { code = "", path, syscall } = error as NodeJS.ErrnoException;
  // Making a folder on a read-only disk fails with ENOENT in Node.
  const message = fileProblems[syscall === "mkdir" && code === "ENOENT" ? "EROFS" : code];
  if (message === undefined) return error;
  return new UserError([
    {
      severity: "error",
      file: path ?? root,
      path: "",
      message,
      fix: `mend that, or point GITOPS_FACTORY_CACHE (now ${root}) to another folder, ${runAgain}`,
    },
  ]);
}

const fileProblems: Readonly<Record<string, string>> = {
  EACCES: "the cache of tools may not be written",
  EPERM: "the cache of tools may not be written",
  EROFS: "the cache of tools lies on a read-only disk",
  ENOSPC: "the disk is full",
  EDQUOT: "the disk quota is used up",
  ENOTDIR: "the cache of tools needs a folder where a file lies",
  EEXIST: "the cache of tools needs a folder where a file lies",
};

/** A `UserError` on the pinned module in a folder beneath `modules/`. */
export function problemOf(folder: string, problem: Omit<Problem, "severity" | "file" | "path">): UserError {
  return new UserError([{ severity: "error", file: `lab/toolchain/modules/${folder}/go.mod`, path: "", ...problem }]);
}
