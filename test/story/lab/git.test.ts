import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { gitFiles } from "../../../lab/git/files";
import { createLab, type Lab } from "../../../lab/lab";
import { layoutOf } from "../../../lab/layout";
import { privateCaFile } from "../../../lab/network/private-ca";
import { startParts } from "../../../lab/parts/start-parts";
import { git, runGit } from "../support/git-client";
import { addGitUsers, gitAddress, GitRepository } from "../support/git-repository";
import { makeSshKey, sshCommand } from "../support/ssh-key";

const folder = mkdtempSync(join(tmpdir(), "gitops-factory-git-"));
const stateDir = join(folder, "lab");
let lab: Lab;
let open: GitRepository;
let closed: GitRepository;

beforeAll(async () => {
  lab = await createLab({ stateDir });
  await startParts({ stateDir, parts: ["git"] });
  addGitUsers(lab, { reader: { password: "of the reader" }, stranger: { password: "of the stranger" } });
  open = await GitRepository.create(lab, "open/docs", { "README.md": "for everybody\n" });
  closed = await GitRepository.create(lab, "closed/shop", { "README.md": "for some\n" }, { readers: ["reader"] });
});

afterAll(async () => {
  await lab.destroy();
  rmSync(folder, { recursive: true, force: true });
});

/** The address of a repository, with a log-in where one is given. */
function address(repository: GitRepository | string, login?: { user: string; password: string }, scheme = "http") {
  const userInfo = login === undefined ? "" : `${login.user}:${encodeURIComponent(login.password)}@`;
  const path = typeof repository === "string" ? repository : repository.path;
  return `${scheme}://${userInfo}${gitAddress(lab)}/${path}.git`;
}

const reader = { user: "reader", password: "of the reader" };

describe("the lab's Git server by HTTP", () => {
  it("lets everybody clone a public repository, with or without .git, and nobody push to it", async () => {
    const clone = join(folder, "open");
    await git(["clone", "--quiet", address(open).replace(/\.git$/, ""), clone]);
    expect(readFileSync(join(clone, "README.md"), "utf8")).toBe("for everybody\n");
    const push = await runGit(["-C", clone, "push", address(open, reader), "HEAD:refs/heads/mine"]);
    expect(push.stderr).toContain("error: 403");
    const anonymous = await runGit(["-C", clone, "push", address(open), "HEAD:refs/heads/mine"]);
    expect(anonymous.stderr).toContain("could not read Username");
  });

  it("answers a wrong password with 401, and hides what a user may not read", async () => {
    const wrong = await runGit(["ls-remote", address(closed, { ...reader, password: "wrong" })]);
    expect(wrong.stderr).toContain("Authentication failed");
    expect((await fetch(`${address(closed)}/info/refs?service=git-upload-pack`)).status).toBe(401);
    const stranger = { user: "stranger", password: "of the stranger" };
    const hidden = await runGit(["ls-remote", address(closed, stranger)]);
    const absent = await runGit(["ls-remote", address("closed/absent", stranger)]);
    expect(hidden.stderr).toContain("The project you were looking for could not be found");
    expect(absent.stderr.replaceAll("closed/absent", "closed/shop")).toBe(hidden.stderr);
    expect(await git(["ls-remote", address(closed, reader), "main"])).toContain("refs/heads/main");
  });

  it("does not leave the folder of the repositories", async () => {
    for (const path of ["/../access.json/info/refs", "/%2e%2e/git/info/refs", "/open/docs.git/x.git/info/refs"]) {
      const { status } = await fetch(`http://${gitAddress(lab)}${path}?service=git-upload-pack`, {
        headers: { authorization: `Basic ${Buffer.from("reader:of the reader").toString("base64")}` },
      });
      expect(status).toBe(404);
    }
  });

  it("speaks TLS by a private authority, which a client has to be told", async () => {
    const remote = address(open, undefined, "https");
    const unknown = await runGit(["ls-remote", remote]);
    expect(unknown.stderr).toMatch(/certificate verif|certificate signer not trusted/i);
    const ca = { GIT_SSL_CAINFO: privateCaFile(layoutOf(stateDir)) };
    expect(await git(["ls-remote", remote, "main"], ca)).toContain("refs/heads/main");
    const named = await git(
      ["-c", `http.curloptResolve=git.protobox:443:${gitAddress(lab)}`, "ls-remote", open.url("https"), "main"],
      ca,
    );
    expect(named).toContain("refs/heads/main");
  });

  it("takes large pushes, tags, branches and forced pushes, and hands out single commits", async () => {
    const repository = await GitRepository.create(lab, "open/large", { "a.txt": "1" });
    const random = Array.from({ length: 40_000 }, () => Math.random().toString(36)).join("\n");
    const large = await repository.commit({ "large.txt": random, "a.txt": undefined });
    await repository.tag("v1.0.0");
    await repository.branch("feature");
    const other = await repository.replaceLastCommit({ "b.txt": "2" });
    await repository.branch("main");
    expect(await repository.head()).toBe(large);
    const refs = await git(["ls-remote", address(repository)]);
    expect(refs.split("\n").sort()).toEqual(
      [
        `${large}\tHEAD`,
        `${large}\trefs/heads/main`,
        `${large}\trefs/tags/v1.0.0`,
        `${other}\trefs/heads/feature`,
      ].sort(),
    );
    const bare = join(folder, "single");
    await git(["init", "--quiet", "--bare", bare]);
    await git(["-C", bare, "fetch", "--quiet", "--depth=1", address(repository), large]);
    expect(await git(["-C", bare, "ls-tree", "--name-only", large])).toBe("large.txt");
  });
});

