import { Command, InvalidArgumentError } from "commander";
import { isUtf8 } from "node:buffer";
import { readFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { MARK, reconcileCorefile, type ReconcileOptions } from "../corefile";
import type { DnsForward } from "../model/platform";
import { UserError } from "../model/problem";
import { gathered } from "./common-options";
import { tellProblems } from "./tell-problems";

interface CorefileFlags {
  readonly zone: Zone;
  readonly to?: readonly string[];
  readonly cache: number;
  readonly remove?: true;
  readonly clusterDns?: readonly string[];
  readonly plugin?: readonly string[];
}

interface Zone {
  readonly name: string;
  readonly port?: number;
}

/** `factory corefile`: what the DNS component would make of a Corefile, for one zone. It reaches no cluster. */
export function corefileCommand(): Command {
  return new Command("corefile")
    .description("prints what the DNS component would make of a Corefile, or says why it refuses")
    .argument("<file>", "the Corefile; - reads standard input")
    .requiredOption("--zone <zone>", "the private zone: protobox, or protobox:53 to insist on a port", parseZone)
    .option(
      "--to <address>",
      "a DNS server that knows the zone, as IP or IP:port (53 without one); repeatable",
      gathered,
    )
    .option("--cache <seconds>", "how long answers are kept", parseSeconds, 30)
    .option("--remove", "take the zone's server block out; --to is not read then")
    .option("--cluster-dns <ip>", "an address of the cluster's own DNS, never to be forwarded to; repeatable", gathered)
    .option("--plugin <name>", "a plugin that this CoreDNS has beside the default ones; repeatable", gathered)
    .addHelpText("after", examples)
    .action(run);
}

const examples = `
Only server blocks under the comment "# managed by gitops-factory" are changed
or removed; a block made by hand that serves exactly this zone is taken over and
gets the comment. Every other byte stays as it is. Without a port, --zone takes
that of the root block, and --to takes 53.

Examples:
  $ npx factory corefile Corefile --zone protobox --to 10.0.0.2:53
  $ npx factory corefile Corefile --zone protobox --to 10.0.0.2 \\
      --to [fd00::2]:8600 --cache 10 | diff Corefile -
  $ kubectl -n kube-system get configmap coredns \\
      -o jsonpath='{.data.Corefile}' | npx factory corefile - \\
      --zone service.consul --to 10.0.0.2:8600 --cluster-dns 10.96.0.10
  $ npx factory corefile Corefile --zone protobox --remove

Exit codes: 0 the Corefile is on standard output; 1 it is refused, standard
error says why.`;

async function run(file: string, flags: CorefileFlags): Promise<void> {
  const { to = [], plugin: plugins = [], clusterDns: clusterDnsAddresses = [] } = flags;
  const name = file === "-" ? "standard input" : file;
  if (flags.remove === undefined && to.length === 0) {
    throw new UserError([
      {
        severity: "error",
        file: name,
        path: `zone ${flags.zone.name}`,
        message: "there is no address to forward to",
        allowed: "--to with an IP address, or --remove",
        fix: "add --to 10.0.0.2:53 with the address of the DNS server",
      },
    ]);
  }
  const text = await read(file, name);
  if (text.trim() === "") throw isEmpty(name);
  const options: ReconcileOptions = {
    file: name,
    plugins,
    clusterDnsAddresses,
    only: [flags.zone.name],
    ...(flags.zone.port === undefined ? {} : { port: flags.zone.port }),
  };
  const forward: DnsForward = { zone: flags.zone.name, to, cacheSeconds: flags.cache };
  const { text: result, changes, warnings } = reconcileCorefile(text, flags.remove ? [] : [forward], options);
  tellProblems(warnings);
  if (flags.remove && changes.length === 0) {
    process.stderr.write(`${name}: no server block under "${MARK}" serves ${flags.zone.name}: nothing is removed\n`);
  }
  process.stdout.write(result);
}

/** Why a file cannot be read, by the system's code for it. */
const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EISDIR: "it is a folder",
  EACCES: "you may not read it",
};

async function read(file: string, name: string): Promise<string> {
  let bytes: Buffer;
  try {
    bytes = file === "-" ? await buffer(process.stdin) : await readFile(file);
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    throw new UserError([
      {
        severity: "error",
        file: name,
        path: "",
        message: REASONS[String(error.code)] ?? `it cannot be read: ${error.message}`,
        allowed: "the path of a Corefile, or - for standard input",
        fix: "correct the path",
      },
    ]);
  }
  if (isUtf8(bytes)) return bytes.toString("utf8");
  throw new UserError([
    { severity: "error", file: name, path: "", message: "it is not UTF-8 text", fix: "give it a Corefile in UTF-8" },
  ]);
}

/** Most likely the command before the pipe has failed; what would be made of it resolves the private zone and nothing else. */
function isEmpty(file: string): UserError {
  return new UserError([
    {
      severity: "error",
      file,
      path: "",
      message: "it is empty",
      allowed: "a Corefile with the server block of the cluster",
      fix: "look at what should have written it",
    },
  ]);
}

/** The zone itself is judged with the rest; a network such as 10.0.0.0/24 may have a port too. */
function parseZone(value: string): Zone {
  const match = /^(.*):(\d+)$/.exec(value);
  const [, name, port] = match ?? [undefined, value, undefined];
  if (port === undefined) return { name: name ?? value };
  if (Number(port) < 1 || Number(port) > 65535) throw new InvalidArgumentError("The port is 1 to 65535.");
  return { name: name ?? value, port: Number(port) };
}

function parseSeconds(value: string): number {
  if (!/^\d+$/.test(value)) throw new InvalidArgumentError("Give a whole number of seconds.");
  return Number(value);
}
