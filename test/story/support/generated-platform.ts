import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Writes a platform of one stack, dev, with so many projects, each with one Application.
 *
 * @param source the folder of this project, whose stack dev it takes
 */
export function writePlatform(folder: string, source: string, projects: number): void {
  cpSync(join(source, "Pulumi.dev.yaml"), join(folder, "Pulumi.dev.yaml"));
  mkdirSync(join(folder, "catalog", "acme"), { recursive: true });
  for (let index = 0; index < projects; index++) {
    const name = `p${String(index).padStart(4, "0")}`;
    const text = [
      "organisation: acme",
      `name: ${name}`,
      "environments: [dev]",
      "repositories:",
      "  - name: deploy",
      `    url: https://git.acme.example/${name}/deploy.git`,
      "    kind: kustomize",
      "",
    ].join("\n");
    writeFileSync(join(folder, "catalog", "acme", `${name}.yaml`), text);
  }
}