describe("the lab's Git server by SSH", () => {
  it("lets a known key read, checks what it may write, and is known by its host key", async () => {
    const key = await makeSshKey(join(folder, "reader-key"));
    addGitUsers(lab, { "deploy-key": { keys: [key.public] } });
    const shop = await GitRepository.create(lab, "closed/ssh", { "a.txt": "1" }, { readers: ["deploy-key"] });
    const knownHosts = gitFiles(layoutOf(stateDir)).knownHosts;
    const env = { GIT_SSH_COMMAND: sshCommand({ key: key.file, knownHosts }) };
    const remote = shop.url("ssh", gitAddress(lab));
    const clone = join(folder, "by-ssh");
    await git(["clone", "--quiet", remote, clone], env);
    expect(readFileSync(join(clone, "a.txt"), "utf8")).toBe("1");
    const push = await runGit(["-C", clone, "push", "origin", "HEAD:refs/heads/mine"], env);
    expect(push.stderr).toContain("You are not allowed to push code to this project");
    const hidden = await runGit(["ls-remote", closed.url("ssh", gitAddress(lab))], env);
    expect(hidden.stderr).toContain("The project you were looking for could not be found");

    writeFileSync(join(folder, "no-hosts"), "");
    const unknown = { GIT_SSH_COMMAND: sshCommand({ key: key.file, knownHosts: join(folder, "no-hosts") }) };
    expect((await runGit(["ls-remote", remote], unknown)).stderr).toContain("Host key verification failed");
    const wrong = await makeSshKey(join(folder, "wrong-key"));
    const refused = { GIT_SSH_COMMAND: sshCommand({ key: wrong.file, knownHosts }) };
    expect((await runGit(["ls-remote", remote], refused)).stderr).toContain("Permission denied (publickey)");
  });

  it("lets a writer push, and gives nobody a shell", async () => {
    const key = await makeSshKey(join(folder, "writer-key"));
    addGitUsers(lab, { writer: { keys: [key.public] } });
    const shop = await GitRepository.create(lab, "closed/written", { "a.txt": "1" }, { writers: ["writer"] });
    const knownHosts = gitFiles(layoutOf(stateDir)).knownHosts;
    const env = { GIT_SSH_COMMAND: sshCommand({ key: key.file, knownHosts }) };
    await shop.git("remote", "set-url", "origin", shop.url("ssh", gitAddress(lab)));
    await shop.git("config", "core.sshCommand", env.GIT_SSH_COMMAND);
    const commit = await shop.commit({ "a.txt": "2" });
    expect(await git(["ls-remote", shop.url("ssh", gitAddress(lab)), "main"], env)).toContain(commit);
    const target = `git@${gitAddress(lab)}`;
    const shell = await runGit(["-c", `alias.ssh=!${env.GIT_SSH_COMMAND} ${target} cat /etc/passwd`, "ssh"]);
    expect(shell).toMatchObject({ code: 1, stdout: "" });
    expect(shell.stderr).toContain("only git-upload-pack and git-receive-pack can be run here");
  });
});

