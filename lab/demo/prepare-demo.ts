import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { dnsmasqHosts } from "../dns/dnsmasq";
import { gitFiles } from "../git/files";
import { changeAccess } from "../git/ssh/authorized-keys";
import { argocdCliClient, argocdClient } from "../identity/clients";
import { labUsers } from "../identity/users";
import type { Layout } from "../layout";
import { addressOf } from "../network/lab-network";
import { privateCaFile } from "../network/private-ca";
import { demoRepositories, publish } from "./repositories";
import { demoConfig } from "./stack-config";

/** What the demonstration takes from the stack's config, opened. */
export interface DemoSecrets {
  /** The account by which Argo CD reads the private repositories of the example catalogue. */
  readonly gitUser: { readonly username: string; readonly password: string };
}

/**
 * Has the lab's servers hold what the stack `dev` expects of a company: its repositories, the account that reads the
 * private ones, and their hosts' names. The parts `git`, `dnsmasq` and `identity` run.
 *
 * @param block the lab's block of addresses
 * @returns the file with the stack's config, to which what only this lab knows was added
 */
export async function prepareDemo(
  layout: Layout,
  block: string,
  config: string,
  { gitUser }: DemoSecrets,
): Promise<string> {
  const files = gitFiles(layout);
  const privatePath = "ministere/demarches";
  changeAccess(files, ({ users, rules }) => ({
    users: { ...users, [gitUser.username]: { password: gitUser.password } },
    rules: [...rules.filter(({ path }) => path !== privatePath), { path: privatePath, readers: [gitUser.username] }],
  }));
  for (const repository of demoRepositories) await publish(files, repository);
  const hosts = [...new Set(demoRepositories.map(({ host }) => host))].filter((host) => !host.endsWith(".protobox"));
  const address = addressOf({ block }, "git");
  writeFileSync(join(dnsmasqHosts(layout.parts), "demo"), hosts.map((host) => `${address} ${host}\n`).join(""));

  const folder = join(layout.parts, "demo");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, "Pulumi.dev.yaml");
  const text = demoConfig(config, {
    argocdUrl: `https://${addressOf({ block }, "argocdServer")}`,
    oidc: {
      issuer: `https://${addressOf({ block }, "identity")}`,
      clientId: argocdClient.id,
      clientSecret: argocdClient.secret,
      cliClientId: argocdCliClient.id,
      adminGroup: labUsers["alice"]?.groups[0] ?? "",
    },
    privateCa: readFileSync(privateCaFile(layout), "utf8"),
    gitHosts: hosts,
    zones: hosts.map((host) => host.slice(host.indexOf(".") + 1)),
    dnsServer: "10.0.0.53:53",
  });
  writeFileSync(file, text, { mode: 0o600 });
  return file;
}
