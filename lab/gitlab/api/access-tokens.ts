import { randomBytes } from "node:crypto";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { authenticate } from "../auth/caller";
import { issueToken } from "../auth/issue-token";
import { level } from "../auth/levels";
import { timestamp, type GitLabContext } from "../context";
import { badRequest, notFound, recordNotFound, unauthorized } from "../http/errors";
import { paginate } from "../http/paginate";
import { date, list, nullable, oneOf, required, text, validate } from "../http/validate";
import { accessTokenBody, botScopes, expiryOf, isActive, rotateToken } from "../rules/access-tokens";
import type { AccessToken, User } from "../store/people";
import { authorizeSource, onRemoval, pathParameter, type Source, sourceTypes } from "./source";

/** The roles that manage tokens; others learn what GitLab tells them, by another status than 403. */
const manager = { group: level.owner, project: level.maintainer };

/** Group and project access tokens, with a bot user each. */
export function accessTokenRoutes(app: FastifyInstance, context: GitLabContext): void {
  for (const type of sourceTypes) addRoutes(app, context, type);
  onRemoval(context, (source) => {
    const { store } = context;
    for (const { user_id } of tokensOf(context, source)) store.users.remove(user_id);
    const ids = new Set(tokensOf(context, source).map(({ id }) => id));
    store.accessTokens.removeWhere(({ id }) => ids.has(id));
  });
}

function tokensOf({ store }: GitLabContext, { type, id }: Pick<Source, "type" | "id">): AccessToken[] {
  return store.accessTokens.where(
    (token) => token.kind === type && (type === "group" ? token.group_id : token.project_id) === id,
  );
}

function addRoutes(app: FastifyInstance, context: GitLabContext, type: Source["type"]): void {
  const { store } = context;
  const path = `/api/v4/${type}s/:id/access_tokens`;
  const open = (request: FastifyRequest): Source & { readonly manages: boolean } => {
    const source = authorizeSource(context, request, type, { group: 0, project: 0 });
    return { ...source, manages: source.role >= manager[type] };
  };
  const find = (request: FastifyRequest, source: Source): AccessToken | undefined =>
    tokensOf(context, source).find(({ id }) => id === Number(pathParameter(request, "token_id")));

  app.get(path, (request, reply) => {
    const source = open(request);
    if (!source.manages) throw unauthorized();
    const { state } = validate(request, { state: oneOf("active", "inactive") });
    const found = tokensOf(context, source).filter(
      (token) => state === undefined || isActive(context, token) === (state === "active"),
    );
    return paginate(request, reply, context.url, found).map((token) => accessTokenBody(context, token));
  });

  app.get(`${path}/:token_id`, (request) => {
    const source = open(request);
    if (!source.manages) throw unauthorized();
    const token = find(request, source);
    if (token === undefined) throw notFound(`${type} Access Token`);
    return accessTokenBody(context, token);
  });

  app.post(path, (request, reply) => {
    const source = open(request);
    const asked = validate(request, {
      name: required(text),
      description: nullable(text),
      scopes: required(list(oneOf(...botScopes))),
      expires_at: nullable(date),
      access_level: oneOf(10, 15, 20, 30, 40, 50),
    });
    if (!source.manages || source.caller.user.bot) {
      throw badRequest(`User does not have permission to create ${type} access token`);
    }
    if (asked.scopes.length === 0) throw badRequest("Scopes can't be blank");
    const access_level = asked.access_level ?? level.maintainer;
    if (access_level > source.role) {
      throw badRequest("Access level of the token can't be greater the access level of the user who created the token");
    }
    const expires_at = expiryOf(context, asked.expires_at);
    const bot = makeBot(source, asked.name);
    store.members.insert({
      source_type: type,
      source_id: source.id,
      user_id: bot.id,
      access_level,
      expires_at: null,
      created_at: timestamp(context),
      created_by_id: source.caller.user.id,
    });
    const { record, text: token } = issueToken(context, {
      kind: type,
      user_id: bot.id,
      name: asked.name,
      description: asked.description ?? null,
      scopes: asked.scopes,
      expires_at,
      access_level,
      group_id: type === "group" ? source.id : null,
      project_id: type === "project" ? source.id : null,
    });
    return reply.code(201).send({ ...accessTokenBody(context, record), token });
  });

  app.post(`${path}/:token_id/rotate`, (request) => {
    const { expires_at } = validate(request, { expires_at: nullable(date) });
    const isSelf = pathParameter(request, "token_id") === "self";
    if (isSelf) {
      const { token } = authenticate(context, request, ["self_rotate"]);
      if (token.kind !== type) throw unauthorized();
      const rotated = rotateToken(context, token, expires_at);
      return { ...accessTokenBody(context, rotated.record), token: rotated.text };
    }
    const source = open(request);
    const token = source.manages ? find(request, source) : undefined;
    // Only administrators learn that there is no such token.
    if (token === undefined) throw source.caller.isAdmin ? recordNotFound() : unauthorized();
    const rotated = rotateToken(context, token, expires_at);
    return { ...accessTokenBody(context, rotated.record), token: rotated.text };
  });

  app.delete(`${path}/:token_id`, (request, reply) => {
    const source = open(request);
    const token = find(request, source);
    if (token === undefined) throw notFound(`${type} Access Token`);
    if (!source.manages) throw badRequest(`Failed to delete access token: user lacks permission`);
    store.accessTokens.update(token.id, { revoked: true });
    store.members.removeWhere(({ user_id }) => user_id === token.user_id);
    return reply.code(204).send();
  });

  function makeBot(source: Source, name: string): User {
    const username = `${type}_${String(source.id)}_bot_${randomBytes(16).toString("hex")}`;
    return store.users.insert({
      username,
      name,
      email: `${username}@noreply.${new URL(context.url).hostname}`,
      state: "active",
      admin: false,
      bot: true,
      external: true,
      can_create_group: false,
      projects_limit: 0,
      namespace_id: store.groups.reserveId(),
      created_at: timestamp(context),
      password_digest: null,
      last_activity_on: null,
    });
  }
}
