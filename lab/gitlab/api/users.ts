import { randomBytes, scryptSync } from "node:crypto";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { authenticate, authenticateAdmin } from "../auth/caller";
import { findGroup } from "../auth/paths";
import { timestamp, type GitLabContext } from "../context";
import { badParameters, conflict, invalid, notFound } from "../http/errors";
import { paginate } from "../http/paginate";
import { flag, integer, required, text, validate } from "../http/validate";
import type { User } from "../store/people";
import { adminUserBody, ownUserBody, publicUserBody } from "../bodies/user";

/** `/user` and `/users`. */
export function userRoutes(app: FastifyInstance, context: GitLabContext): void {
  const { store } = context;

  app.get("/api/v4/user", (request) => {
    const { user } = authenticate(context, request, ["read_user"]);
    return ownUserBody(context, user);
  });

  app.get("/api/v4/users", (request, reply) => {
    const caller = authenticate(context, request, ["read_user"]);
    const asked = validate(request, { username: text, search: text, active: flag, humans: flag, admins: flag });
    const search = asked.search?.toLowerCase();
    const found = store.users
      .where((user) => asked.username === undefined || user.username.toLowerCase() === asked.username.toLowerCase())
      .filter((user) => asked.active !== true || user.state === "active")
      .filter((user) => asked.humans !== true || !user.bot)
      .filter((user) => asked.admins !== true || user.admin)
      .filter(
        ({ name, username, email }) =>
          search === undefined ||
          name.toLowerCase().includes(search) ||
          username.toLowerCase().includes(search) ||
          email.toLowerCase() === search,
      )
      .reverse();
    const body = caller.isAdmin ? adminUserBody : publicUserBody;
    return paginate(request, reply, context.url, found).map((user) => body(context, user));
  });

  app.get("/api/v4/users/:id", (request) => {
    const caller = authenticate(context, request, ["read_user"]);
    const user = find(request);
    return (caller.isAdmin ? adminUserBody : publicUserBody)(context, user);
  });

  for (const [verb, state] of Object.entries({ block: "blocked", unblock: "active" } as const)) {
    app.post(`/api/v4/users/:id/${verb}`, (request, reply) => {
      authenticateAdmin(context, request);
      store.users.update(find(request).id, { state });
      return reply.code(201).send(true);
    });
  }

  app.delete("/api/v4/users/:id", (request, reply) => {
    authenticateAdmin(context, request);
    const { id } = find(request);
    store.accessTokens.removeWhere(({ user_id }) => user_id === id);
    store.members.removeWhere(({ user_id }) => user_id === id);
    store.users.remove(id);
    return reply.code(204).send();
  });

  app.post("/api/v4/users", (request, reply) => {
    authenticateAdmin(context, request);
    const asked = validate(request, {
      email: required(text),
      name: required(text),
      username: required(text),
      password: text,
      reset_password: flag,
      force_random_password: flag,
      admin: flag,
      external: flag,
      can_create_group: flag,
      projects_limit: integer,
      skip_confirmation: flag,
    });
    if (asked.password === undefined && asked.reset_password !== true && asked.force_random_password !== true) {
      throw badParameters(
        "password, reset_password, force_random_password are missing, at least one parameter must be provided",
      );
    }
    const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
    if (store.users.find(({ email }) => same(email, asked.email)) !== undefined)
      throw conflict("Email has already been taken");
    const isTaken = store.users.find(({ username }) => same(username, asked.username)) !== undefined;
    if (isTaken || findGroup(store, asked.username) !== undefined) throw conflict("Username has already been taken");
    if (!/^[a-zA-Z0-9_.][a-zA-Z0-9_.-]*$/.test(asked.username) || /\.(git|atom)$/.test(asked.username)) {
      throw invalid({
        username: [
          "can only include non-accented letters, digits, '_', '-' and '.'. It must not start with '-', end in '.', '.git' or '.atom'.",
        ],
      });
    }
    if (asked.password !== undefined && asked.password.length < 8) {
      throw invalid({ password: ["is too short (minimum is 8 characters)"] });
    }
    const user = store.users.insert({
      username: asked.username,
      name: asked.name,
      email: asked.email,
      state: "active",
      admin: asked.admin ?? false,
      bot: false,
      external: asked.external ?? false,
      can_create_group: asked.can_create_group ?? true,
      projects_limit: asked.projects_limit ?? 100_000,
      namespace_id: store.groups.reserveId(),
      created_at: timestamp(context),
      password_digest: asked.password === undefined ? null : passwordDigest(asked.password),
      last_activity_on: null,
    });
    return reply.code(201).send(adminUserBody(context, user));
  });

  function find(request: FastifyRequest): User {
    const user = store.users.get(Number((request.params as { id: string }).id));
    if (user === undefined) throw notFound("User");
    return user;
  }
}

function passwordDigest(password: string): string {
  const salt = randomBytes(16).toString("hex");
  return `${salt}:${scryptSync(password, salt, 32, { N: 1024 }).toString("hex")}`;
}
