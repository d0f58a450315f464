import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { accessGate } from "../../../lab/git/http/access-gate";
import type { GitKnock } from "../../../lab/git/http/gate";
import { handleGitRequest } from "../../../lab/git/http/handler";
import { readAccess, writeAccess } from "../../../lab/git/access";
import { gitFiles } from "../../../lab/git/files";
import { createRepository, writeGitConfig } from "../../../lab/git/repositories";
import { ensureServerCertificate } from "../../../lab/network/private-ca";
import { git } from "../support/git-client";

export const login = { user: "bot", password: "glpat-s3cret/&$+\"'x" };

/** The lab's Git server in this process, with one repository that only its bot sees. */
export class GitServer {
  private constructor(
    readonly url: string,
    /** The bare repository. */
    readonly folder: string,
    /** The authority of its certificate; empty where it serves http. */
    readonly ca: string,
    /** Sees each request before it is served. */
    readonly spies: ((knock: GitKnock) => void)[],
    private readonly access: string,
    private readonly redirect: { to?: string },
    private readonly server: Server,
  ) {}

  static async start(parent: string, path: string, options: { readonly tls?: boolean } = {}): Promise<GitServer> {
    const files = gitFiles({ parts: parent, logs: parent });
    writeGitConfig(files);
    mkdirSync(files.hooks, { recursive: true });
    writeFileSync(join(files.hooks, "pre-receive"), judge);
    chmodSync(join(files.hooks, "pre-receive"), 0o755);
    writeAccess(files.access, {
      users: { [login.user]: { password: login.password } },
      rules: [{ path: "", writers: [login.user] }],
    });
    const folder = await createRepository(files, path);
    const spies: ((knock: GitKnock) => void)[] = [];
    const judged = accessGate(files);
    const gate = (knock: GitKnock): ReturnType<typeof judged> => {
      for (const spy of spies) spy(knock);
      return judged(knock);
    };
    const redirect: { to?: string } = {};
    const serve = (request: IncomingMessage, response: ServerResponse): void => {
      if (redirect.to !== undefined) {
        const location = `${redirect.to}${(request.url ?? "").replace(`/${path}.git`, "")}`;
        return void response.writeHead(302, { location }).end();
      }
      if (!handleGitRequest(request, response, { files, git: "git", gate })) response.writeHead(404).end();
    };
    const { tls = false } = options;
    const names = { names: ["localhost"], addresses: ["127.0.0.1"] };
    const certificate = tls ? ensureServerCertificate({ parts: parent }, "git", names) : undefined;
    const server =
      certificate === undefined
        ? createServer(serve)
        : createTlsServer({ cert: readFileSync(certificate.cert), key: readFileSync(certificate.key) }, serve);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const url = `${tls ? "https" : "http"}://127.0.0.1:${String(port)}/${path}.git`;
    return new GitServer(url, folder, certificate?.ca ?? "", spies, files.access, redirect, server);
  }

  /** Another one who may read and write. */
  addUser(user: string, password: string): void {
    const access = readAccess(this.access);
    writeAccess(this.access, {
      users: { ...access.users, [user]: { password } },
      rules: [{ path: "", writers: [...Object.keys(access.users), user] }],
    });
  }

  /** Has it send everybody to another repository. */
  redirectTo(url: string): void {
    this.redirect.to = url;
  }

  /** Has it refuse a push in which this ref is, as GitLab does: the whole push, in these words. */
  refuse(ref: string, words: string): void {
    writeFileSync(join(this.folder, "refused"), `${ref} ${words}\n`);
  }

  /** Runs git in the bare repository, as nobody can from outside. */
  git(...args: string[]): Promise<string> {
    return git(["--git-dir", this.folder, ...args]);
  }

  /** The same at once, for spies. */
  gitNow(...args: string[]): string {
    return execFileSync("git", ["--git-dir", this.folder, ...args], { encoding: "utf8" }).trim();
  }

  /** Commits by ref: branches, tags and all else that the repository holds. */
  async refs(): Promise<Record<string, string>> {
    const lines = await this.git("for-each-ref", "--format=%(refname) %(objectname)");
    const pairs = lines.split("\n").filter((line) => line !== "");
    return Object.fromEntries(pairs.map((line) => line.split(" ") as [string, string]));
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}

/** GitLab's check before a push is accepted: one bad ref, and nothing of the push is taken. */
const judge = `#!/bin/sh
[ -e "$GIT_DIR/refused" ] || exit 0
while read -r old new ref; do
  while read -r refused words; do
    [ "$ref" != "$refused" ] || { echo "GitLab: $words" >&2; exit 1; }
  done <"$GIT_DIR/refused"
done
`;
