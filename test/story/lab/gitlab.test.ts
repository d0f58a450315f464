import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { gitLabFiles, gitLabFolder } from "../../../lab/gitlab/files";
import { setOutage } from "../../../lab/gitlab/outage";
import { createLab, type Lab } from "../../../lab/lab";
import { layoutOf } from "../../../lab/layout";
import { privateCaFile } from "../../../lab/network/private-ca";
import type { PartAddress } from "../../../lab/parts/part";
import { startParts } from "../../../lab/parts/start-parts";
import { DnsServer } from "../support/dns-query";
import { eventually } from "../support/eventually";
import { git, runGit } from "../support/git-client";

const folder = mkdtempSync(join(tmpdir(), "gitops-factory-gitlab-"));
const stateDir = join(folder, "lab");
const layout = layoutOf(stateDir);
const files = gitLabFiles(gitLabFolder(layout));
let lab: Lab;
let addresses: PartAddress[];
let url: string;
let token: string;

beforeAll(async () => {
  lab = await createLab({ stateDir });
  addresses = await startParts({ stateDir, parts: ["gitlab", "dnsmasq"] });
  url = addresses.find(({ what }) => what.includes("GitLab"))?.address ?? "";
  token = readFileSync(files.rootToken, "utf8").trim();
});

afterAll(async () => {
  await lab.destroy();
  rmSync(folder, { recursive: true, force: true });
});

async function api<T>(method: string, path: string, body?: object): Promise<T> {
  const response = await fetch(`${url}/api/v4${path}`, {
    method,
    headers: { "private-token": token, ...(body !== undefined && { "content-type": "application/json" }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${String(response.status)} ${await response.text()}`);
  return (await response.json()) as T;
}

describe("the lab's GitLab, a double", () => {
  it("says where it is, and where the administrator's token lies, but not the token", () => {
    expect(url).toMatch(/^http:\/\/127\./);
    expect(JSON.stringify(addresses)).toContain(files.rootToken);
    expect(JSON.stringify(addresses)).not.toContain(token);
  });

  it("has a name that dnsmasq knows", async () => {
    const server = addresses.find(({ what }) => what.startsWith("dnsmasq"))?.address ?? "";
    expect(await new DnsServer(server).lookup("gitlab.protobox")).toEqual([new URL(url).hostname]);
  });

  it("speaks TLS by the private authority, for its names", async () => {
    const ca = readFileSync(privateCaFile(layout), "utf8");
    const status = await new Promise((resolve, reject) => {
      const options = { host: new URL(url).hostname, path: "/-/readiness", ca, servername: "gitlab.protobox" };
      request(options, ({ statusCode }) => {
        resolve(statusCode);
      })
        .on("error", reject)
        .end();
    });
    expect(status).toBe(200);
  });

  it("takes a push by Git, and shows it in its API", async () => {
    const group = await api<{ id: number }>("POST", "/groups", { name: "Shop", path: "shop" });
    const project = await api<{ id: number }>("POST", "/projects", { name: "deploy", namespace_id: group.id });
    const work = join(folder, "work");
    await git(["init", "--quiet", "--initial-branch=main", work]);
    await git([
      "-C",
      work,
      "-c",
      "user.name=A",
      "-c",
      "user.email=a@example.com",
      "commit",
      "--allow-empty",
      "-qm",
      "first",
    ]);
    const remote = `${url.replace("//", `//root:${token}@`)}/shop/deploy.git`;
    await git(["-C", work, "push", "--quiet", remote, "main"]);
    const [commit] = await api<{ title: string }[]>("GET", `/projects/${String(project.id)}/repository/commits`);
    expect(commit?.title).toBe("first");
    const stranger = await runGit(["ls-remote", `${url.replace("//", "//root:wrong@")}/shop/deploy.git`]);
    expect(stranger.stderr).toContain("Authentication failed");
  });

  it("goes on where it was after it was killed, and writes no token into its log", async () => {
    await lab.stop();
    lab = await createLab({ stateDir });
    await startParts({ stateDir, parts: ["gitlab"] });
    expect(await api("GET", "/projects/shop%2Fdeploy")).toMatchObject({ path_with_namespace: "shop/deploy" });
    await fetch(`${url}/api/v4/projects?private_token=${token}`);
    const read = (): string => readFileSync(join(layout.logs, "gitlab.log"), "utf8");
    // The line is written after the answer.
    const log = await eventually(
      () => Promise.resolve(read().includes("GET /api/v4/projects?private_token 200") ? read() : undefined),
      () => Promise.resolve(`the log has no such line:\n${read()}`),
    );
    expect(log).not.toContain(token);
  });

  it("is out of order for as long as a test wants", async () => {
    setOutage(files, { all: "bad gateway" });
    expect((await fetch(`${url}/api/v4/version`)).status).toBe(502);
    setOutage(files);
    expect(await api("GET", "/version")).toMatchObject({ revision: "double" });
  });
});
