import { createHash } from "node:crypto";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { authorizeProject } from "../auth/access";
import { level } from "../auth/levels";
import { timestamp, type GitLabContext } from "../context";
import { invalid, recordNotFound } from "../http/errors";
import { paginate } from "../http/paginate";
import { flag, nullable, required, text, validate } from "../http/validate";
import type { DeployKey } from "../store/deploy";
import { pathParameter } from "./source";

/** Deploy keys of projects. The double has no SSH: they are kept and told. */
export function deployKeyRoutes(app: FastifyInstance, context: GitLabContext): void {
  const { deployKeys } = context.store;
  const path = "/api/v4/projects/:id/deploy_keys";
  const open = (request: FastifyRequest): { id: number; all: DeployKey[] } => {
    const { id } = authorizeProject(context, request, level.maintainer).project;
    return { id, all: deployKeys.where(({ project_id }) => project_id === id) };
  };
  const find = (request: FastifyRequest): DeployKey => {
    const found = open(request).all.find(({ id }) => id === Number(pathParameter(request, "key_id")));
    if (found === undefined) throw recordNotFound();
    return found;
  };

  app.get(path, (request, reply) => paginate(request, reply, context.url, open(request).all).map(deployKeyBody));
  app.get(`${path}/:key_id`, (request) => deployKeyBody(find(request)));

  app.post(path, (request, reply) => {
    const { id, all } = open(request);
    const asked = validate(request, {
      title: required(text),
      key: required(text),
      can_push: flag,
      expires_at: nullable(text),
    });
    const key = asked.key.trim();
    if (!/^(ssh-(rsa|ed25519|dss)|ecdsa-sha2-\S+|sk-\S+) [A-Za-z0-9+/]+=*( .*)?$/.test(key)) {
      throw invalid({ "deploy_key.key": ["is invalid"], "deploy_key.fingerprint_sha256": ["cannot be generated"] });
    }
    if (all.some((one) => fingerprint(one.key) === fingerprint(key))) {
      throw invalid({ "deploy_key.fingerprint_sha256": ["has already been taken"] });
    }
    const record = deployKeys.insert({
      project_id: id,
      title: asked.title,
      key,
      can_push: asked.can_push ?? false,
      created_at: timestamp(context),
      expires_at: asked.expires_at ?? null,
    });
    return reply.code(201).send(deployKeyBody(record));
  });

  app.put(`${path}/:key_id`, (request) => {
    const asked = validate(request, { title: text, can_push: flag });
    return deployKeyBody(deployKeys.update(find(request).id, asked));
  });

  app.delete(`${path}/:key_id`, (request, reply) => {
    deployKeys.remove(find(request).id);
    return reply.code(204).send();
  });

  context.events.on("project removed", ({ project_id: id }) => {
    deployKeys.removeWhere(({ project_id }) => project_id === id);
  });
}

function fingerprint(key: string): string {
  const digest = createHash("sha256").update(Buffer.from(key.split(" ")[1] ?? "", "base64"));
  return `SHA256:${digest.digest("base64").replace(/=+$/, "")}`;
}

function deployKeyBody({ id, title, key, can_push, created_at, expires_at }: DeployKey): Record<string, unknown> {
  const fingerprint_sha256 = fingerprint(key);
  return { id, title, created_at, expires_at, key, fingerprint_sha256, can_push };
}
