import { Command, Option } from "commander";
import { resolve } from "node:path";
import { isLive } from "../lab/toolchain/screen";
import { gathered, rootOption } from "./common-options";
import { ExitCode } from "./exit-code";
import { interruptible } from "./interruptible";
import { writeOutput } from "./output-file";
import type { Preview } from "./preview/preview";
import { runPreview } from "./preview/run-preview";
import type { PulumiContext } from "./pulumi-command";
import { buildReview } from "./review/build";
import { jsonReview } from "./review/json-review";
import { renderMarkdown } from "./review/markdown/render";
import { artifactPage, noteTarget, type NoteTarget } from "./review/note-target";
import { plain } from "./review/phrase";
import { putNote } from "./review/put-note";
import { readPreviewFiles } from "./review/read-files";
import { tellFailures } from "./review/failures";
import type { Review } from "./review/review";
import { renderText } from "./review/text";
import { painter } from "./terminal";

interface ReviewFlags {
  readonly stack?: readonly string[];
  readonly policyPack?: readonly string[];
  readonly note?: true;
  readonly output?: string;
  readonly caFile?: string;
  readonly details?: true;
  readonly json?: true;
  readonly root: string;
}

/**
 * GitLab takes notes of 1,000,000 characters, which nobody reads and which make the page slow.
 * https://docs.gitlab.com/administration/instance_limits/
 */
const NOTE_LIMIT = 100_000;

/** `factory review`: what a change does, from the previews of its stacks, for those who merge it. */
export function reviewCommand(): Command {
  return new Command("review")
    .description("tells what a change does to each stack, as a note in the merge request")
    .argument("[preview...]", "files of `pulumi preview --json` or `factory plan`")
    .option("-s, --stack <name>", "previews this stack itself; repeatable", gathered)
    .option("--policy-pack <folder...>", "a policy pack for that preview")
    .option("--note", "writes the one note of the merge request on GitLab")
    .option("-o, --output <file>", "writes the whole review as Markdown")
    .option("--ca-file <file>", "PEM of the authority of GitLab's certificate")
    .addOption(new Option("--details", "shows every property that differs").conflicts("json"))
    .option("--json", "prints the review as JSON on standard output")
    .addOption(rootOption())
    .addHelpText("after", help)
    .action((files: string[], flags: ReviewFlags, command: Command) => {
      if ((files.length === 0) === (flags.stack === undefined)) {
        command.error("error: give files of previews, or stacks by --stack");
      }
      return interruptible((signal, again) => run(files, flags, { signal, again }));
    });
}

const help = `
The first line says what happens; what is dangerous comes next: deletions, wider
rights, production, DNS. Values that are or look like secrets are left out. Set
PULUMI_ENABLE_STREAMING_JSON_PREVIEW=true for previews that tell what policies
found; factory plan does. A preview that failed or cannot be read is reviewed as
such. --note takes CI_API_V4_URL, CI_PROJECT_ID and CI_MERGE_REQUEST_IID from
GitLab's CI; the token FACTORY_GITLAB_TOKEN needs the scope api.

Examples:
  $ npx factory review --stack dev
  $ npx factory review plans/dev/preview.json plans/prod/preview.json
  $ npx factory review plans/*/preview.json --note --output review.md
  $ npx factory review preview.json --json | jq -r .headline

Exit codes: 0 reviewed; 3 a preview has failed or a mandatory policy stops it,
and the review says so; 1 a file is not there, or GitLab says no; 2 the command
was called wrongly; 130 after Ctrl-C.`;

type Wishes = Pick<PulumiContext, "signal" | "again">;

async function run(files: readonly string[], flags: ReviewFlags, wishes: Wishes): Promise<void> {
  const root = resolve(flags.root);
  const tell = (line: string): void => void process.stderr.write(`${line}\n`);
  // What the note needs is looked at before a preview is waited for.
  const target =
    flags.note === true
      ? noteTarget({ env: process.env, signal: wishes.signal, tell, ...(flags.caFile && { caFile: flags.caFile }) })
      : undefined;
  const previews = files.length > 0 ? readPreviewFiles(files) : await runPreviews(root, flags, wishes);
  const review = buildReview(previews, { env: process.env });
  tellFailures(review, previews);
  if (flags.output !== undefined) writeOutput(flags.output, renderMarkdown(review));
  print(review, flags);
  if (target !== undefined) await note(target, review, flags);
  if (review.verdict === "failed" || review.verdict === "blocked") process.exitCode = ExitCode.No;
}

async function runPreviews(root: string, flags: ReviewFlags, wishes: Wishes): Promise<Preview[]> {
  const packs = (flags.policyPack ?? []).map((pack) => resolve(root, pack));
  const previews: Preview[] = [];
  for (const stack of new Set(flags.stack)) {
    if (isLive(process.stderr)) process.stderr.write(`previewing the stack ${stack}\n`);
    previews.push(await runPreview({ root, env: {}, ...wishes }, stack, packs));
  }
  return previews;
}

function print(review: Review, { json, details, note: isNoted }: ReviewFlags): void {
  if (json === true) process.stdout.write(`${JSON.stringify(jsonReview(review), null, 2)}\n`);
  else if (isNoted === true) process.stdout.write(`${plain(review.headline).replace(/\s+/g, " ")}\n`);
  else process.stdout.write(renderText(review, { paint: painter(process.stdout), details: details === true }));
}

async function note(target: NoteTarget, review: Review, { output }: ReviewFlags): Promise<void> {
  const whole = output === undefined ? undefined : artifactPage(process.env, output);
  const text = renderMarkdown(review, { limit: NOTE_LIMIT, ...(whole !== undefined && { whole }) });
  const { id, result } = await putNote(target.notes, text, target.origin);
  const page = target.page(id) ?? `note ${String(id)}`;
  const said = result === "kept" ? `a later pipeline's review is there and stays: ${page}` : `${result}: ${page}`;
  process.stderr.write(`${said}\n`);
}
