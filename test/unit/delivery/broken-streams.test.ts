import { PassThrough, Writable } from "node:stream";
import { describe, expect, it } from "vitest";
import { mindBrokenStreams } from "../../../delivery/broken-streams";
import type { ExitCode } from "../../../delivery/exit-code";

/** A stream that fails at its first write, as the system says it. */
function broken(code: string): Writable {
  return new Writable({
    write: (_chunk, _encoding, done) => {
      done(Object.assign(new Error(`${code}: write`), { code }));
    },
  });
}

/** What the process ends with, and what it says, after a write to each stream. */
async function write(stdout: Writable, stderr: Writable): Promise<{ exits: ExitCode[]; said: string }> {
  const exits: ExitCode[] = [];
  mindBrokenStreams(stdout, stderr, (code) => exits.push(code));
  stdout.write("result\n");
  await new Promise(setImmediate);
  stderr.write("problem\n");
  await new Promise(setImmediate);
  return { exits, said: stderr instanceof PassThrough ? String(stderr.read()) : "" };
}

describe("A stream that cannot be written any more", () => {
  it("ends the command quietly where its reader has gone", async () => {
    expect(await write(broken("EPIPE"), new PassThrough())).toEqual({ exits: [0], said: "problem\n" });
  });

  it("ends the command with the reason where the disk is full", async () => {
    const said = "error: standard output cannot be written: ENOSPC: write\nproblem\n";
    expect(await write(broken("ENOSPC"), new PassThrough())).toEqual({ exits: [1], said });
  });

  it("leaves the exit code alone where it is standard error", async () => {
    expect(await write(new PassThrough(), broken("EPIPE"))).toEqual({ exits: [], said: "" });
  });
});
