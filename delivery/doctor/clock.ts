import type { Finding } from "./finding";

/** Certificates and tokens are judged by the clock; more than this is no rounding and no slow answer. */
const TOLERANCE_SECONDS = 30;

export interface ClockFacts {
  /** The header `Date` of the API server's answer. */
  readonly server: string;
  /** This machine's clock when the answer came. */
  readonly here: Date;
}

export function judgeClock({ server, here }: ClockFacts): readonly Finding[] {
  const there = Date.parse(server);
  if (Number.isNaN(there)) return [];
  const seconds = Math.round((here.getTime() - there) / 1000);
  if (Math.abs(seconds) <= TOLERANCE_SECONDS) {
    return [{ check: "clock", severity: "ok", message: "this machine's clock agrees with the cluster's" }];
  }
  const distance = `${String(Math.abs(seconds))} s ${seconds > 0 ? "ahead of" : "behind"}`;
  return [
    {
      check: "clock",
      severity: "warning",
      message: `this machine's clock is ${distance} the API server's: certificates and tokens may be refused`,
      fix: "set the clock of whichever is wrong by NTP",
    },
  ];
}
