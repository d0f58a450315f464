/** Brings a lab up in the folder that the argument names, with every part that needs no Argo CD, and stays. */
import { createLab } from "../../../lab/lab";
import { startParts } from "../../../lab/parts/start-parts";

const [stateDir = ""] = process.argv.slice(2);

async function main(): Promise<void> {
  await createLab({ stateDir });
  await startParts({ stateDir, parts: ["dns", "dnsmasq", "consul", "git", "identity"] });
  process.stdout.write("ready\n");
  setInterval(() => undefined, 1_000);
}

void main();
