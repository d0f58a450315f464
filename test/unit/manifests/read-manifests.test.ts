import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { cacheRoot, manifestCacheDir, readManifests } from "../../../manifests";
import type { ManifestSource } from "../../../model/argocd-settings";
import { UserError } from "../../../model/problem";
import type { Problem } from "../../../model/problem";

const MANIFESTS = `apiVersion: v1
kind: ServiceAccount
metadata:
  name: argocd-server
---
# nothing here
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: argocd-server
  namespace: argocd
`;
const OBJECTS = [
  { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "argocd-server" } },
  { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "argocd-server", namespace: "argocd" } },
];

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

let root: string;
let cacheDir: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "gitops-factory-manifests-"));
  cacheDir = join(root, "cache");
  return () => {
    rmSync(root, { recursive: true, force: true });
  };
});

function source(location: string, text = MANIFESTS): ManifestSource {
  return { version: "v3.2.12", variant: "install", location, sha256: sha256(text) };
}

/** A server on the loopback that counts what it is asked. */
async function serve(listener: RequestListener): Promise<{ url: string; requests: () => number }> {
  let requests = 0;
  const server = createServer((request, response) => {
    requests += 1;
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/install.yaml`,
    requests: () => requests,
  };
}

async function problemOf(reading: Promise<unknown>): Promise<Problem> {
  const error = await reading.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(UserError);
  const [problem, ...others] = (error as UserError).problems;
  expect(others).toEqual([]);
  return problem as Problem;
}

describe("readManifests by path", () => {
  it("reads the file relative to the project's folder", async () => {
    writeFileSync(join(root, "install.yaml"), MANIFESTS);
    expect(await readManifests(source("install.yaml"), { root, cacheDir })).toEqual(OBJECTS);
  });

  it("refuses a missing file", async () => {
    expect(await problemOf(readManifests(source("vendor/install.yaml"), { root, cacheDir }))).toMatchObject({
      file: "vendor/install.yaml",
      message: "there is no such file; it should hold the manifests of Argo CD v3.2.12",
    });
  });

  it("refuses a file with another checksum, naming both, even when it was read before", async () => {
    writeFileSync(join(root, "install.yaml"), MANIFESTS);
    await readManifests(source("install.yaml"), { root, cacheDir });
    writeFileSync(join(root, "install.yaml"), `${MANIFESTS}# changed\n`);
    expect(await problemOf(readManifests(source("install.yaml"), { root, cacheDir }))).toMatchObject({
      value: sha256(`${MANIFESTS}# changed\n`),
      allowed: sha256(MANIFESTS),
      fix: expect.stringContaining("gitops-factory:argocd.manifests.sha256") as string,
    });
  });

  it.each([
    ["a: [", "it is not valid YAML"],
    ["just text", "its document 1 is no object of Kubernetes"],
    [`${MANIFESTS}---\nkind: Service\nmetadata: {}\n`, "its document 4 is no object of Kubernetes"],
    ["# empty\n", "it holds no object of Kubernetes"],
  ])("refuses content that is no manifest: %j", async (text, reason) => {
    writeFileSync(join(root, "install.yaml"), text);
    const problem = await problemOf(readManifests(source("install.yaml", text), { root, cacheDir }));
    expect(problem.message).toContain(reason);
  });
});

