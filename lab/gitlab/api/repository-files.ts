import { createHash } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { authorizePushing, authorizeReading } from "../auth/authorize-code";
import type { GitLabContext } from "../context";
import { commitToBranch } from "../git/commit-to-branch";
import type { FileAction } from "../git/file-actions";
import { mayPush } from "../git/protection";
import type { Repository } from "../git/repository";
import { findEntry, lastCommitOf, readBlob } from "../git/tree";
import { invalid, notFound } from "../http/errors";
import { orBadRequest } from "../http/refused";
import { flag, oneOf, required, text, validate } from "../http/validate";
import { contentOf, filePath } from "./repository-content";

/** A file with its content, as GitLab tells it by fields or, of HEAD and the raw content, by headers. */
interface FileInfo {
  readonly file_name: string;
  readonly file_path: string;
  readonly size: number;
  readonly encoding: "base64";
  readonly content_sha256: string;
  readonly ref: string;
  readonly blob_id: string;
  readonly commit_id: string;
  readonly last_commit_id: string;
  readonly execute_filemode: boolean;
}

const change = {
  branch: required(text),
  commit_message: required(text),
  start_branch: text,
  author_name: text,
  author_email: text,
};

/** `/projects/:id/repository/files/:file_path`: each change is a commit. */
export function repositoryFileRoutes(app: FastifyInstance, context: GitLabContext): void {
  const path = "/api/v4/projects/:id/repository/files/:file_path";

  app.get(path, async (request, reply) => {
    const { ref } = validate(request, { ref: required(text) });
    const { info, content } = await readFile(request, ref);
    void reply.headers(headersOf(info));
    return request.method === "HEAD" ? reply.send() : { ...info, content: content.toString("base64") };
  });

  app.get(`${path}/raw`, async (request, reply) => {
    const { info, content } = await readFile(request, validate(request, { ref: text }).ref ?? "HEAD");
    return reply.headers(headersOf(info)).type("text/plain; charset=utf-8").send(content);
  });

  app.post(path, async (request, reply) => {
    const { file_path, branch } = await write(request, (file) => {
      const asked = validate(request, {
        content: required(text),
        encoding: oneOf("text", "base64"),
        execute_filemode: flag,
      });
      return { action: "create", path: file, content: contentOf(asked), executable: asked.execute_filemode ?? false };
    });
    return reply.code(201).send({ file_path, branch });
  });

  app.put(path, (request) =>
    write(request, (file) => {
      const shape = {
        content: required(text),
        encoding: oneOf("text", "base64"),
        execute_filemode: flag,
        last_commit_id: text,
      };
      const asked = validate(request, shape);
      return {
        action: "update",
        path: file,
        content: contentOf(asked),
        ...(asked.execute_filemode !== undefined && { executable: asked.execute_filemode }),
        ...(asked.last_commit_id !== undefined && { lastCommit: asked.last_commit_id }),
      };
    }),
  );

  app.delete(path, async (request, reply) => {
    await write(request, (file) => {
      const { last_commit_id } = validate(request, { last_commit_id: text });
      return { action: "delete", path: file, ...(last_commit_id !== undefined && { lastCommit: last_commit_id }) };
    });
    return reply.code(204).send();
  });

  async function readFile(request: FastifyRequest, ref: string): Promise<{ info: FileInfo; content: Buffer }> {
    const { project, repository } = authorizeReading(context, request);
    const file = pathOf(request);
    const commit = await repository.commit(ref === "HEAD" ? project.default_branch : ref);
    if (commit === undefined) throw notFound("Commit");
    const entry = await findEntry(repository, commit, file);
    if (entry?.type !== "blob") throw notFound("File");
    const content = await readBlob(repository, entry.id);
    return {
      info: await infoOf(repository, { ref, commit, file, blob: entry.id, mode: entry.mode }, content),
      content,
    };
  }

  async function write(
    request: FastifyRequest,
    actionFor: (file: string) => FileAction,
  ): Promise<{ file_path: string; branch: string }> {
    const { caller, project, repository, role } = authorizePushing(context, request);
    const asked = validate(request, change);
    const file = filePath(pathOf(request), "file_path");
    const action = actionFor(file);
    if (!mayPush(context, project, caller.user, role, asked.branch)) {
      throw invalid("You are not allowed to push into this branch");
    }
    const { user } = caller;
    await orBadRequest(() =>
      commitToBranch(context, project, repository, {
        branch: asked.branch,
        start: asked.start_branch,
        message: asked.commit_message,
        actions: [action],
        user,
        author: { name: asked.author_name ?? user.name, email: asked.author_email ?? user.email },
      }),
    );
    return { file_path: file, branch: asked.branch };
  }
}

function pathOf(request: FastifyRequest): string {
  return (request.params as { file_path: string }).file_path;
}

async function infoOf(
  repository: Repository,
  { ref, commit, file, blob, mode }: Readonly<Record<"ref" | "commit" | "file" | "blob" | "mode", string>>,
  content: Buffer,
): Promise<FileInfo> {
  return {
    file_name: file.slice(file.lastIndexOf("/") + 1),
    file_path: file,
    size: content.length,
    encoding: "base64",
    content_sha256: createHash("sha256").update(content).digest("hex"),
    ref,
    blob_id: blob,
    commit_id: commit,
    last_commit_id: await lastCommitOf(repository, commit, file),
    execute_filemode: mode === "100755",
  };
}

/** `x-gitlab-file-name`, … */
function headersOf(info: FileInfo): Parameters<FastifyReply["headers"]>[0] {
  const entries = Object.entries(info).map(([name, value]) => [
    `x-gitlab-${name.replaceAll("_", "-")}`,
    encodeURI(String(value)),
  ]);
  return Object.fromEntries(entries) as Record<string, string>;
}
