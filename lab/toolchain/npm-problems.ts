import { type Problem, UserError } from "../../model/problem";

type Known = Pick<Problem, "message" | "fix"> & { readonly pattern: RegExp };

const runAgain = "then run the command again: what is downloaded already is kept";

/** Failures whose cause lies outside the project, in the words of npm and node-gyp. The first that matches explains. */
const known: readonly Known[] = [
  {
    pattern: /ENOSPC|no space left on device/i,
    message: "the disk is full",
    fix: `free a gigabyte, or point GITOPS_FACTORY_CACHE to a larger disk, ${runAgain}`,
  },
  {
    pattern: /EINTEGRITY/,
    message: "a downloaded package is not the one that package-lock.json pins",
    fix: "find out who serves other content: see `npm config get registry`, and run `npm cache clean --force`",
  },
  {
    pattern: /npm (ERR!|error) code (E40[1-7]|E451)/,
    message: "the npm registry refused a download",
    fix: `check \`npm config get registry\`, its log-in, and that it holds gitlab-ci-local, ${runAgain}`,
  },
  {
    pattern: /ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|ENETUNREACH|ERR_SOCKET_TIMEOUT/,
    message: "npm packages could not be downloaded, because the network or the npm registry was not reached",
    fix: `check the network, HTTPS_PROXY and \`npm config get registry\`, ${runAgain}`,
  },
  {
    pattern: /find Python|not found: make|make: .*[Nn]ot found|g\+\+: .*not found|No C\+\+ compiler|CXX/,
    message: "a part of it is compiled, and a compiler is missing",
    fix: "install Python 3, make and a C++ compiler (as root on Debian: apt-get install python3 make g++), then run it again",
  },
  { pattern: /^interrupted$/, message: "the installation was interrupted", fix: "run the command again" },
];

/** One problem that says what went wrong and what to do, with the words of npm that tell it. */
export function explainNpmFailure(tool: string, output: string, log: string): UserError {
  const lines = output.split("\n").filter((line) => line.trim() !== "");
  for (const { pattern, message, fix } of known) {
    const words = lines.find((line) => pattern.test(line));
    if (words !== undefined) return npmProblem(tool, { message: `${tool}: ${message}`, value: words.trim(), fix });
  }
  return npmProblem(tool, {
    message: `${tool}: the installation failed`,
    value: ["the end of its log:", ...lines.slice(-15)].join("\n    "),
    fix: `read ${log}`,
  });
}

export function npmMissing(tool: string): UserError {
  return npmProblem(tool, {
    message: `npm installs ${tool} and was not found on PATH`,
    fix: "put the bin folder of Node.js on PATH: npm comes with it",
  });
}

/** A `UserError` on the pinned package in a folder beneath `npm/`. */
function npmProblem(tool: string, problem: Omit<Problem, "severity" | "file" | "path">): UserError {
  return new UserError([{ severity: "error", file: `lab/toolchain/npm/${tool}/package.json`, path: "", ...problem }]);
}