describe("readManifests by URL", () => {
  it("downloads once, and takes it from the cache ever after", async () => {
    const server = await serve((_, response) => response.end(MANIFESTS));
    expect(await readManifests(source(server.url), { root, cacheDir })).toEqual(OBJECTS);
    expect(await readManifests(source(server.url), { root, cacheDir })).toEqual(OBJECTS);
    expect(server.requests()).toBe(1);
    expect(readdirSync(cacheDir).sort()).toEqual([`${sha256(MANIFESTS)}.json`, `${sha256(MANIFESTS)}.yaml`]);
  });

  it("needs no network when the cache was filled by hand", async () => {
    mkdirSync(cacheDir);
    writeFileSync(join(cacheDir, `${sha256(MANIFESTS)}.yaml`), MANIFESTS);
    expect(await readManifests(source("http://127.0.0.1:1/install.yaml"), { root, cacheDir })).toEqual(OBJECTS);
  });

  it("downloads again when the cached file is damaged", async () => {
    const server = await serve((_, response) => response.end(MANIFESTS));
    const file = join(cacheDir, `${sha256(MANIFESTS)}.yaml`);
    mkdirSync(cacheDir);
    writeFileSync(file, MANIFESTS.slice(0, 50));
    expect(await readManifests(source(server.url), { root, cacheDir })).toEqual(OBJECTS);
    expect(readFileSync(file, "utf8")).toBe(MANIFESTS);
  });

  it("parses again when the parsed form is damaged", async () => {
    const server = await serve((_, response) => response.end(MANIFESTS));
    await readManifests(source(server.url), { root, cacheDir });
    const file = join(cacheDir, `${sha256(MANIFESTS)}.json`);
    const parsed = readFileSync(file, "utf8");
    writeFileSync(file, parsed.replace("ServiceAccount", "ClusterRoleBind"));
    expect(await readManifests(source(server.url), { root, cacheDir })).toEqual(OBJECTS);
    expect(readFileSync(file, "utf8")).toBe(parsed);
  });

  it("takes the parsed form when it is whole", async () => {
    const server = await serve((_, response) => response.end(MANIFESTS));
    const first = await readManifests(source(server.url), { root, cacheDir });
    const file = join(cacheDir, `${sha256(MANIFESTS)}.json`);
    const [header = "", json = ""] = readFileSync(file, "utf8").split("\n");
    const marked = json.replace("ServiceAccount", "Marked");
    writeFileSync(file, `${header.replace(sha256(json), sha256(marked))}\n${marked}`);
    const [object] = await readManifests(source(server.url), { root, cacheDir });
    expect(first[0]?.kind).toBe("ServiceAccount");
    expect(object?.kind).toBe("Marked");
  });

  it("refuses another file than the pinned one and keeps nothing of it", async () => {
    const server = await serve((_, response) => response.end("something else"));
    expect(await problemOf(readManifests(source(server.url), { root, cacheDir }))).toMatchObject({
      file: server.url,
      value: sha256("something else"),
      allowed: sha256(MANIFESTS),
    });
    expect(() => readdirSync(cacheDir)).toThrow(/ENOENT/);
  });

  it("reads without a cache that can be written", async () => {
    const server = await serve((_, response) => response.end(MANIFESTS));
    writeFileSync(join(root, "occupied"), "");
    expect(await readManifests(source(server.url), { root, cacheDir: join(root, "occupied") })).toEqual(OBJECTS);
  });

  it.each<[string, RequestListener, RegExp]>([
    ["answers 404", (_, response) => response.writeHead(404, "Not Found").end(), /the server answered 404 Not Found/],
    ["sends too much", (_, response) => response.end("x".repeat(2000)), /the answer is larger than 1000 bytes/],
    ["never answers", () => undefined, /no complete answer within 0\.2 s/],
    [
      "stops half-way",
      (_, response) => {
        response.writeHead(200, { "content-length": "1000" });
        response.write("half", () => response.destroy());
      },
      /cannot be downloaded/,
    ],
  ])("says so, and what to do without the Internet, when the server %s", async (_, listener, reason) => {
    const server = await serve(listener);
    const limits = { maxBytes: 1000, timeoutMs: 200 };
    const problem = await problemOf(readManifests(source(server.url), { root, cacheDir, limits }));
    expect(problem.file).toBe(server.url);
    expect(problem.message).toMatch(reason);
    expect(problem.fix).toContain("commit the file and set gitops-factory:argocd.manifests.location to its path");
    expect(problem.fix).toContain(join(cacheDir, `${sha256(MANIFESTS)}.yaml`));
  });

  it("says so when nothing listens there", async () => {
    const problem = await problemOf(readManifests(source("http://127.0.0.1:1/install.yaml"), { root, cacheDir }));
    expect(problem.message).toMatch(/cannot be downloaded: .+/);
  });
});

describe("the cache's folder", () => {
  it("is GITOPS_FACTORY_CACHE, else below the user's home", () => {
    expect(cacheRoot({ GITOPS_FACTORY_CACHE: "/c", HOME: "/home/ada" })).toBe("/c");
    expect(cacheRoot({ GITOPS_FACTORY_CACHE: "", HOME: "/home/ada" })).toBe("/home/ada/.cache/gitops-factory");
    expect(manifestCacheDir({ HOME: "/home/ada" })).toBe("/home/ada/.cache/gitops-factory/manifests");
  });
});
