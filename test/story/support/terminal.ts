import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { eventually } from "./eventually";

const run = promisify(execFile);

/** What tests have in a pipeline and a user at a terminal has not: by it, progress is printed in plain lines. */
const ofPipelines = ["CI", "FORCE_COLOR", "NO_COLOR"];

export interface TerminalOptions {
  /** The path of tmux. */
  readonly tmux: string;
  /** What runs in it: `["bash", "--norc"]`. */
  readonly command: readonly string[];
  readonly cwd: string;
  /** Beside the environment of the tests. */
  readonly env?: Readonly<Record<string, string>>;
  /** @default 80 */
  readonly columns?: number;
}

/** A real terminal of 80 columns and 90 lines (a pane of tmux), at which one types and looks. */
export class Terminal {
  private constructor(
    private readonly tmux: string,
    private readonly socket: string,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  static async open({ tmux, command, cwd, env = {}, columns = 80 }: TerminalOptions): Promise<Terminal> {
    // A shell gets the environment of its tmux server, which is this terminal's alone.
    const own = Object.entries(process.env).filter(([name]) => !ofPipelines.includes(name));
    const socket = join(tmpdir(), `gitops-factory-${randomUUID()}.tmux`);
    const terminal = new Terminal(tmux, socket, { ...Object.fromEntries(own), ...env });
    const size = ["-x", String(columns), "-y", "90"];
    await terminal.ask("-f", "/dev/null", "new-session", "-d", ...size, "-c", cwd, ...command);
    return terminal;
  }

  /** Types a line and presses Enter. */
  async enter(line: string): Promise<void> {
    await this.write(line);
    await this.press("Enter");
  }

  /** Types text, as it is. */
  async write(text: string): Promise<void> {
    await this.ask("send-keys", "-l", "--", text);
  }

  /** Presses keys, by tmux's names: `Tab`, `C-c`. */
  async press(...keys: readonly string[]): Promise<void> {
    await this.ask("send-keys", ...keys);
  }

  async resize(columns: number): Promise<void> {
    await this.ask("resize-window", "-x", String(columns), "-y", "90");
  }

  /** What is to be seen, without the blanks at the ends of lines; with `colours` as escape codes, too. */
  async screen(colours = false): Promise<string> {
    const text = await this.ask("capture-pane", "-p", ...(colours ? ["-e"] : []));
    return text.trimEnd();
  }

  /** Waits until the screen shows it, and gives the screen. */
  async shows(what: RegExp | string): Promise<string> {
    let screen = "";
    return eventually(
      async () => {
        screen = await this.screen();
        return (typeof what === "string" ? screen.includes(what) : what.test(screen)) ? screen : undefined;
      },
      () => `the terminal does not show ${String(what)}:\n${screen}`,
    );
  }

  async close(): Promise<void> {
    await this.ask("kill-server");
    rmSync(this.socket, { force: true });
  }

  private async ask(...args: readonly string[]): Promise<string> {
    const { stdout } = await run(this.tmux, ["-S", this.socket, ...args], { env: this.env });
    return stdout;
  }
}
