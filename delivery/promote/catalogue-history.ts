import type { UserError } from "../../model/problem";
import { gitError } from "../bump/checkout";
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

/** Where the history of the catalogue is read. */
export interface History {
  /** The platform's folder in a clone. */
  readonly root: string;
  /** Where the walk begins: `HEAD`, a commit. */
  readonly revision: string;
}

/**
 * Walks back through what the branch has said of a project in an environment, the newest commit first: one state for each
 * commit that has changed the file. What was on side branches alone was never the branch's word.
 *
 * @param file relative to the root
 * @throws UserError when the root is in no Git repository
 */
export async function* pastProjects(
  { root, revision }: History,
  file: string,
  environment: string,
  config: StackConfig,
): AsyncGenerator<PastProject> {
  const git = new Git(root);
  const format = "--format=%H%x00%an%x00%aI%x00%s";
  const depth = `--max-count=${String(DEPTH)}`;
  const log = await git.ask(["log", "--first-parent", depth, format, revision, "--", `./${file}`]);
  if (log === undefined) throw noRepository(root);
  for (const line of log.split("\n").filter((one) => one !== "")) {
    const [id = "", author = "", date = "", title = ""] = line.split("\0");
    const commit = { id, author, date, title };
    const text = await git.ask(["show", `${id}:./${file}`]);
    const project = text === undefined ? undefined : projectAt(file, text, environment, config);
    yield { commit, ...(project !== undefined && { project }) };
  }
}

function noRepository(root: string): UserError {
  return gitError(
    root,
    "the catalogue is in no Git repository with commits, whose history says what was there before",
    "name a clone of the platform's repository with --root",
  );
}

/** Whether the clone has not all of the history, as those of pipelines. */
export async function isShallow(root: string): Promise<boolean> {
  return (await new Git(root).ask(["rev-parse", "--is-shallow-repository"])) === "true";
}

function projectAt(file: string, text: string, environment: string, config: StackConfig): Project | undefined {
  const { value, report } = parseYamlDocument(file, text);
  const read = report.hasErrors ? undefined : projectFile.safeParse(value);
  if (read?.success !== true || !environmentsOf(read.data).includes(environment)) return undefined;
  // What was valid then may be none now, such as a secret that is gone: for the pins it does not matter.
  return resolveProject(placeRepositories(read.data, config.gitlab), environment, config, new Report(file));
}
