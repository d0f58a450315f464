import { spawn } from "node:child_process";
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

/** Refusals by the machine, which come when CoreDNS has accepted the Corefile and begins to listen. */
const MACHINE = /permission denied|address already in use|cannot assign requested address/;

/** Starts CoreDNS on Corefiles of one folder of its own, which `close` removes. */
export class CoreDns {
  private count = 0;

  private constructor(
    private readonly binary: string,
    private readonly folder: string,
  ) {}

  static async open(binary: string): Promise<CoreDns> {
    return new CoreDns(binary, await mkdtemp(join(tmpdir(), "corefile-")));
  }

  /** Starts CoreDNS, waits for its banner or its end, and ends it. */
  async judge(corefile: string, defaultPort: number): Promise<CoreDnsVerdict> {
    this.count += 1;
    const path = join(this.folder, `Corefile-${String(this.count)}`);
    await writeFile(path, corefile);
    // No environment but these: words such as {$HOME} must mean the same everywhere.
    const child = spawn(this.binary, ["-conf", path, "-dns.port", String(defaultPort)], { cwd: this.folder, env: {} });
    let output = "";
    const ended = new Promise<void>((resolve, reject) => {
      const collect = (chunk: Buffer): void => {
        output += chunk.toString();
        if (/^CoreDNS-\d/m.test(output)) resolve();
      };
      child.stdout.on("data", collect);
      child.stderr.on("data", collect);
      child.on("close", () => {
        resolve();
      });
      child.on("error", reject);
    });
    const closed = new Promise((resolve) => child.once("close", resolve));
    try {
      await ended;
    } finally {
      child.kill("SIGKILL");
      await closed;
    }
    const reason = output.trim().split("\n").at(-1) ?? "";
    return { starts: /^CoreDNS-\d/m.test(output) || MACHINE.test(reason), reason };
  }

  async close(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
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
