import type { FastifyInstance, FastifyRequest } from "fastify";
import type { GivenVariable } from "../ci/records";
import { timestamp, type GitLabContext } from "../context";
import { invalid, notFound } from "../http/errors";
import { oneOf, required, text, validate } from "../http/validate";
import { variableBody } from "./pipeline-parameters";
import { own } from "./schedules";

/** The variables of a pipeline schedule. */
export function scheduleVariableRoutes(app: FastifyInstance, context: GitLabContext): void {
  const base = "/api/v4/projects/:id/pipeline_schedules/:schedule_id/variables";
  const save = (id: number, variables: readonly GivenVariable[]): void => {
    context.store.schedules.update(id, { variables, updated_at: timestamp(context) });
  };
  const type = oneOf("env_var", "file");

  app.post(base, async (request, reply) => {
    const { schedule } = own(context, request);
    const { key, value, variable_type } = validate(request, {
      key: required(text),
      value: required(text),
      variable_type: type,
    });
    if (schedule.variables.some((one) => one.key === key)) throw invalid({ key: ["has already been taken"] });
    const variable: GivenVariable = { key, value, variable_type: variable_type ?? "env_var", raw: false };
    save(schedule.id, [...schedule.variables, variable]);
    return reply.code(201).send(variableBody(variable));
  });

  app.get(`${base}/:key`, (request) => variableBody(variableOf(request, own(context, request).schedule.variables)));

  app.put(`${base}/:key`, (request) => {
    const { schedule } = own(context, request);
    const found = variableOf(request, schedule.variables);
    const given = validate(request, { value: text, variable_type: type });
    const changed = {
      ...found,
      value: given.value ?? found.value,
      variable_type: given.variable_type ?? found.variable_type,
    };
    save(
      schedule.id,
      schedule.variables.map((one) => (one === found ? changed : one)),
    );
    return variableBody(changed);
  });

  app.delete(`${base}/:key`, async (request, reply) => {
    const { schedule } = own(context, request);
    const found = variableOf(request, schedule.variables);
    save(
      schedule.id,
      schedule.variables.filter((one) => one !== found),
    );
    return reply.code(202).send(variableBody(found));
  });
}

function variableOf(request: FastifyRequest, variables: readonly GivenVariable[]): GivenVariable {
  const { key } = request.params as { readonly key: string };
  const found = variables.find((one) => one.key === key);
  if (found === undefined) throw notFound("Pipeline Schedule Variable");
  return found;
}
