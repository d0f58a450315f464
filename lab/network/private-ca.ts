import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Authority } from "../control-plane/certificate";
import type { Layout } from "../layout";

/** The files of a server's certificate, PEM, and of the authority that a client has to trust. */
export interface ServerCertificate {
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

const commonName = "gitops-factory-lab-private-ca";

/** The certificate of the company's private authority, which no machine trusts by itself: PEM. */
export function privateCaFile(layout: Pick<Layout, "parts">): string {
  return join(folderOf(layout), "ca.crt");
}

/**
 * The certificate of one of the lab's servers by the private authority; both are made where they are missing, and
 * stay the same as long as the lab exists.
 *
 * @param name names the server's files: `git`
 */
export function ensureServerCertificate(
  layout: Pick<Layout, "parts">,
  name: string,
  hosts: { readonly names: readonly string[]; readonly addresses: readonly string[] },
): ServerCertificate {
  const ca = privateCaFile(layout);
  const server = join(folderOf(layout), name);
  const files = { ca, cert: join(server, "tls.crt"), key: join(server, "tls.key") };
  if (existsSync(server)) return files;
  const pair = ensureAuthority(layout).issue({ commonName: hosts.names[0] ?? name, hosts });
  writeFolder(server, { "tls.crt": pair.cert, "tls.key": pair.key });
  return files;
}

function ensureAuthority(layout: Pick<Layout, "parts">): Authority {
  const folder = folderOf(layout);
  const keyFile = join(folder, "ca.key");
  if (existsSync(keyFile)) return new Authority(commonName, readFileSync(keyFile, "utf8"));
  const authority = new Authority(commonName);
  writeFolder(folder, { "ca.crt": authority.pair.cert, "ca.key": authority.pair.key });
  return authority;
}

/** A whole folder or none: what was cut off is begun anew. */
function writeFolder(folder: string, files: Readonly<Record<string, string>>): void {
  const draft = `${folder}.new`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true, mode: 0o700 });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(draft, name), text, { mode: 0o600 });
  renameSync(draft, folder);
}

function folderOf({ parts }: Pick<Layout, "parts">): string {
  return join(parts, "private-ca");
}
