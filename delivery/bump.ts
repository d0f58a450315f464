import { Command, Option } from "commander";
import { UserError } from "../model/problem";
import { plural } from "../model/plural";
import { gathered } from "./common-options";
import { judge, type Judged } from "./bump/judge";
import { openCheckout, upstreamOf, type Checkout, type Upstream } from "./bump/checkout";
import { commitFiles, shortId } from "./bump/commit";
import { unifiedDiff } from "./bump/diff";
import { readFiles, writeFiles } from "./bump/files";
import { localState, pushCommit, type Delivery } from "./bump/push";
import { requestProblems, versionOf, type Request } from "./bump/wanted";
import { ExitCode } from "./exit-code";
import { interruptible } from "./interruptible";
import { tellProblems } from "./tell-problems";

interface BumpFlags {
  readonly image?: string;
  readonly path?: readonly string[];
  readonly tag?: string;
  readonly digest?: string;
  readonly commit?: true;
  readonly push?: true;
  readonly dryRun?: true;
}

/** `factory bump`: sets an image's tag or digest in the files of an infra repository. */
export function bumpCommand(): Command {
  return new Command("bump")
    .description("sets an image's tag in kustomizations, values and manifests")
    .argument("<file...>", "kustomization.yaml, a values file or a manifest")
    .option("--image <name>", "the image, without tag, as the files name it")
    .addOption(new Option("--tag <tag>", "the tag to set").conflicts("digest"))
    .option("--digest <digest>", "the digest to set: sha256:…")
    .option("--path <path>", "the place: image.tag, images[0]; repeatable", gathered)
    .option("--commit", "commits the files that change, and no others")
    .option("--push", "commits and pushes")
    .option("--dry-run", "prints the change as a diff, and does nothing")
    .addHelpText("after", help)
    .action((files: string[], flags: BumpFlags, command: Command) => {
      const request = requestOf(flags, command);
      return interruptible((signal) => run(files, request, flags, signal));
    });
}

const help = `
Only the version's own characters change; comments, order, quotes and line ends
stay. All files are judged before any is written. An image that stands at
several places is chosen by --path, in every file given; 2:image.tag is in a
file's second document. Without --image, --path alone chooses.

A push never forces. Where others have pushed, the bump is made anew on theirs.

Examples:
  $ npx factory bump overlays/dev/kustomization.yaml \\
      --image registry.acme.example/shop --tag "$CI_COMMIT_SHORT_SHA" --push
  $ npx factory bump values.yaml --path image.tag --tag 1.4.2 --dry-run
  $ npx factory bump k8s/*.yaml --image nginx --digest sha256:… --commit

Exit codes: 0 changed; 3 unchanged, nothing will be redeployed; 1 a mistake,
all files are untouched unless the message says that a commit is there; 2 the
command was called wrongly.`;

function requestOf({ image, path: paths = [], tag, digest }: BumpFlags, command: Command): Request {
  if (tag === undefined && digest === undefined) command.error("error: one of --tag and --digest is needed");
  if (image === undefined && paths.length === 0) command.error("error: one of --image and --path is needed");
  return {
    ...(image !== undefined && { image }),
    paths,
    wanted: digest === undefined ? { tag: tag ?? "" } : { digest },
  };
}

async function run(names: readonly string[], request: Request, flags: BumpFlags, signal: AbortSignal): Promise<void> {
  const wrong = requestProblems(request);
  if (wrong.length > 0) throw new UserError(wrong);
  const judged = judge(readFiles(names), request);
  const changed = judged.filter(({ bumped }) => bumped.edits.length > 0);
  const isCommitted = flags.commit === true || flags.push === true;
  const checkout = isCommitted
    ? await openCheckout((changed.length > 0 ? changed : judged).map(({ file }) => file))
    : undefined;
  const upstream = checkout !== undefined && flags.push === true ? await upstreamOf(checkout) : undefined;
  signal.throwIfAborted();
  warnOfUnchanged(judged, request);
  if (flags.dryRun === true) {
    for (const { file, bumped } of changed) process.stdout.write(unifiedDiff(file.name, file.text, bumped.edits));
    if (changed.length === 0) process.exitCode = ExitCode.No;
    return;
  }
  const message = `bump ${request.image ?? request.paths.join(", ")} to ${versionOf(request.wanted)}`;
  const delivery = { files: (changed.length > 0 ? changed : judged).map(({ file }) => file), request, message };
  if (changed.length === 0) {
    const isPushed = checkout && upstream && (await pushEarlier(checkout, upstream, delivery, signal));
    if (isPushed !== true) process.exitCode = ExitCode.No;
    return;
  }
  writeFiles(
    delivery.files,
    changed.map(({ bumped }) => bumped.text),
  );
  for (const { file, bumped } of changed) {
    for (const { path, before, after } of bumped.changes) say(`${file.name}: ${path}: ${before} → ${after}`);
  }
  if (checkout === undefined) return;
  const commit = await commitFiles(checkout, delivery.files, message);
  say(`committed ${shortId(commit)} on ${checkout.branch}: ${message}`);
  if (upstream !== undefined) await push(checkout, upstream, delivery, signal);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** The documents' own warning: who builds anew under the tag that is there waits for pods in vain. */
function warnOfUnchanged(judged: readonly Judged[], { wanted }: Request): void {
  const none = judged.every(({ bumped }) => bumped.edits.length === 0);
  for (const { file, bumped } of judged) {
    for (const path of bumped.unchanged) {
      const problem = {
        severity: "warning",
        file: file.name,
        path,
        value: versionOf(wanted),
        message: `the image has this ${"tag" in wanted ? "tag" : "digest"} already${none ? ": nothing will be redeployed" : ""}`,
        fix: "if the image was built anew, give the build a tag of its own and set that",
      } as const;
      tellProblems([problem]);
    }
  }
}

/** A commit of an earlier run that did not get through is pushed now. */
async function pushEarlier(
  checkout: Checkout,
  upstream: Upstream,
  delivery: Delivery,
  signal: AbortSignal,
): Promise<boolean> {
  const { git, branch } = checkout;
  const known = `refs/remotes/${upstream.remote}/${upstream.branch}`;
  const paths = delivery.files.map(({ real }) => real);
  const ahead = await git.ask(["--literal-pathspecs", "rev-list", "--count", `${known}..HEAD`, "--", ...paths]);
  if (ahead === undefined || ahead === "0") return false;
  say(`${plural(Number(ahead), "commit")} of an earlier run on ${branch} was not pushed yet`);
  return push(checkout, upstream, delivery, signal);
}

async function push(checkout: Checkout, upstream: Upstream, delivery: Delivery, signal: AbortSignal): Promise<boolean> {
  const place = `${upstream.remote}/${upstream.branch}`;
  try {
    const { commit, isThere, isAdopted } = await pushCommit(checkout, upstream, delivery, signal);
    if (isThere) {
      process.stderr.write(`warning: ${place} has got this version from somebody else: nothing was pushed\n`);
      process.exitCode = ExitCode.No;
    } else say(`pushed ${shortId(commit)} to ${place}`);
    if (!isAdopted) {
      process.stderr.write(
        `warning: your changes stand in the way of ${place} here; run: git pull --rebase --autostash\n`,
      );
    }
    return !isThere;
  } catch (error) {
    if (signal.aborted) {
      const head = await checkout.git.get(["rev-parse", "HEAD"]);
      process.stderr.write(`${localState(checkout, head)}, or it arrived just now; run the same command again\n`);
    }
    throw error;
  }
}
