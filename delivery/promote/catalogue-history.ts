import type { UserError } from "../../model/problem";
import { gitError } from "../bump/checkout";
import { shortId } from "../bump/commit";
import { Git } from "../bump/git";
import type { Project } from "../../model/project";
import { placeRepositories } from "../../model/hosted-repositories";
import { Report } from "../../model/report";
import { environmentsOf, resolveProject } from "../../model/resolve-project";
import { projectFile } from "../../model/schema/project";
import { parseYamlDocument } from "../../model/yaml-document";
import type { StackConfig } from "../../model/schema/stack";

/** How far back the history of a file is looked at, in commits. */
const DEPTH = 200;

/** A project as its file had it at a commit. */
export interface PastProject {
  readonly commit: PastCommit;
  /** Absent where the file was not there, was not valid, or did not have the environment. */
  readonly project?: Project;
}

export interface PastCommit {
  readonly id: string;
  readonly author: string;
  /** ISO 8601 */
  readonly date: string;
  readonly title: string;
}

/** What a branch has said of the catalogue. */
export interface History {
  /**
   * Walks back through what it has said of a project in an environment, the newest commit first: one state for each commit
   * that has changed the file.
   *
   * @param file relative to the platform's folder
   */
  past(file: string, environment: string, config: StackConfig): AsyncIterable<PastProject>;
  /** Whether the clone has not all of it, as those of pipelines. */
  isShallow(): Promise<boolean>;
  /** The files that are there now, and that it says something else of; relative to the platform's folder. */
  changed(): Promise<readonly string[]>;
}

/** `7cd64b21aa of 2026-11-21 by Ann: staging gets v1.5.0` */
export function describeCommit({ id, author, date, title }: PastCommit): string {
  return `${shortId(id)} of ${date.slice(0, 10)} by ${author}: ${title}`;
}

/** The history of a commit in a clone. What was on side branches alone was never the branch's word. */
export class GitHistory implements History {
  private readonly git: Git;

  /**
   * @param root the platform's folder in a clone
   * @param revision where the walk begins: `HEAD`, a commit
   */
  constructor(
    private readonly root: string,
    private readonly revision: string,
  ) {
    this.git = new Git(root);
  }

  /** Throws a UserError when the folder is in no Git repository. */
  async *past(file: string, environment: string, config: StackConfig): AsyncGenerator<PastProject> {
    const format = "--format=%H%x00%an%x00%aI%x00%s";
    const depth = `--max-count=${String(DEPTH)}`;
    const log = await this.git.ask(["log", "--first-parent", depth, format, this.revision, "--", `./${file}`]);
    if (log === undefined) throw noRepository(this.root);
    for (const line of log.split("\n").filter((one) => one !== "")) {
      const [id = "", author = "", date = "", title = ""] = line.split("\0");
      const text = await this.git.ask(["show", `${id}:./${file}`]);
      const project = text === undefined ? undefined : projectAt(file, text, environment, config);
      yield { commit: { id, author, date, title }, ...(project !== undefined && { project }) };
    }
  }

  /** Throws a UserError when the clone has no such commit. */
  async changed(): Promise<readonly string[]> {
    const args = ["diff", "--name-only", "--no-renames", "--relative", "-z", this.revision, "--", "."];
    const out = await this.git.ask(args);
    if (out === undefined) throw noRepository(this.root);
    return out.split("\0").filter((file) => file !== "");
  }

  async isShallow(): Promise<boolean> {
    return (await this.git.ask(["rev-parse", "--is-shallow-repository"])) === "true";
  }
}

/**
 * The commit that a revision is.
 *
 * @throws UserError when the clone has none
 */
export async function commitOf(root: string, revision: string): Promise<string> {
  const git = new Git(root);
  const found = await git.ask(["rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`]);
  if (found !== undefined) return found;
  if ((await git.ask(["rev-parse", "HEAD"])) === undefined) throw noRepository(root);
  const fix = "name another by --base; in a pipeline, have its clone whole: GIT_DEPTH: 0";
  throw gitError(root, "the clone has no such commit", fix, revision);
}

function noRepository(root: string): UserError {
  return gitError(
    root,
    "the catalogue is in no Git repository with commits, whose history says what was there before",
    "name a clone of the platform's repository with --root",
  );
}

/** A project as a text of its file says; absent where it is not valid, or has not the environment. */
export function projectAt(file: string, text: string, environment: string, config: StackConfig): Project | undefined {
  const { value, report } = parseYamlDocument(file, text);
  const read = report.hasErrors ? undefined : projectFile.safeParse(value);
  if (read?.success !== true || !environmentsOf(read.data).includes(environment)) return undefined;
  // What was valid then may be none now, such as a secret that is gone: for the pins it does not matter.
  return resolveProject(placeRepositories(read.data, config.gitlab), environment, config, new Report(file));
}
