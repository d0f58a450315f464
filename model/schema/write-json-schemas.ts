import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { componentPackageSchema } from "./component-package";
import { projectJsonSchema, redeployJsonSchema, stackJsonSchema } from "./json-schemas";

// npm run schemas: writes the JSON Schemas that editors read, and that of the component package. Unit tests hold them to
// the zod schemas.
const folder = join(__dirname, "..", "..", "schemas");
const schemas = {
  "component-package": componentPackageSchema(),
  project: projectJsonSchema(),
  redeploy: redeployJsonSchema(),
  stack: stackJsonSchema(),
};
for (const [name, schema] of Object.entries(schemas)) {
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(schema, null, 2)}\n`);
}
