import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { corefileCommand } from "../../../delivery/corefile";
import { kubeadm } from "../corefile/examples";
import { catchPrinted, type Printed } from "./support/printed";

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "corefile-"));
  file = join(folder, "Corefile");
  writeFileSync(file, kubeadm);
});

afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

/** What the command prints on both streams; a refusal is thrown. */
async function run(...args: string[]): Promise<Printed> {
  const printed = catchPrinted();
  await corefileCommand().exitOverride().parseAsync(args, { from: "user" });
  return printed;
}

const block = (zone: string, to: string, cache = 30): string =>
  `# managed by gitops-factory\n${zone} {\n    errors\n    cache ${String(cache)}\n    forward . ${to}\n}\n`;

describe("factory corefile", () => {
  it("prints the Corefile with the zone's server block, and nothing else", async () => {
    const { out, err } = await run(file, "--zone", "protobox", "--to", "10.0.0.2:53", "--to", "[fd00::2]:8600");
    expect(out).toBe(kubeadm + block("protobox:53", "10.0.0.2:53 [fd00::2]:8600"));
    expect(err).toBe("");
  });

  it("takes a zone with its port, an address without one, and a cache time", async () => {
    const { out } = await run(file, "--zone", "protobox:53", "--to", "10.0.0.2", "--cache", "5");
    expect(out).toBe(kubeadm + block("protobox:53", "10.0.0.2", 5));
  });

  it("reads standard input, and leaves the other zones of a pipe as they are", async () => {
    const piped = kubeadm + block("consul:53", "10.0.0.9:8600");
    vi.spyOn(process, "stdin", "get").mockReturnValue(Readable.from([Buffer.from(piped)]) as never);
    const { out } = await run("-", "--zone", "protobox", "--to", "10.0.0.2:53");
    expect(out).toBe(piped + block("protobox:53", "10.0.0.2:53"));
  });

  it("refuses an empty Corefile, as of a pipe whose first command has failed", async () => {
    writeFileSync(file, "\n");
    await expect(run(file, "--zone", "protobox", "--to", "10.0.0.2:53")).rejects.toThrow(/Corefile: it is empty/);
  });

  it("takes the server block out again, whatever --to says", async () => {
    writeFileSync(file, kubeadm + block("protobox:53", "10.0.0.2:53"));
    expect((await run(file, "--zone", "protobox:53", "--remove", "--to", "10.0.0.2")).out).toBe(kubeadm);
  });

  it("prints the Corefile as it is, with a note, when there is nothing to remove", async () => {
    const { out, err } = await run(file, "--zone", "protobox", "--remove");
    expect(out).toBe(kubeadm);
    expect(err).toMatch(/no server block under .* serves protobox: nothing is removed/);
  });

  it("warns on standard error of what is accepted and may not be meant", async () => {
    const { err } = await run(file, "--zone", "protobox", "--to", "127.0.0.1:8600");
    expect(err).toMatch(/^warning: .*Corefile: zone protobox: a loopback address/);
  });

  it.each([
    ["a malformed Corefile", ".:53 {\n", ["--zone", "a", "--to", "10.0.0.2"], /1:6: .*not closed/],
    [
      "a zone that is served twice",
      "a {\n}\na {\n}\n",
      ["--zone", "b", "--to", "10.0.0.2"],
      /3:1: a\. is served twice/,
    ],
    ["a bad address", kubeadm, ["--zone", "a", "--to", "10.0.0.256"], /zone a: this is no address/],
    ["a forward loop", kubeadm, ["--zone", "a", "--to", "127.0.0.1"], /come back to CoreDNS itself/],
    [
      "the cluster's own DNS",
      kubeadm,
      ["--zone", "a", "--to", "10.96.0.10", "--cluster-dns", "10.96.0.10"],
      /cluster's own DNS/,
    ],
    ["no address", kubeadm, ["--zone", "a"], /no address to forward to/],
    [
      "a plugin that CoreDNS does not have",
      ".:53 {\n  netbox\n}\n",
      ["--zone", "a", "--to", "10.0.0.2"],
      /no plugin "netbox"/,
    ],
  ])("refuses %s, and prints nothing", async (_, text, args, message) => {
    writeFileSync(file, text);
    const out = vi.spyOn(process.stdout, "write").mockReturnValue(true);
    await expect(corefileCommand().parseAsync([file, ...args], { from: "user" })).rejects.toThrow(message);
    expect(out).not.toHaveBeenCalled();
  });

  it("accepts a plugin that it is told of", async () => {
    writeFileSync(file, ".:53 {\n  netbox\n}\n");
    const { out } = await run(file, "--zone", "a", "--to", "10.0.0.2", "--plugin", "netbox");
    expect(out).toContain("\na:53 {\n");
  });

  it("refuses a file that is not there, a folder, and what is not UTF-8, by its name", async () => {
    const args = ["--zone", "a", "--to", "10.0.0.2"];
    await expect(run(join(folder, "nothing"), ...args)).rejects.toThrow(
      /nothing: there is no such file\n {2}allowed: the path of a Corefile/,
    );
    await expect(run(folder, ...args)).rejects.toThrow(/: it is a folder\n/);
    writeFileSync(file, Buffer.from([0xff, 0xfe]));
    await expect(run(file, ...args)).rejects.toThrow(/it is not UTF-8 text/);
  });

  it("shows examples in its help", () => {
    let help = "";
    corefileCommand()
      .configureOutput({ writeOut: (text) => (help += text) })
      .outputHelp();
    expect(help).toMatch(/factory corefile Corefile --zone protobox --to 10\.0\.0\.2:53/);
  });
});
