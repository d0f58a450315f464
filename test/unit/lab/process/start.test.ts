import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { httpProbe, identify, isRunning, ProcessFailure, startProcess, tcpProbe } from "../../../../lab/process";
import { shell, startForTest, temporaryFolder } from "./sample";

const folder = temporaryFolder();

/** The failure that a start ends with. */
async function failureOf(start: Promise<unknown>): Promise<ProcessFailure> {
  const error: unknown = await start.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ProcessFailure);
  return error as ProcessFailure;
}

describe("starting a process", () => {
  it("waits until the probe is satisfied", async () => {
    let looks = 0;
    const ready = (): Promise<true | string> => Promise.resolve((looks += 1) < 3 ? "not yet" : true);
    const identity = await startForTest(shell(folder, "exec sleep 60", { name: "waits", ready }));
    expect(looks).toBe(3);
    expect(isRunning(identity)).toBe(true);
  });

  it("gives the process only the environment of its spec and PATH", async () => {
    const log = join(folder, "env.log");
    const ready = (): Promise<true | string> =>
      Promise.resolve(readFileSync(log, "utf8").includes("done") || "not yet");
    await startForTest(
      shell(folder, "env; echo done; exec sleep 60", { name: "env", log, ready, env: { LAB: "yes" } }),
    );
    const names = readFileSync(log, "utf8").match(/^\w+(?==)/gm);
    // A shell adds PWD and the like by itself.
    expect(names?.filter((name) => !["PWD", "OLDPWD", "SHLVL", "_"].includes(name)).sort()).toEqual(["LAB", "PATH"]);
  });

  it("reports a process that exits early with its command and the end of its log", async () => {
    const script = "for i in 1 2 3; do echo line $i; done; echo 'bind: in use' >&2; exit 7";
    const never = (): Promise<string> => Promise.resolve("never");
    const failure = await failureOf(
      startProcess(shell(folder, script, { name: "early", ready: never }), { lifetime: "attached" }),
    );
    expect(failure.logTail).toEqual(["line 1", "line 2", "line 3", "bind: in use"]);
    expect(failure.message).toContain("early exited with code 7 before it was ready");
    expect(failure.message).toContain("command: /bin/sh -c 'for i in 1 2 3; do echo line $i; done;");
    expect(failure.message).toContain("    bind: in use");
  });

  it("reports a process that a signal ended", async () => {
    const never = (): Promise<string> => Promise.resolve("never");
    const spec = shell(folder, "kill -9 $$", { name: "killed", ready: never });
    const failure = await failureOf(startProcess(spec, { lifetime: "detached" }));
    expect(failure.message).toContain("killed was ended by SIGKILL before it was ready");
  });

  it("reports a program that is not there", async () => {
    const spec = shell(folder, "", { name: "absent", command: "/nowhere/etcd" });
    const failure = await failureOf(startProcess(spec, { lifetime: "detached" }));
    expect(failure.message).toContain("could not be started (spawn /nowhere/etcd ENOENT)");
  });

  it("stops a process that is not ready in time and tells the last reason", async () => {
    let pid = 0;
    const spec = shell(folder, "echo starting; exec sleep 60", {
      name: "slow",
      ready: () => Promise.reject(new Error("connection refused")),
      readyTimeout: 200,
    });
    const failure = await failureOf(
      startProcess(spec, { lifetime: "attached", onSpawn: (identity) => (pid = identity.pid) }),
    );
    expect(failure.message).toContain("slow was not ready within 0.2 s: connection refused");
    expect(failure.logTail).toEqual(["starting"]);
    expect(identify(pid)).toBeUndefined();
  });

  it("stops the process when it is told to while waiting, and throws the reason", async () => {
    const controller = new AbortController();
    let pid = 0;
    const start = startProcess(
      shell(folder, "exec sleep 60", { name: "aborted", ready: () => Promise.resolve("never") }),
      {
        lifetime: "detached",
        signal: controller.signal,
        onSpawn: (identity) => {
          pid = identity.pid;
          setTimeout(() => {
            controller.abort(new Error("Ctrl-C"));
          }, 50);
        },
      },
    );
    await expect(start).rejects.toThrow("Ctrl-C");
    expect(identify(pid)).toBeUndefined();
  });

  it("keeps the log of the run before", async () => {
    const waitFor = (text: string) => (): Promise<true | string> =>
      Promise.resolve(readFileSync(join(folder, "twice.log"), "utf8").includes(text) || "not yet");
    await startForTest(shell(folder, "echo first; exec sleep 60", { name: "twice", ready: waitFor("first") }));
    await startForTest(shell(folder, "echo second; exec sleep 60", { name: "twice", ready: waitFor("second") }));
    expect(readFileSync(join(folder, "twice.log"), "utf8")).toBe("second\n");
    expect(readFileSync(join(folder, "twice.log.previous"), "utf8")).toBe("first\n");
  });
});

describe("probes", () => {
  it("tell an HTTP server that is ready from one that is not, and from none", async () => {
    const server = createServer((request, response) => {
      response.statusCode = request.url === "/readyz" ? 200 : 503;
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const url = `http://127.0.0.1:${String(port)}`;
    const { signal } = new AbortController();
    expect(await httpProbe(`${url}/readyz`)(signal)).toBe(true);
    expect(await httpProbe(`${url}/other`)(signal)).toBe(`${url}/other answers 503`);
    expect(await tcpProbe("127.0.0.1", port)(signal)).toBe(true);
    await new Promise((resolve) => server.close(resolve));
    await expect(httpProbe(`${url}/readyz`)(signal)).rejects.toThrow("ECONNREFUSED");
    await expect(tcpProbe("127.0.0.1", port)(signal)).rejects.toThrow("ECONNREFUSED");
  });
});
