import { readFileSync, writeFileSync } from "node:fs";
import { freePorts, isFree, isRunning, type RecordFolder } from "../process";

/**
 * A port for each of the processes, the same at every call: those that it runs on, those of its last run that are still
 * free, or new ones.
 * @param file keeps them
 */
export async function metricsPorts(
  file: string,
  processes: readonly string[],
  records: RecordFolder,
): Promise<Record<string, number>> {
  const before = read(file);
  const running = new Set(records.list().flatMap(({ identity, name }) => (isRunning(identity) ? [name] : [])));
  const ports: Record<string, number> = {};
  for (const name of processes) {
    const known = before[name];
    const keeps = known !== undefined && (running.has(name) || (await isFree(known)));
    ports[name] = keeps ? known : await unused(Object.values({ ...before, ...ports }));
  }
  writeFileSync(file, `${JSON.stringify({ ...before, ...ports })}\n`);
  return ports;
}

async function unused(taken: readonly number[]): Promise<number> {
  for (;;) {
    const [port] = await freePorts(1);
    if (port !== undefined && !taken.includes(port)) return port;
  }
}

function read(file: string): Readonly<Record<string, number>> {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Record<string, number>;
  } catch {
    return {};
  }
}
