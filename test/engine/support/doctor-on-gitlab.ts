import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { JsonReport } from "../../../delivery/doctor/report";
import type { GitLabFactory } from "./gitlab-factory";

const command = join(__dirname, "..", "..", "..", "bin", "factory.js");

/** What `factory doctor` finds on GitLab, without a cluster: `warning: GitLab has acme already …`. */
export async function doctorOnGitLab({ program }: GitLabFactory, token?: string): Promise<string[]> {
  const child = spawn(process.execPath, [command, "doctor", "--root", program.dir, "--stack", "dev", "--json"], {
    env: {
      HOME: program.dir,
      PATH: "/usr/bin:/bin",
      KUBECONFIG: "/dev/null",
      ...(token !== undefined && { GITLAB_TOKEN: token }),
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let stdout = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  await once(child, "close");
  if (token !== undefined && stdout.includes(token)) throw new Error("factory doctor prints GITLAB_TOKEN");
  const { findings } = JSON.parse(stdout) as JsonReport;
  return findings.filter(({ check }) => check === "gitlab").map(({ severity, message }) => `${severity}: ${message}`);
}
