import { execFileSync } from "node:child_process";
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { relative } from "node:path";
import { layoutOf } from "../../layout";
import { privateCaFile } from "../../network/private-ca";
import { gitFiles } from "../files";
import { commitsOf } from "./commits";
import { deliver } from "./deliver";
import { pushEvent } from "./push-event";
import { readWebhooks } from "./webhook";

/**
 * The hook post-receive of every repository: tells its webhooks of each ref that was pushed. git runs it in the
 * repository's folder and writes the refs to its input. Argument: the lab's state folder.
 */
async function main(): Promise<void> {
  const layout = layoutOf(process.argv[2] ?? "");
  const files = gitFiles(layout);
  const folder = process.cwd();
  const webhooks = readWebhooks(folder);
  const path = relative(files.repositories, folder).replace(/\.git$/, "");
  const defaultBranch = execFileSync("git", ["symbolic-ref", "--short", "HEAD"], { encoding: "utf8" }).trim();
  const project = { path, defaultBranch, user: process.env["REMOTE_USER"] ?? "" };
  const ca = existsSync(privateCaFile(layout)) ? readFileSync(privateCaFile(layout), "utf8") : "";
  for (const line of readFileSync(0, "utf8").trimEnd().split("\n")) {
    const [before = "", after = "", ref = ""] = line.split(" ");
    const change = { before, after, ref };
    const { event, body } = pushEvent(change, project, commitsOf(change));
    const outcomes = webhooks.map(async (webhook) => {
      const delivery = await deliver(webhook, event, body, ca);
      // The token is not told, and neither is what may be in the URL's query.
      const url = webhook.url.replace(/[?#].*/, "");
      const entry = { time: new Date().toISOString(), repository: path, event, ref, url, ...delivery };
      appendFileSync(files.webhookLog, `${JSON.stringify(entry)}\n`, { mode: 0o600 });
    });
    await Promise.all(outcomes);
  }
}

void main();
