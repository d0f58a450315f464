import { Option } from "commander";
import { projectFolder } from "./project-folder";

/** Reads an option that may be given several times. */
export function gathered(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/** `--root`, which is by default the folder that `pulumi` would work in from here. */
export function rootOption(): Option {
  const here = projectFolder(process.cwd());
  return new Option("--root <folder>", "the project's folder").default(here, "that of Pulumi.yaml, here or above");
}
