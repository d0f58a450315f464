import type { FastifyInstance, FastifyRequest } from "fastify";
import { authenticateAdmin } from "../auth/caller";
import { isExpired } from "../auth/deploy-token";
import { level } from "../auth/levels";
import { digestOf, newToken } from "../auth/token-text";
import { timestamp, type GitLabContext } from "../context";
import { badParameters, recordNotFound } from "../http/errors";
import { paginate } from "../http/paginate";
import { flag, list, nullable, oneOf, required, text, validate } from "../http/validate";
import { type DeployToken, deployTokenScopes } from "../store/deploy";
import { authorizeSource, isOf, onRemoval, pathParameter, type Source, sourceTypes } from "./source";

const needToRead = { group: level.maintainer, project: level.maintainer };
const needToWrite = { group: level.owner, project: level.maintainer };

/** Deploy tokens of groups and projects. */
export function deployTokenRoutes(app: FastifyInstance, context: GitLabContext): void {
  const { deployTokens } = context.store;
  const isWanted = (request: FastifyRequest): ((token: DeployToken) => boolean) => {
    const { active } = validate(request, { active: flag });
    return (token) => active !== true || (!token.revoked && !isExpired(context, token));
  };

  app.get("/api/v4/deploy_tokens", (request, reply) => {
    authenticateAdmin(context, request);
    const found = deployTokens.where(isWanted(request));
    return paginate(request, reply, context.url, found).map((token) => deployTokenBody(context, token));
  });

  for (const type of sourceTypes) {
    const path = `/api/v4/${type}s/:id/deploy_tokens`;
    const find = (request: FastifyRequest, source: Source): DeployToken => {
      const id = Number(pathParameter(request, "token_id"));
      const found = deployTokens.where(isOf(source)).find((token) => token.id === id);
      if (found === undefined) throw recordNotFound();
      return found;
    };

    app.get(path, (request, reply) => {
      const source = authorizeSource(context, request, type, needToRead);
      const found = deployTokens.where(isOf(source)).filter(isWanted(request));
      return paginate(request, reply, context.url, found).map((token) => deployTokenBody(context, token));
    });

    app.get(`${path}/:token_id`, (request) =>
      deployTokenBody(context, find(request, authorizeSource(context, request, type, needToRead))),
    );

    app.post(path, (request, reply) => {
      const source = authorizeSource(context, request, type, needToWrite);
      const asked = validate(request, {
        name: required(text),
        scopes: required(list(oneOf(...deployTokenScopes))),
        expires_at: nullable(text),
        username: nullable(text),
      });
      if (asked.scopes.length === 0) throw badParameters("scopes is empty");
      const secret = newToken("deploy");
      const token = deployTokens.insert({
        source_type: type,
        source_id: source.id,
        name: asked.name,
        username: asked.username ?? "",
        digest: digestOf(secret),
        scopes: deployTokenScopes.filter((scope) => asked.scopes.includes(scope)),
        revoked: false,
        created_at: timestamp(context),
        expires_at: pointInTime(asked.expires_at),
      });
      const username = asked.username ?? `gitlab+deploy-token-${String(token.id)}`;
      const named = deployTokens.update(token.id, { username });
      return reply.code(201).send({ ...deployTokenBody(context, named), token: secret });
    });

    app.delete(`${path}/:token_id`, (request, reply) => {
      deployTokens.remove(find(request, authorizeSource(context, request, type, needToWrite)).id);
      return reply.code(204).send();
    });
  }

  onRemoval(context, (source) => {
    deployTokens.removeWhere(isOf(source));
  });
}

function pointInTime(asked: string | null | undefined): string | null {
  if (asked === undefined || asked === null) return null;
  if (Number.isNaN(Date.parse(asked))) throw badParameters("expires_at is invalid");
  return new Date(asked).toISOString();
}

function deployTokenBody(context: GitLabContext, token: DeployToken): Record<string, unknown> {
  const { id, name, username, expires_at, scopes, revoked } = token;
  return { id, name, username, expires_at, scopes, revoked, expired: isExpired(context, token) };
}
