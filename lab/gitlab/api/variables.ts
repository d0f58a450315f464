import type { FastifyInstance, FastifyRequest } from "fastify";
import { level } from "../auth/levels";
import type { GitLabContext } from "../context";
import { conflict, invalid, notFound } from "../http/errors";
import { paginate } from "../http/paginate";
import { flag, hash, nullable, oneOf, required, text, validate } from "../http/validate";
import { isFaulty } from "../rules/names";
import { variableFaults } from "../rules/variable-values";
import type { Variable } from "../store/variables";
import { authorizeSource, isOf, onRemoval, pathParameter, type Source, sourceTypes } from "./source";

const need = { group: level.owner, project: level.maintainer };

const fields = {
  variable_type: oneOf("env_var", "file"),
  protected: flag,
  masked: flag,
  raw: flag,
  environment_scope: text,
  description: nullable(text),
};

/** CI/CD variables of groups and projects. */
export function variableRoutes(app: FastifyInstance, context: GitLabContext): void {
  for (const type of sourceTypes) addRoutes(app, context, type);
  onRemoval(context, (source) => {
    context.store.variables.removeWhere(isOf(source));
  });
}

function addRoutes(app: FastifyInstance, context: GitLabContext, type: Source["type"]): void {
  const { variables } = context.store;
  const path = `/api/v4/${type}s/:id/variables`;
  const open = (request: FastifyRequest): { source: Source; all: Variable[] } => {
    const source = authorizeSource(context, request, type, need);
    return { source, all: variables.where(isOf(source)) };
  };

  /** The variable of a key; of several, the one of `filter[environment_scope]`. */
  const find = (request: FastifyRequest): Variable => {
    const { filter } = validate(request, { filter: hash });
    const scope = filter?.["environment_scope"];
    const found = open(request)
      .all.filter(({ key }) => key === pathParameter(request, "key"))
      .filter((one) => scope === undefined || one.environment_scope === scope);
    const [only] = found;
    if (only === undefined) throw notFound("Variable");
    if (found.length > 1) {
      throw conflict("There are multiple variables with provided parameters. Please use 'filter[environment_scope]'");
    }
    return only;
  };

  app.get(path, (request, reply) => paginate(request, reply, context.url, open(request).all).map(variableBody));

  app.get(`${path}/:key`, (request) => variableBody(find(request)));

  app.post(path, (request, reply) => {
    const { source, all } = open(request);
    const asked = validate(request, { key: required(text), value: required(text), masked_and_hidden: flag, ...fields });
    const hidden = asked.masked_and_hidden === true;
    const variable = {
      source_type: type,
      source_id: source.id,
      key: asked.key,
      value: asked.value,
      variable_type: asked.variable_type ?? "env_var",
      protected: asked.protected ?? false,
      masked: hidden || asked.masked === true,
      hidden,
      raw: asked.raw ?? false,
      environment_scope: scopeOf(asked.environment_scope),
      description: asked.description ?? null,
    } as const;
    const faults = variableFaults(variable, all);
    if (isFaulty(faults)) throw invalid(faults);
    return reply.code(201).send(variableBody(variables.insert(variable)));
  });

  app.put(`${path}/:key`, (request) => {
    const { all } = open(request);
    const variable = find(request);
    const { environment_scope: scope, ...asked } = validate(request, { value: text, ...fields });
    const changes = { ...asked, environment_scope: scope === undefined ? undefined : scopeOf(scope) };
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
    const wanted: Variable = { ...variable, ...given };
    const faults = variableFaults(
      wanted,
      all.filter(({ id }) => id !== variable.id),
    );
    if (variable.hidden && !wanted.masked) {
      faults["base"] = ["The visibility setting cannot be changed for masked and hidden variables."];
    }
    if (isFaulty(faults)) throw invalid(faults);
    return variableBody(variables.update(variable.id, changes));
  });

  app.delete(`${path}/:key`, (request, reply) => {
    variables.remove(find(request).id);
    return reply.code(204).send();
  });

  /** GitLab's free tier has no scopes for the variables of groups, and takes no notice of them. */
  function scopeOf(asked: string | undefined): string {
    return type === "group" || asked === undefined || asked === "" ? "*" : asked;
  }
}

function variableBody(variable: Variable): Record<string, unknown> {
  const { hidden } = variable;
  return {
    variable_type: variable.variable_type,
    key: variable.key,
    value: hidden ? null : variable.value,
    hidden,
    protected: variable.protected,
    masked: variable.masked,
    raw: variable.raw,
    environment_scope: variable.environment_scope,
    description: variable.description,
  };
}
