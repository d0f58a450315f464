import { z } from "zod";
import { projectFile } from "./project";
import { redeployFile } from "./redeploy";
import { SEALED_JSON_SCHEMA } from "./secrets";
import { CONFIG_NAMESPACE, stackConfig } from "./stack";

export type JsonSchema = Record<string, unknown>;

/** What an editor needs to know of a schema: what people write, before defaults and brought-into-form. */
function toJsonSchema(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, {
    io: "input",
    // The draft that the YAML language server reads best.
    target: "draft-7",
    unrepresentable: "any",
    override: ({ zodSchema, jsonSchema }) => {
      const meta = z.globalRegistry.get(zodSchema);
      if (meta?.["sealed"] !== true) return;
      delete jsonSchema["sealed"];
      Object.assign(jsonSchema, SEALED_JSON_SCHEMA, {
        description: jsonSchema.description ?? SEALED_JSON_SCHEMA.description,
      });
    },
  });
}

/** The JSON Schema of `catalog/<organisation>/<project>.yaml`. */
export function projectJsonSchema(): JsonSchema {
  return { title: "A project of the catalogue", ...toJsonSchema(projectFile) };
}

/** The JSON Schema of `redeploy.yaml`. */
export function redeployJsonSchema(): JsonSchema {
  return { title: "How a team's commit gets to its pods", ...toJsonSchema(redeployFile) };
}

/** The JSON Schema of `Pulumi.<stack>.yaml`: our keys exactly, those of Pulumi and of other namespaces loosely. */
export function stackJsonSchema(): JsonSchema {
  const { $schema, properties, ...config } = toJsonSchema(stackConfig);
  const ours = Object.entries(properties as Record<string, JsonSchema>).map(([key, schema]) => [
    `${CONFIG_NAMESPACE}:${key}`,
    schema,
  ]);
  return {
    $schema,
    title: "The config of a stack",
    type: "object",
    properties: {
      config: {
        ...config,
        properties: Object.fromEntries(ours) as JsonSchema,
        patternProperties: { [`^(?!${CONFIG_NAMESPACE}:)[^:]+:.+$`]: {} },
      },
    },
  };
}
