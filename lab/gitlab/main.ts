import { readFileSync } from "node:fs";
import { startGitLab } from "./gitlab";

/** Arguments: the double's folder, the address to listen on, the one to name, git's path, the files of certificate and key. */
const [folder = "", host = "", url = "", git = "", cert = "", key = ""] = process.argv.slice(2);

async function main(): Promise<void> {
  const gitlab = await startGitLab({
    folder,
    host,
    port: 80,
    url,
    tls: { cert: readFileSync(cert, "utf8"), key: readFileSync(key, "utf8"), port: 443 },
    git,
    log: (line) => process.stdout.write(`${line}\n`),
  });
  const stop = (): void => {
    void gitlab.close().then(() => process.exit(0));
  };
  process.on("SIGTERM", stop).on("SIGINT", stop);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
});
