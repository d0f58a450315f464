import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { shellQuote, writeNodeLauncher } from "../../process/node-program";
import type { GitFiles } from "../files";
import { webhooksFile } from "./webhook";

/** Makes every repository tell its webhooks of pushes. */
export function installHook({ hooks, webhookLog }: GitFiles, stateDir: string): void {
  const tell = join(hooks, "tell-webhooks");
  writeNodeLauncher(tell, join(__dirname, "post-receive.ts"), [stateDir]);
  mkdirSync(hooks, { recursive: true });
  const hook = join(hooks, "post-receive");
  // Most repositories have no webhooks: their pushes need not wait for the start of a program. Its errors are for the
  // server's log, not for the client.
  const lines = [
    "#!/bin/sh",
    `[ -f ${webhooksFile} ] || exit 0`,
    `exec ${shellQuote(tell)} >>${shellQuote(webhookLog)} 2>&1`,
    "",
  ];
  writeFileSync(hook, lines.join("\n"));
  chmodSync(hook, 0o755);
}
