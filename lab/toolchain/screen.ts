/** As much of a stream as says what it leads to. */
export interface Screen {
  readonly isTTY?: boolean;
}

/** Whether a stream leads to a terminal that knows escape codes: one that shows colours. */
export function isTerminal(stream: Screen, env: NodeJS.ProcessEnv = process.env): boolean {
  return stream.isTTY === true && env["TERM"] !== "dumb";
}

/**
 * Whether what stands on a stream's screen can be taken back and drawn anew. In a pipeline (`CI`) it cannot: some runners
 * give their jobs a terminal, and then keep all that was ever written to it as the log.
 */
export function isLive(stream: Screen, env: NodeJS.ProcessEnv = process.env): boolean {
  return isTerminal(stream, env) && ["", "0", "false"].includes(env["CI"] ?? "");
}
