import { isNotFound } from "../client/error";
import { type Kind, options, part, type Plan, textOf, type Told } from "../kind";

const untold = { untold: true };

/** A file on a branch: each change of it is a commit. */
export const repositoryFile: Kind = {
  token: "gitlab:index/repositoryFile:RepositoryFile",
  idParts: 3,
  attributes: {
    authorEmail: untold,
    authorName: untold,
    commitMessage: untold,
    createCommitMessage: untold,
    deleteCommitMessage: untold,
    encoding: untold,
    overwriteOnCreate: untold,
    startBranch: untold,
    updateCommitMessage: untold,
  },
  conflicts: ({ filePath, ...messages }) => [
    ...(String(filePath).startsWith("/") ? [`filePath is ${String(filePath)}: it may not begin with a slash`] : []),
    ...(messages["commitMessage"] === undefined && messages["createCommitMessage"] === undefined
      ? [
          "a commit needs a message: give commitMessage, or createCommitMessage, updateCommitMessage and deleteCommitMessage",
        ]
      : []),
  ],

  async create({ gitlab }, plan) {
    const [project, branch, path] = [textOf(plan, "project"), textOf(plan, "branch"), textOf(plan, "filePath")];
    const message = messageOf(plan, "createCommitMessage");
    const body = options(bodyOf(plan));
    const exists =
      plan["overwriteOnCreate"] === true && (await has(gitlab.RepositoryFiles.show(project, path, branch)));
    const action = exists ? "edit" : "create";
    await gitlab.RepositoryFiles[action](project, path, branch, textOf(plan, "content"), message, body);
    const found = await gitlab.RepositoryFiles.show(project, path, branch);
    return { id: `${project}:${branch}:${path}`, told: toldOf(found, plan) };
  },

  async read({ gitlab }, id, state) {
    const [project, branch, filePath] = [part(id, 0), part(id, 1), part(id, 2)];
    const found = await gitlab.RepositoryFiles.show(project, filePath, branch);
    return { ...toldOf(found, state), project, branch, filePath };
  },

  async update({ gitlab }, id, { plan }) {
    const [project, branch, path] = [part(id, 0), part(id, 1), part(id, 2)];
    const message = messageOf(plan, "updateCommitMessage");
    const body = options(bodyOf(plan));
    await gitlab.RepositoryFiles.edit(project, path, branch, textOf(plan, "content"), message, body);
    return toldOf(await gitlab.RepositoryFiles.show(project, path, branch), plan);
  },

  async remove({ gitlab }, id, state) {
    const body = options({ authorEmail: state["authorEmail"], authorName: state["authorName"] });
    const message = messageOf(state, "deleteCommitMessage");
    const [project, branch, path] = [part(id, 0), part(id, 1), part(id, 2)];
    await gitlab.RepositoryFiles.remove(project, path, branch, message, body).catch(async (error: unknown) => {
      // GitLab calls it a bad request when there is no such file.
      if (await has(gitlab.RepositoryFiles.show(project, path, branch))) throw error;
    });
  },
};

async function has(asked: Promise<unknown>): Promise<boolean> {
  try {
    await asked;
    return true;
  } catch (error) {
    if (isNotFound(error)) return false;
    throw error;
  }
}

function messageOf(plan: Plan, own: string): string {
  return textOf(plan, plan[own] === undefined ? "commitMessage" : own);
}

function bodyOf({ authorEmail, authorName, encoding, executeFilemode, startBranch }: Plan): object {
  return { authorEmail, authorName, encoding, executeFilemode, startBranch };
}

/** GitLab always tells the content in base64. */
function toldOf(found: object, plan: Plan): Told {
  const told = found as Told;
  const base64 = String(told["content"]);
  const content = plan["encoding"] === "text" ? Buffer.from(base64, "base64").toString("utf8") : base64;
  return { ...told, content, encoding: undefined, contentSha256: told["contentSha256"] };
}
