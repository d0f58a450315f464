import { spawn, type ChildProcess } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What the real CoreDNS says of a Corefile. */
export interface CoreDnsVerdict {
  readonly starts: boolean;
  /** The last line of its output: the reason, where it does not start. */
  readonly reason: string;
}

/** What CoreDNS prints once all its servers listen. */
const BANNER = /^CoreDNS-\d/m;

/** Refusals by the machine, which come when CoreDNS has accepted the Corefile and begins to listen. */
const MACHINE = /permission denied|address already in use|cannot assign requested address/;

/** Starts CoreDNS on Corefiles of one folder of its own, which `close` removes. */
export class CoreDns {
  private count = 0;
  private readonly serving: ChildProcess[] = [];

  private constructor(
    private readonly binary: string,
    private readonly folder: string,
  ) {}

  static async open(binary: string): Promise<CoreDns> {
    return new CoreDns(binary, await mkdtemp(join(tmpdir(), "corefile-")));
  }

  /** Starts CoreDNS, waits for its banner or its end, and ends it. */
  async judge(corefile: string, defaultPort: number): Promise<CoreDnsVerdict> {
    const { child, verdict } = await this.start(corefile, defaultPort);
    await end(child);
    return verdict;
  }

  /** Starts CoreDNS and lets it answer until it is stopped, by `close` at the latest. */
  async serve(corefile: string): Promise<{ readonly stop: () => Promise<void> }> {
    const { child, verdict } = await this.start(corefile, 53);
    if (!verdict.starts) throw new Error(`CoreDNS refuses:\n${corefile}\n${verdict.reason}`);
    this.serving.push(child);
    return { stop: () => end(child) };
  }

  async close(): Promise<void> {
    await Promise.all(this.serving.map(end));
    await rm(this.folder, { recursive: true, force: true });
  }

  private async start(corefile: string, port: number): Promise<{ child: ChildProcess; verdict: CoreDnsVerdict }> {
    this.count += 1;
    const path = join(this.folder, `Corefile-${String(this.count)}`);
    await writeFile(path, corefile);
    // No environment but this one: words such as {$HOME} must mean the same everywhere.
    const child = spawn(this.binary, ["-conf", path, "-dns.port", String(port)], { cwd: this.folder, env: {} });
    let output = "";
    await new Promise<void>((resolve, reject) => {
      const collect = (chunk: Buffer): void => {
        output += chunk.toString();
        if (BANNER.test(output)) resolve();
      };
      child.stdout.on("data", collect);
      child.stderr.on("data", collect);
      child.on("close", () => {
        resolve();
      });
      child.on("error", reject);
    });
    const reason = output.trim().split("\n").at(-1) ?? "";
    return { child, verdict: { starts: BANNER.test(output) || MACHINE.test(reason), reason } };
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = new Promise((resolve) => child.once("close", resolve));
  child.kill("SIGKILL");
  await closed;
}

/** A port that nothing listened on a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => {
        if (address === null || typeof address === "string") reject(new Error("no port"));
        else resolve(address.port);
      });
    });
  });
}
