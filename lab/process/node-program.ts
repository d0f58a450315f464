import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { ProcessSpec } from "./spec";

/**
 * A TypeScript file of this project as a process of its own. `tsx` is required as a hook, not run as a command: one
 * process instead of two. Its settings are pinned to this project's, wherever the process is started.
 */
export function nodeProgram(
  main: string,
  args: readonly string[],
): Required<Pick<ProcessSpec, "command" | "args" | "env">> {
  return {
    command: process.execPath,
    args: ["--require", require.resolve("tsx/cjs"), main, ...args],
    env: { TSX_TSCONFIG_PATH: join(__dirname, "..", "..", "tsconfig.json") },
  };
}

/** Writes an executable that becomes such a process; the arguments that it is called with come after `args`. */
export function writeNodeLauncher(file: string, main: string, args: readonly string[]): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, nodeLauncher(main, args), { mode: 0o755 });
  renameSync(`${file}.new`, file);
}

/** The same as a shell script. @param note a line of comment that says what it is; none when absent */
export function nodeLauncher(main: string, args: readonly string[], note?: string): string {
  const program = nodeProgram(main, args);
  const env = Object.entries(program.env).map(([name, value]) => `${name}=${shellQuote(value)}; export ${name}`);
  const command = [program.command, ...program.args].map(shellQuote).join(" ");
  return ["#!/bin/sh", ...(note === undefined ? [] : [`# ${note}`]), ...env, `exec ${command} "$@"`, ""].join("\n");
}

export function shellQuote(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
