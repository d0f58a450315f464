import { Argument, Command } from "commander";
import { componentPackageSchema } from "../model/schema/component-package";
import { projectJsonSchema, redeployJsonSchema, stackJsonSchema } from "../model/schema/json-schemas";
import { writeOutput } from "./output-file";
import { formatTable } from "./table";

interface Schema {
  readonly describes: string;
  readonly make: () => object;
}

/** What there is a schema of. */
const schemas: Readonly<Record<string, Schema>> = {
  project: { describes: "catalog/<organisation>/<project>.yaml", make: projectJsonSchema },
  stack: { describes: "Pulumi.<stack>.yaml", make: stackJsonSchema },
  redeploy: { describes: "redeploy.yaml", make: redeployJsonSchema },
  package: { describes: "the component package, for Pulumi's SDKs", make: componentPackageSchema },
};

interface SchemaFlags {
  readonly output?: string;
  readonly json?: true;
}

/** `factory schema`: the schemas of what people write. */
export function schemaCommand(): Command {
  return new Command("schema")
    .description("prints the schemas of the files that people write")
    .addArgument(new Argument("[name]", "of what; lists them when left out").choices(Object.keys(schemas)))
    .option("-o, --output <file>", "writes there instead of to standard output")
    .option("--json", "prints the list as JSON; a schema always is")
    .addHelpText("after", help)
    .action(run);
}

const help = `
The first three are JSON Schemas (draft 7), for editors and validators; the last
is a Pulumi package schema. They are those of this version of factory.

Examples:
  $ npx factory schema
  $ npx factory schema project --output .vscode/project.schema.json
  $ npx factory schema stack | jq '.properties.config.properties | keys'

Exit codes: 0 done; 1 the file cannot be written; 2 the command was called
wrongly.`;

function run(name: string | undefined, { output, json }: SchemaFlags): void {
  const text = name === undefined ? list(json === true) : `${JSON.stringify(schemas[name]?.make(), null, 2)}\n`;
  if (output === undefined) process.stdout.write(text);
  else writeOutput(output, text);
}

function list(asJson: boolean): string {
  const entries = Object.entries(schemas).map(([name, { describes }]) => ({ name, describes }));
  if (asJson) return `${JSON.stringify(entries, null, 2)}\n`;
  const rows = entries.map(({ name, describes }) => [name, describes]);
  return `${formatTable(["SCHEMA", "DESCRIBES"], rows).join("\n")}\n`;
}
