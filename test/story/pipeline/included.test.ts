import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { ensureCiTool } from "../../../lab/gitlab/ci/tool";
import { git } from "../support/git-client";

const template = "templates/factory/factory.gitlab-ci.yml";
const folder = mkdtempSync(join(tmpdir(), "gitops-factory-included-"));
let server: Server;

beforeAll(async () => {
  const text = readFileSync(join(__dirname, "..", "..", "..", template));
  server = createServer((request, response) =>
    response.writeHead(request.url === `/${template}` ? 200 : 404).end(text),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

interface Job {
  readonly id_tokens?: object;
  readonly needs?: readonly { readonly job: string }[];
  readonly parallel?: { readonly matrix: readonly object[] };
  readonly script: readonly string[];
}

it("The template is included by its address, with tokens and checks of the platform's own, as docs/backends.md has them", async () => {
  const { script } = await ensureCiTool();
  const { port } = server.address() as AddressInfo;
  const [, own = ""] =
    /```yaml\n(include:[\s\S]*?)```/.exec(
      readFileSync(join(__dirname, "..", "..", "..", "docs", "backends.md"), "utf8"),
    ) ?? [];
  const documented = parse(own) as { include: [{ inputs: object }]; ".factory": { id_tokens: object } };
  const inputs = { ...documented.include[0].inputs, stacks: ["dev", "prod"], staging: "none" };
  const file = {
    ...documented,
    include: [{ remote: `http://127.0.0.1:${String(port)}/${template}`, inputs }],
    check: { extends: ".factory:check", script: ["npm run check"] },
  };
  writeFileSync(join(folder, ".gitlab-ci.yml"), stringify(file));
  await git(["-C", folder, "init", "--quiet", "--initial-branch=main"]);
  await git(["-C", folder, "remote", "add", "origin", "http://git.example/platform/factory.git"]);
  await git(["-C", folder, "add", "."]);
  await git(["-C", folder, "commit", "--quiet", "--message", "the platform"]);
  const { stdout } = await promisify(execFile)(process.execPath, [script, "--preview"], { cwd: folder });
  const jobs = parse(stdout.slice(stdout.indexOf("---\n"))) as Record<string, Job>;
  expect(jobs["preview"]?.parallel?.matrix).toEqual([{ STACK: ["dev", "prod"] }]);
  for (const name of ["validate", "check", "preview", "review", "drift", "apply development", "apply production"]) {
    expect([name, jobs[name]?.id_tokens]).toEqual([name, documented[".factory"].id_tokens]);
  }
  for (const name of ["preview", "drift", "apply development", "apply production"]) {
    expect([name, jobs[name]?.needs?.map(({ job }) => job)]).toEqual([
      name,
      expect.arrayContaining(["validate", "check"]),
    ]);
  }
});
