import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { addressOf } from "../network/lab-network";
import { ensureServerCertificate } from "../network/private-ca";
import type { Part, PartAddress, PartContext } from "../parts/part";
import type { ProcessSpec, Stages } from "../process";
import { nodeProgram } from "../process/node-program";
import { gitFiles, gitHostNames } from "./files";
import { readinessProbe } from "./http/readiness";
import { writeGitConfig } from "./repositories";
import { changeAccess } from "./ssh/authorized-keys";
import { prepareSshd } from "./ssh/sshd";
import { installHook } from "./webhooks/install-hook";

/** Reads and writes every repository, until somebody changes the access rules. */
export const gitLogin = { user: "developer", password: "developer" };

/** The private Git server: smart HTTP on 80, HTTPS by the private authority on 443, SSH on 22. */
export const git: Part = {
  name: "git",
  tools: [],
  programs: ["git", "sshd"],
  prepare,
  describe,
};

async function prepare(context: PartContext): Promise<Stages> {
  const { layout } = context;
  const files = gitFiles(layout);
  mkdirSync(files.repositories, { recursive: true, mode: 0o700 });
  writeGitConfig(files);
  installHook(files, layout.stateDir);
  changeAccess(files, (access) => (existsSync(files.access) ? access : openAccess));
  const sshd = await prepareSshd({
    files,
    stateDir: layout.stateDir,
    address: addressOf(context.network, "git"),
    sshd: context.program("sshd"),
    log: join(layout.logs, "git-sshd.log"),
  });
  return [[httpServer(context), sshd]];
}

/** Everybody reads and one user writes: what is private is made so. */
const openAccess = {
  users: { [gitLogin.user]: { password: gitLogin.password } },
  rules: [{ path: "", public: true, writers: [gitLogin.user] }],
};

function httpServer({ layout, network, program }: PartContext): ProcessSpec {
  const address = addressOf(network, "git");
  const names = gitHostNames;
  const { ca, cert, key } = ensureServerCertificate(layout, "git", { names, addresses: [address] });
  return {
    name: "git-http",
    ...nodeProgram(join(__dirname, "http", "main.ts"), [layout.stateDir, address, program("git"), cert, key]),
    log: join(layout.logs, "git-http.log"),
    host: address,
    ports: [80, 443],
    ready: readinessProbe(address, ca),
  };
}

function describe({ network }: PartContext): readonly PartAddress[] {
  const login = `${gitLogin.user} / ${gitLogin.password}`;
  return [{ what: "Git", address: `http://${addressOf(network, "git")}`, login }];
}
