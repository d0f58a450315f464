import { copyFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readinessProbe } from "../git/http/readiness";
import { addressOf } from "../network/lab-network";
import { ensureServerCertificate } from "../network/private-ca";
import type { Part, PartAddress, PartContext } from "../parts/part";
import type { ProcessSpec, Stages } from "../process";
import { nodeProgram } from "../process/node-program";
import { ensureCiTool } from "./ci/tool";
import { gitLabFiles, gitLabFolder, gitLabHostNames } from "./files";

/** The double of GitLab: its REST API and Git over HTTP on port 80, the same by the private authority on 443. */
export const gitlab: Part = {
  name: "gitlab",
  tools: [],
  programs: ["git", "rsync"],
  prepare,
  describe,
};

async function prepare(context: PartContext): Promise<Stages> {
  const { layout, network, program } = context;
  const address = addressOf(network, "gitlab");
  const folder = gitLabFolder(layout);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const hosts = { names: gitLabHostNames, addresses: [address] };
  const { ca, cert, key } = ensureServerCertificate(layout, "gitlab", hosts);
  // Hooks go to servers of the lab too.
  copyFileSync(ca, gitLabFiles(folder).trustedCa);
  // Now, with progress, rather than at the first pipeline.
  const { path } = await ensureCiTool(context.progress);
  const args = [folder, address, urlOf(context), program("git"), cert, key];
  const node = nodeProgram(join(__dirname, "main.ts"), args);
  const server: ProcessSpec = {
    name: "gitlab",
    ...node,
    // What jobs run is found on the PATH, and the toolchain's cache below the home.
    env: { ...node.env, ...inherited("HOME", "GITOPS_FACTORY_CACHE"), PATH: path },
    log: join(layout.logs, "gitlab.log"),
    host: address,
    ports: [80, 443],
    ready: readinessProbe(address, ca),
  };
  return [[server]];
}

/**
 * The address that its answers and hooks name. By default the number, which pods and the machine itself reach alike; a
 * line in the file `url` of its folder sets another one, for those who have the names resolved.
 */
function urlOf({ layout, network }: PartContext): string {
  const { url } = gitLabFiles(gitLabFolder(layout));
  return existsSync(url) ? readFileSync(url, "utf8").trim() : `http://${addressOf(network, "gitlab")}`;
}

function inherited(...names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  );
}

function describe(context: PartContext): readonly PartAddress[] {
  const { rootToken } = gitLabFiles(gitLabFolder(context.layout));
  return [
    {
      what: `GitLab's API, a double (${gitLabHostNames[0]})`,
      address: urlOf(context),
      login: `root / the token in ${rootToken}`,
    },
  ];
}
