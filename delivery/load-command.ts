import type { Command } from "commander";

/** Loads a module beside this one: `./validate`. */
export type LoadModule = (path: string) => unknown;

export const importModule: LoadModule = (path) => import(/* @vite-ignore */ path);

/** Makes the subcommand `name`: by the function `nameCommand` of `name.ts` (see commands.ts). */
export async function loadCommand(name: string, load: LoadModule = importModule): Promise<Command> {
  const module = (await load(`./${name}`)) as Readonly<Record<string, (load: LoadModule) => Command>>;
  const make = module[`${name}Command`];
  if (make === undefined) throw new Error(`delivery/${name}.ts does not export ${name}Command`);
  return make(load);
}
