import { isLive } from "../terminal";
import type { StepName } from "./plan";

/** What a delivery tells while it runs; `--json` prints one such object a line. */
export type Told =
  | { readonly event: "step"; readonly step: StepName; readonly status: "started" }
  | { readonly event: "step"; readonly step: StepName; readonly status: "done" | "planned"; readonly message: string }
  | { readonly event: "note"; readonly step: StepName | null; readonly message: string }
  | { readonly event: "warning"; readonly message: string };

/** Whom a delivery tells. */
export interface Progress {
  tell(told: Told): void;
  /** Takes away what stays only while something runs. */
  close(): void;
}

/** As much of a stream as is written to. */
export interface Output {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** One JSON object a line. */
export function jsonProgress(out: Output): Progress {
  return {
    tell: (told) => {
      out.write(`${JSON.stringify(told)}\n`);
    },
    close: () => undefined,
  };
}

const WIDTH = 14;
const colours = { done: "\u001b[32m", planned: "", warning: "\u001b[33m", started: "", note: "" };

/**
 * Lines for people: results on standard output, warnings on standard error. On a terminal, a last line shows what runs
 * and for how long.
 *
 * @param colour whether colours are wanted; NO_COLOR says no
 */
export function lineProgress(out: Output, err: Output, colour: boolean): Progress {
  const live = isLive(out) ? new LiveLine(out) : undefined;
  const paint = (text: string, kind: keyof typeof colours): string =>
    colour && colours[kind] !== "" ? `${colours[kind]}${text}\u001b[0m` : text;
  return {
    tell: (told) => {
      if (told.event === "step") live?.stop();
      else live?.clear();
      if (told.event === "warning") err.write(`${paint("warning:", "warning")} ${told.message}\n`);
      else if (told.event === "note") out.write(`${(told.step ?? "").padEnd(WIDTH)}${told.message}\n`);
      else if (told.status === "started") live?.start(told.step);
      else out.write(`${told.step.padEnd(WIDTH)}${paint(told.status, told.status)}: ${told.message}\n`);
      live?.draw();
    },
    close: () => live?.stop(),
  };
}

/** The line on a terminal that is drawn anew each second. */
class LiveLine {
  private running: { readonly step: StepName; readonly since: number; readonly timer: NodeJS.Timeout } | undefined;

  constructor(private readonly out: Output) {}

  start(step: StepName): void {
    this.stop();
    const timer = setInterval(() => {
      this.clear();
      this.draw();
    }, 1000);
    timer.unref();
    this.running = { step, since: performance.now(), timer };
  }

  draw(): void {
    if (this.running === undefined) return;
    const seconds = Math.floor((performance.now() - this.running.since) / 1000);
    const clock = `${String(Math.floor(seconds / 60))}:${String(seconds % 60).padStart(2, "0")}`;
    this.out.write(`${this.running.step.padEnd(WIDTH)}${clock} …`);
  }

  clear(): void {
    if (this.running !== undefined) this.out.write("\r\u001b[K");
  }

  stop(): void {
    this.clear();
    clearInterval(this.running?.timer);
    this.running = undefined;
  }
}
