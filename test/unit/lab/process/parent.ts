/** Starts a process with the lifetime that the first argument names, prints its identity, and stays. */
import { type Lifetime, startProcess } from "../../../../lab/process";

const [lifetime, log] = process.argv.slice(2);

void startProcess(
  {
    name: "child",
    command: "/bin/sleep",
    args: ["60"],
    log: log ?? "",
    ready: () => Promise.resolve(true),
  },
  { lifetime: lifetime as Lifetime },
).then((identity) => {
  process.stdout.write(`${JSON.stringify(identity)}\n`);
  setInterval(() => undefined, 1_000);
});
