import type { Ports } from "./control-plane";
import { freePorts, isFree, isRunning, type RecordFolder, stopGroup } from "./process";

/**
 * The ports of a lab: those that it had, as long as each is either used by the lab itself or free. If another
 * program has taken one meanwhile, all are chosen anew, after what still runs of the lab was stopped: everyone in it
 * would look for the others at their old ports.
 */
export async function choosePorts(before: Ports | undefined, records: RecordFolder): Promise<Ports> {
  if (before !== undefined) {
    if (await areUsable(Object.values(before), records)) return before;
    await stopGroup(records);
  }
  const [etcd = 0, etcdPeer = 0, apiserver = 0, controllerManager = 0, scheduler = 0, kwok = 0] = await freePorts(6);
  return { etcd, etcdPeer, apiserver, controllerManager, scheduler, kwok };
}

async function areUsable(ports: readonly number[], records: RecordFolder): Promise<boolean> {
  const running = records.list().filter((record) => isRunning(record.identity));
  const ours = running.flatMap((record) => record.ports);
  const usable = await Promise.all(ports.map(async (port) => ours.includes(port) || (await isFree(port))));
  return usable.every(Boolean);
}
