import { type RecordFolder, stopProcess } from "../process";
import { servers } from "./servers";

/** Stops pods that the workloads no longer have: fewer shards, none at all. */
export async function stopSurplus(wanted: readonly string[], records: RecordFolder): Promise<void> {
  const names = servers.flat().map(({ name }) => name);
  const surplus = records
    .list()
    .filter(({ name }) => names.some((server) => isPodOf(server, name)) && !wanted.includes(name));
  await Promise.all(
    surplus.map(async ({ name, identity, stopGrace }) => {
      await stopProcess(identity, stopGrace);
      records.remove(name);
    }),
  );
}

function isPodOf(server: string, process: string): boolean {
  return process === server || /^-\d+$/.test(process.startsWith(server) ? process.slice(server.length) : "");
}
