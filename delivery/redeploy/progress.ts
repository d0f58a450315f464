import { isLive, type Screen } from "../../lab/toolchain/screen";
import { painter } from "../terminal";
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
export interface Output extends Screen {
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

/**
 * Lines for people: results on standard output, warnings on standard error, each in the colours of its own stream. On a
 * terminal, a last line shows what runs and for how long.
 */
export function lineProgress(out: Output, err: Output, env: NodeJS.ProcessEnv = process.env): Progress {
  const live = isLive(out, env) ? new LiveLine(out) : undefined;
  const [paintOut, paintErr] = [painter(out, env), painter(err, env)];
  return {
    tell: (told) => {
      if (told.event === "step") live?.stop();
      else live?.clear();
      if (told.event === "warning") err.write(`${paintErr("warning:", "yellow")} ${told.message}\n`);
      else if (told.event === "note") out.write(`${(told.step ?? "").padEnd(WIDTH)}${told.message}\n`);
      else if (told.status === "started") live?.start(told.step);
      else {
        const status = told.status === "done" ? paintOut(told.status, "green") : told.status;
        out.write(`${told.step.padEnd(WIDTH)}${status}: ${told.message}\n`);
      }
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
