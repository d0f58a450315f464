import { Command } from "commander";
import { resolve } from "node:path";
import { rootOption } from "./common-options";
import { examine } from "./doctor/examine";
import { exitCodeOf } from "./doctor/finding";
import type { KubeFlags } from "./cluster/kubeconfig-source";
import { jsonReport, tableReport } from "./doctor/report";
import { selectedStack } from "./doctor/selected-stack";
import { interruptible } from "./interruptible";

interface DoctorFlags extends KubeFlags {
  readonly stack?: string;
  readonly json?: true;
  readonly root: string;
}

/** `factory doctor`: looks at a cluster before the first `pulumi up`, and changes nothing. */
export function doctorCommand(): Command {
  return new Command("doctor")
    .description("looks at a stack's cluster: what is found there, and what to set")
    .option("-s, --stack <name>", "the stack (default: the one that pulumi has selected)")
    .option("--kubeconfig <file>", "the cluster's kubeconfig (default: as kubectl)")
    .option("--context <name>", "its context (default: the stack's, else the current)")
    .option("--json", "prints the result as JSON on standard output")
    .addOption(rootOption())
    .addHelpText("after", help)
    .action((flags: DoctorFlags) => interruptible((signal) => run(flags, signal)));
}

const help = `
Looks at: the API server, your rights, clocks and certificates, the version of
Kubernetes against that of Argo CD, nodes, the cluster's DNS against
gitops-factory:dns, an Argo CD already there, the projects' namespaces, the
Git servers of the catalogue, which are asked for from this machine, and the
platform's GitLab, which is asked with the token in GITLAB_TOKEN, if it is set.

Of further clusters, those that projects run on are looked at, too: the server,
your rights, the projects' namespaces.

It changes nothing, and needs kubectl, but neither Pulumi nor its passphrase,
unless a kubeconfig is one of the stack's secrets.

Examples:
  $ npx factory doctor
  $ npx factory doctor --stack prod --context prod
  $ npx factory doctor --kubeconfig ~/prod.yaml
  $ npx factory doctor --json | jq -r '.findings[] | select(.fix) | .fix'

Exit codes: 0 nothing is wrong; 4 there are warnings; 3 there are errors, and
pulumi up would fail or not do what it should; 1 the stack's config or the
catalogue is not valid.`;

async function run({ root: folder, stack, json, ...flags }: DoctorFlags, signal: AbortSignal): Promise<void> {
  const root = resolve(folder);
  const examination = await examine({
    root,
    stack: stack ?? selectedStack(root, process.env),
    env: process.env,
    signal,
    ...flags,
  });
  // What was cut off must not be read as the whole.
  signal.throwIfAborted();
  const text = json === true ? `${JSON.stringify(jsonReport(examination), null, 2)}\n` : tableReport(examination);
  process.stdout.write(text);
  process.exitCode = exitCodeOf(examination.findings);
}
