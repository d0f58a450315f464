import { UserError } from "../../model/problem";
import { logTail } from "./log";
import { commandLine, type ProcessSpec } from "./spec";

/**
 * A process that ended too early or did not become ready. Its message holds the command and the end of its log.
 * It is no bug of the program's: ports, memory and files of the machine are what makes processes fail.
 */
export class ProcessFailure extends UserError {
  readonly processName: string;
  readonly command: string;
  /** The last lines of the log when it failed. */
  readonly logTail: readonly string[];

  /** @param fact what happened to it: `exited with code 1 before it was ready` */
  constructor(spec: Pick<ProcessSpec, "name" | "command" | "args" | "log">, fact: string) {
    const command = commandLine(spec);
    const tail = logTail(spec.log);
    super([
      {
        severity: "error",
        file: spec.log,
        path: "",
        message: [`${spec.name} ${fact}`, ...describeRun(command, tail)].join("\n"),
        fix: "mend what the log names, then run the command again",
      },
    ]);
    this.name = "ProcessFailure";
    this.processName = spec.name;
    this.command = command;
    this.logTail = tail;
  }
}

/** Command and end of the log, indented as the further lines of a message. */
export function describeRun(command: string, tail: readonly string[]): string[] {
  const log =
    tail.length === 0 ? ["  its log is empty"] : ["  the end of its log:", ...tail.map((line) => `    ${line}`)];
  return [`  command: ${command}`, ...log];
}