describe("the webhooks of a repository", () => {
  interface Received {
    readonly headers: IncomingHttpHeaders;
    readonly body: Record<string, unknown>;
  }
  const received: Received[] = [];
  let receiver: Server;
  let url: string;

  beforeAll(async () => {
    receiver = createServer((request, response) => {
      let text = "";
      request.on("data", (part: Buffer) => (text += part.toString()));
      request.on("end", () => {
        received.push({ headers: request.headers, body: JSON.parse(text) as Record<string, unknown> });
        response.writeHead(request.headers["x-gitlab-token"] === "s3cret" ? 200 : 400).end("heard\n");
      });
    });
    await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${String((receiver.address() as AddressInfo).port)}/api/webhook`;
  });
  afterAll(() => {
    receiver.close();
  });

  it("are told of a push by the server, in GitLab's words and with the token", async () => {
    const before = await open.head();
    open.setWebhooks({ url, token: "s3cret" });
    const after = await open.commit({ "new.txt": "1", "README.md": "changed\n" }, "two files\n\nand more");
    expect(received).toHaveLength(1);
    const [{ headers, body } = {} as Received] = received;
    expect(headers).toMatchObject({ "x-gitlab-event": "Push Hook", "x-gitlab-token": "s3cret" });
    const author = { name: "Developer", email: "developer@example.org" };
    const commit = { id: after, title: "two files", author, added: ["new.txt"], modified: ["README.md"], removed: [] };
    expect(body).toMatchObject({
      object_kind: "push",
      ref: "refs/heads/main",
      before,
      after,
      user_username: "developer",
      project: {
        web_url: "http://git.protobox/open/docs",
        git_http_url: "http://git.protobox/open/docs.git",
        git_ssh_url: "git@git.protobox:open/docs.git",
        default_branch: "main",
      },
      commits: [commit],
      total_commits_count: 1,
    });
  });

  it("are told of new branches and of tags", async () => {
    received.length = 0;
    await open.branch("next");
    await open.tag("v2.0.0");
    const none = "0".repeat(40);
    expect(received.map(({ headers, body }) => [headers["x-gitlab-event"], body["ref"], body["before"]])).toEqual([
      ["Push Hook", "refs/heads/next", none],
      ["Tag Push Hook", "refs/tags/v2.0.0", none],
    ]);
    expect(received[0]?.body["commits"]).toEqual([]);
    await open.branch("main");
  });

  it("leave a line in the log without their token, also when they are refused or nobody is there", async () => {
    const [wrong, nobody] = [`${url}?private_token=hidden`, "http://127.0.0.1:9/"];
    open.setWebhooks({ url: wrong, token: "wrong one" }, { url: nobody, token: "s3cret" });
    await open.commit({ "new.txt": "2" });
    const log = readFileSync(gitFiles(layoutOf(stateDir)).webhookLog, "utf8");
    const entries = log.trimEnd().split("\n").slice(-2);
    const told = entries.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(told).toContainEqual(
      expect.objectContaining({ repository: "open/docs", url, status: 400, answer: "heard" }),
    );
    const error = expect.stringContaining("ECONNREFUSED") as string;
    expect(told).toContainEqual(expect.objectContaining({ url: nobody, error }));
    expect(log).not.toMatch(/s3cret|wrong one|hidden/);
  });
});

describe("the lab's Git server started again", () => {
  it("keeps its repositories, rules, certificate and host key", async () => {
    const files = gitFiles(layoutOf(stateDir));
    const kept = (): string[] => [files.knownHosts, files.access, privateCaFile(layoutOf(stateDir))];
    const before = kept().map((file) => readFileSync(file, "utf8"));
    await startParts({ stateDir, parts: ["git"] });
    expect(kept().map((file) => readFileSync(file, "utf8"))).toEqual(before);
    expect(await git(["ls-remote", address(closed, reader), "main"])).toContain("refs/heads/main");
  });
});
