import { fileOf, moduleOf, nameOf, type PackageSchema } from "../../../lab/plugins/gitlab/package-schema";
import { header } from "./source";

/** The file that exports everything and tells Pulumi which class a type token means. */
export function indexFile(schema: PackageSchema): string {
  const tokens = Object.keys(schema.resources);
  const names = tokens.map(nameOf);
  const imports = names.map((name) => `import { ${name} } from "./${fileOf(name)}";\n`);
  const exports = names.map(
    (name) => `export { ${name}, type ${name}Args, type ${name}State } from "./${fileOf(name)}";\n`,
  );
  const modules = tokens.map((token, index) => `  ["${moduleOf(token)}", ${names[index]}],\n`);
  return `${header}${imports.join("")}import { Provider } from "./provider";
import { registerPackage } from "../registry";

export { Provider, type ProviderArgs } from "./provider";
${exports.join("")}
registerPackage("${schema.package}", Provider, [
${modules.join("")}]);
`;
}
