import { onInterrupt } from "./interrupts";
import { isLive, type Screen } from "./screen";

/** Tells a waiting user what happens: on a terminal as one line that is kept up to date, else as plain lines. */
export interface Progress {
  /**
   * Runs one step of work and shows its label and how long it takes: `starting etcd … 3s`.
   * The result or error of `work` is passed on.
   */
  step<T>(label: string, work: (step: ProgressStep) => Promise<T>, position?: StepPosition): Promise<T>;
  /** Prints a line of its own. */
  note(line: string): void;
}

export interface ProgressStep {
  /** Adds to the label what the step does just now; the empty string takes it away. */
  detail(text: string): void;
}

/** The n-th of so many steps, shown as `[2/5]`. */
export interface StepPosition {
  readonly index: number;
  readonly of: number;
}

/** The part of a stream that progress is written to. */
export interface ProgressStream extends Screen {
  readonly columns?: number;
  write(text: string): unknown;
}

/** Says nothing. */
export const silentProgress: Progress = {
  step: (_label, work) => work({ detail: () => undefined }),
  note: () => undefined,
};

/** Progress on a stream, by default standard error: standard output is for results. */
export function createProgress(
  stream: ProgressStream = process.stderr,
  env: NodeJS.ProcessEnv = process.env,
): Progress {
  return isLive(stream, env) ? new LiveProgress(stream) : new PlainProgress(stream);
}

/** Seconds for people: `9s`, `1m 03s`. */
export function formatElapsed(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 60) return `${String(seconds)}s`;
  return `${String(Math.floor(seconds / 60))}m ${String(seconds % 60).padStart(2, "0")}s`;
}

/** A line when a step starts and one when it ends, as a log wants it. */
class PlainProgress implements Progress {
  constructor(private readonly stream: ProgressStream) {}

  async step<T>(label: string, work: (step: ProgressStep) => Promise<T>, position?: StepPosition): Promise<T> {
    const running = new RunningStep(label, position);
    this.note(`${running.title} …`);
    try {
      const result = await work({
        detail: (text) => {
          if (text !== "") this.note(`${running.title}: ${text}`);
        },
      });
      this.note(`${running.title}: done in ${running.elapsed()}`);
      return result;
    } catch (error) {
      this.note(`${running.title}: failed after ${running.elapsed()}`);
      throw error;
    }
  }

  note(line: string): void {
    this.stream.write(`${line}\n`);
  }
}

const eraseLine = "\r\u001b[K";

/** One line at the bottom that shows the step begun last; the lines of finished steps stay above it. */
class LiveProgress implements Progress {
  private readonly running: RunningStep[] = [];
  private timer: NodeJS.Timeout | undefined;
  private forget: () => void = () => undefined;

  constructor(private readonly stream: ProgressStream) {}

  async step<T>(label: string, work: (step: ProgressStep) => Promise<T>, position?: StepPosition): Promise<T> {
    const running = new RunningStep(label, position);
    this.begin(running);
    try {
      const result = await work({
        detail: (text) => {
          running.detail = text;
          this.draw();
        },
      });
      this.end(running, `${running.title} … done in ${running.elapsed()}`);
      return result;
    } catch (error) {
      this.end(running, `${running.title} … failed after ${running.elapsed()}`);
      throw error;
    }
  }

  note(line: string): void {
    this.stream.write(`${this.running.length > 0 ? eraseLine : ""}${line}\n`);
    this.draw();
  }

  private begin(step: RunningStep): void {
    this.running.push(step);
    // The shell's prompt must not end up behind the line.
    if (this.running.length === 1) this.forget = onInterrupt(() => this.stream.write("\n"));
    // The clock must not keep a process alive whose work is over.
    this.timer ??= setInterval(() => {
      this.draw();
    }, 500).unref();
    this.draw();
  }

  private end(step: RunningStep, line: string): void {
    this.stream.write(`${eraseLine}${line}\n`);
    this.running.splice(this.running.indexOf(step), 1);
    if (this.running.length === 0) {
      this.forget();
      clearInterval(this.timer);
      this.timer = undefined;
    }
    this.draw();
  }

  private draw(): void {
    const current = this.running.at(-1);
    if (current === undefined) return;
    const detail = current.detail === "" ? "" : ` (${current.detail})`;
    const clock = ` … ${current.elapsed()}`;
    // A wrapped line could not be erased. A terminal of unknown width reports 0 columns.
    const room = (this.stream.columns || 80) - 1 - clock.length;
    this.stream.write(`${eraseLine}${`${current.title}${detail}`.slice(0, Math.max(0, room))}${clock}`);
  }
}

class RunningStep {
  readonly title: string;
  detail = "";
  private readonly startedAt = Date.now();

  constructor(label: string, position?: StepPosition) {
    this.title = position === undefined ? label : `[${String(position.index)}/${String(position.of)}] ${label}`;
  }

  elapsed(): string {
    return formatElapsed(Date.now() - this.startedAt);
  }
}
