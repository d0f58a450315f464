import type { FastifyInstance, FastifyRequest } from "fastify";
import { authenticate, authenticateAdmin } from "../auth/caller";
import { issueToken } from "../auth/issue-token";
import type { GitLabContext } from "../context";
import { badRequest, forbidden, notFound, recordNotFound, unauthorized } from "../http/errors";
import { paginate } from "../http/paginate";
import { date, integer, list, nullable, oneOf, required, text, validate } from "../http/validate";
import { matches } from "../rules/search";
import { accessTokenBody, expiryOf, isActive, personalScopes, rotateToken } from "../rules/access-tokens";
import type { AccessToken } from "../store/people";
import { pathParameter } from "./source";

/** `/personal_access_tokens`: one's own, and everybody's for administrators. */
export function personalAccessTokenRoutes(app: FastifyInstance, context: GitLabContext): void {
  const { accessTokens, users } = context.store;
  const path = "/api/v4/personal_access_tokens";

  app.get(path, (request, reply) => {
    const { user, isAdmin } = authenticate(context, request);
    const asked = validate(request, { user_id: integer, state: oneOf("active", "inactive"), search: text });
    if (!isAdmin && asked.user_id !== undefined && asked.user_id !== user.id) throw unauthorized();
    const owner = isAdmin ? asked.user_id : user.id;
    const found = accessTokens
      .where((token) => token.kind !== "job" && (owner === undefined || token.user_id === owner))
      .filter((token) => asked.state === undefined || isActive(context, token) === (asked.state === "active"))
      .filter(({ name }) => matches(asked.search, name));
    return paginate(request, reply, context.url, found).map((token) => accessTokenBody(context, token));
  });

  // Any scope will do to ask about, and to revoke, the token itself.
  app.get(`${path}/self`, (request) => accessTokenBody(context, authenticate(context, request, personalScopes).token));

  app.delete(`${path}/self`, (request, reply) => {
    const { token } = authenticate(context, request, personalScopes);
    if (token.kind !== "personal") throw badRequest("Token of a group or a project cannot revoke itself");
    accessTokens.update(token.id, { revoked: true });
    return reply.code(204).send();
  });

  app.get(`${path}/:token_id`, (request) => accessTokenBody(context, find(request)));

  app.delete(`${path}/:token_id`, (request, reply) => {
    accessTokens.update(find(request).id, { revoked: true });
    return reply.code(204).send();
  });

  app.post(`${path}/:token_id/rotate`, (request) => {
    const { expires_at } = validate(request, { expires_at: nullable(date) });
    const isSelf = pathParameter(request, "token_id") === "self";
    const token = isSelf ? authenticate(context, request, ["self_rotate"]).token : find(request);
    const rotated = rotateToken(context, token, expires_at);
    return { ...accessTokenBody(context, rotated.record), token: rotated.text };
  });

  app.post("/api/v4/users/:id/personal_access_tokens", (request, reply) => {
    authenticateAdmin(context, request);
    const user = users.get(Number(pathParameter(request, "id")));
    if (user === undefined) throw notFound("User");
    const asked = validate(request, {
      name: required(text),
      description: nullable(text),
      scopes: required(list(oneOf(...personalScopes))),
      expires_at: nullable(date),
    });
    if (asked.scopes.length === 0) throw badRequest("Scopes can't be blank");
    const { record, text: token } = issueToken(context, {
      kind: "personal",
      user_id: user.id,
      name: asked.name,
      description: asked.description ?? null,
      scopes: asked.scopes,
      expires_at: expiryOf(context, asked.expires_at),
    });
    return reply.code(201).send({ ...accessTokenBody(context, record), token });
  });

  /** A token of the caller's, or any one for an administrator. */
  function find(request: FastifyRequest): AccessToken {
    const { user, isAdmin } = authenticate(context, request);
    const token = accessTokens.get(Number(pathParameter(request, "token_id")));
    if (token !== undefined && (isAdmin || token.user_id === user.id)) return token;
    if (isAdmin) throw recordNotFound();
    throw request.method === "DELETE" ? forbidden() : unauthorized();
  }
}
