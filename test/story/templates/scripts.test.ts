import { execFile } from "node:child_process";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

const scripts = join(__dirname, "..", "..", "..", "templates", "scripts");

interface Ran {
  readonly code: number;
  readonly output: string;
}

function run(name: string, args: readonly string[], variables: Readonly<Record<string, string>> = {}): Promise<Ran> {
  const env = { PATH: process.env["PATH"], POLL_SECONDS: "0.05", PLATFORM_RETRIES: "0", ...variables };
  return new Promise((resolve) => {
    execFile(join(scripts, name), args, { env, encoding: "utf8" }, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === "number" ? error.code : 0, output: stdout + stderr });
    });
  });
}

/** A double that answers what a test wants, one answer after another, the last one for ever. */
let answers: (readonly [status: number, body: unknown])[] = [];
const seen: { readonly url: string; readonly headers: IncomingMessage["headers"]; readonly body: string }[] = [];
let server: Server;
let api: string;
beforeAll(async () => {
  server = createServer((request, response) => {
    let body = "";
    request.on("data", (part: Buffer) => (body += part.toString()));
    request.on("end", () => {
      seen.push({ url: request.url ?? "", headers: request.headers, body });
      const [status, answer] = (answers.length > 1 ? answers.shift() : answers[0]) ?? [500, ""];
      response.writeHead(status).end(typeof answer === "string" ? answer : JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  api = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
});
afterAll(() => server.close());
beforeEach(() => {
  seen.length = 0;
});

const pipeline = (status: string): object => ({ id: 7, iid: 3, status, web_url: `${api}/acme/api/-/pipelines/7` });
const token = { MIRROR_TRIGGER_TOKEN: "glptt-s3cret+&", PLATFORM_READ_TOKEN: "glpat-s3cret" };

describe("trigger-mirror.sh", () => {
  const args = (): string[] => ["-a", `${api}/`, "-i", "acme/shop/mirror", "-r", "api"];

  it("sends GitLab's form, with the token in its body", async () => {
    answers = [[201, pipeline("created")]];
    const { code, output } = await run("trigger-mirror.sh", [...args(), "-b", "a&b", "-s"], token);
    expect([code, output]).toEqual([0, `pipeline 7 mirrors api: ${api}/acme/api/-/pipelines/7\n`]);
    expect(seen[0]?.url).toBe("/api/v4/projects/acme%2Fshop%2Fmirror/trigger/pipeline");
    expect(Object.fromEntries(new URLSearchParams(seen[0]?.body))).toEqual({
      token: token.MIRROR_TRIGGER_TOKEN,
      ref: "main",
      "variables[PROJECT_NAME]": "api",
      "variables[GIT_BRANCH_DEPLOY]": "a&b",
      "variables[SYNC_ALL]": "true",
    });
  });

  it("takes the token by -g too, as Cloud π Native's script does, and waits with -w", async () => {
    answers = [
      [201, pipeline("created")],
      [200, pipeline("running")],
      [200, pipeline("success")],
    ];
    const { code, output } = await run("trigger-mirror.sh", [...args(), "-g", "glptt-x", "-w"], {
      PLATFORM_READ_TOKEN: token.PLATFORM_READ_TOKEN,
    });
    expect(code).toBe(0);
    expect(output).toMatch(/: running\n.*: success\n$/);
    expect(seen[0]?.body).toContain("token=glptt-x");
    expect(seen[1]?.headers["private-token"]).toBe("glpat-s3cret");
  });

  it.each([
    [404, { message: "404 Not Found" }, 20, 'answers 404: {"message":"404 Not Found"}'],
    [
      400,
      { message: { base: ["Insufficient permissions to set pipeline variables"] } },
      20,
      "variables must be allowed",
    ],
    [500, "oops", 21, "answers 500"],
    [200, "<html>a page before GitLab</html>", 20, "names no pipeline"],
  ])("tells the platform's refusal: %i", async (status, body, exit, words) => {
    answers = [[status, body]];
    const { code, output } = await run("trigger-mirror.sh", args(), token);
    expect(code).toBe(exit);
    expect(output).toContain(words);
    expect(output).toContain("\n  fix: ");
    expect(output).not.toContain("s3cret");
  });

  it("says that nobody answers", async () => {
    const { code, output } = await run(
      "trigger-mirror.sh",
      ["-a", "http://127.0.0.1:9", "-i", "1", "-r", "api"],
      token,
    );
    expect(code).toBe(21);
    expect(output).toContain("error: http://127.0.0.1:9 is not reached");
  });
});

describe("wait-for-pipeline.sh", () => {
  const args = (): string[] => ["-a", api, "-i", "acme/api", "-c", "8d41e07f"];

  it("waits for a pipeline that is yet to come, through an outage", async () => {
    answers = [
      [200, []],
      [502, "bad gateway"],
      [429, ""],
      [200, [pipeline("pending")]],
      [200, pipeline("success")],
    ];
    const { code, output } = await run("wait-for-pipeline.sh", args(), token);
    expect(code).toBe(0);
    expect(output).toContain("pipeline of 8d41e07f: not there yet\npipeline of 8d41e07f: not reached\n");
    expect(seen[0]?.url).toContain("/projects/acme%2Fapi/pipelines?sha=8d41e07f&");
  });

  it("ends at once when the platform was given a later commit in its place", async () => {
    const head = { name: "release/1", commit: { id: "b".repeat(40) } };
    answers = [
      [200, []],
      [200, { name: "release/1", commit: { id: `8d41e07f${"0".repeat(32)}` } }],
      [200, []],
      [200, head],
      [404, { message: "404 Commit Not Found" }],
      [200, []],
      [200, head],
      [200, { id: `8d41e07f${"0".repeat(32)}` }],
    ];
    const { code, output } = await run("wait-for-pipeline.sh", [...args(), "-b", "release/1"], token);
    expect(code).toBe(6);
    expect(output).toContain(
      `error: the platform was given ${"b".repeat(40)} at once, which was pushed after 8d41e07f`,
    );
    expect(seen[1]?.url).toBe("/api/v4/projects/acme%2Fapi/repository/branches/release%2F1");
  });

  it("shows the end of the log of the job that failed", async () => {
    answers = [
      [200, [pipeline("failed")]],
      [200, [{ id: 21, status: "failed", name: "build" }]],
      [200, "step 1\nerror: the source refuses the log-in\n"],
    ];
    const { code, output } = await run("wait-for-pipeline.sh", args(), token);
    expect(code).toBe(3);
    expect(output).toContain("the end of the log of the job build:\nstep 1\nerror: the source refuses the log-in\n");
    expect(seen.map(({ url }) => url).slice(1)).toEqual([
      "/api/v4/projects/acme%2Fapi/pipelines/7/jobs?scope[]=failed&per_page=1",
      "/api/v4/projects/acme%2Fapi/jobs/21/trace",
    ]);
  });

  it.each([
    ["canceled", 3, "was canceled"],
    ["manual", 3, "waits for somebody"],
  ])("ends with a pipeline that is %s", async (status, exit, words) => {
    answers = [[200, [pipeline(status)]]];
    const { code, output } = await run("wait-for-pipeline.sh", args(), token);
    expect([code, output.includes(words)]).toEqual([exit, true]);
  });

  it.each([
    [[200, []], 5, "there is no pipeline of the commit 8d41e07f"],
    [[200, [{ id: 7, status: "running" }]], 5, "is running after 0 s"],
    [[503, ""], 21, "is not reached"],
    [[401, { message: "401 Unauthorized" }], 20, 'answers 401: {"message":"401 Unauthorized"}'],
  ] as const)("does not wait for ever: %j", async (answer, exit, words) => {
    answers = [answer];
    const { code, output } = await run("wait-for-pipeline.sh", [...args(), "-t", "0"], token);
    expect([code, output.includes(words)], output).toEqual([exit, true]);
  });
});

describe("The scripts", () => {
  it.each([
    ["trigger-mirror.sh", ["-a", "gitlab.example", "-i", "1", "-r", "api"], "-a is no address of a GitLab"],
    [
      "trigger-mirror.sh",
      ["-a", "https://u:p@gitlab.example", "-i", "1", "-r", "api"],
      "-a holds a user or a password",
    ],
    ["trigger-mirror.sh", ["-a", "https://gitlab.example", "-i", "1", "-r", "api"], "MIRROR_TRIGGER_TOKEN is not set"],
    ["wait-for-pipeline.sh", ["-a", "https://gitlab.example", "-i", "1"], "-c and -p are missing"],
    ["update-image.sh", [], "INFRA_URL is no URL of a repository"],
  ])("%s says what is missing: %j", async (name, args, words) => {
    const { code, output } = await run(name, args);
    expect(code).toBe(1);
    expect(output).toContain(`error: ${words}`);
    expect(output).toContain("\n  fix: ");
  });

  it.each(["trigger-mirror.sh", "wait-for-pipeline.sh", "update-image.sh"])("%s -h tells how", async (name) => {
    const { code, output } = await run(name, ["-h"]);
    expect(code).toBe(0);
    expect(output).toContain(`Usage: ${name}`);
    expect((await run(name, ["--nonsense"])).code).toBe(2);
  });
});
