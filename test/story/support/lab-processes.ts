import { readFileSync } from "node:fs";
import { layoutOf } from "../../../lab/layout";
import { isRunning, RecordFolder } from "../../../lab/process";

/** The id of a process of a lab. Throws where it does not run. */
export function pidOf({ stateDir }: { readonly stateDir: string }, process: string): number {
  const records = new RecordFolder(layoutOf(stateDir).records).list();
  const found = records.find(({ name, identity }) => name === process && isRunning(identity));
  if (found === undefined) throw new Error(`${process} does not run`);
  return found.identity.pid;
}

/** The environment that a process of a lab was started with. */
export function environmentOf(lab: { readonly stateDir: string }, process: string): Record<string, string> {
  const pairs = readFileSync(`/proc/${String(pidOf(lab, process))}/environ`, "utf8").split("\0");
  return Object.fromEntries(
    pairs
      .filter((pair) => pair !== "")
      .map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]),
  );
}
