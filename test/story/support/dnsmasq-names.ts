import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { dnsmasqHosts } from "../../../lab/dns/dnsmasq";
import { layoutOf } from "../../../lab/layout";

/** Makes a lab's dnsmasq know a name, at once. */
export function addName(stateDir: string, name: string, address: string): void {
  writeFileSync(join(dnsmasqHosts(layoutOf(stateDir).parts), name), `${address} ${name}\n`);
}
