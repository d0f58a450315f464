import { indexFile } from "./index-file";
import { configFile, providerFile } from "./provider-file";
import { resourceFile } from "./resource-file";
import { fileOf, nameOf, type PackageSchema } from "../../../lab/plugins/gitlab/package-schema";
import { header } from "./source";
import { inputTypesFile, outputTypesFile } from "./types-file";

/** All generated files of the package: their texts by their paths in `generated/`. */
export function packageFiles(schema: PackageSchema): Map<string, string> {
  const resources = Object.entries(schema.resources).map(
    ([token, resource]) => [`${fileOf(nameOf(token))}.ts`, resourceFile(token, resource)] as const,
  );
  return new Map([
    ["config.ts", configFile(schema)],
    ["index.ts", indexFile(schema)],
    ["provider.ts", providerFile(schema)],
    ["types/index.ts", `${header}export * as input from "./input";\nexport * as output from "./output";\n`],
    ["types/input.ts", inputTypesFile(schema)],
    ["types/output.ts", outputTypesFile(schema)],
    ...resources,
  ]);
}
