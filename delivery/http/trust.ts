import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { rootCertificates } from "node:tls";
import { UserError } from "../../model/problem";

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/**
 * The authorities that a server's certificate may come from: those that Node brings along, those of
 * `$NODE_EXTRA_CA_CERTS`, and those of a file. Node itself reads that variable at its start only, and forgets it for
 * connections that are given authorities.
 *
 * @param file PEM, one certificate or several
 * @param place how the user named it: `--ca-file`
 * @returns PEM; absent where there is no file, so that Node's own choice holds
 * @throws UserError when the file holds no certificate
 */
export function trustedAuthorities(
  file: string | undefined,
  place: string,
  env: NodeJS.ProcessEnv,
): readonly string[] | undefined {
  if (file === undefined) return undefined;
  const extra = env["NODE_EXTRA_CA_CERTS"];
  return [
    ...rootCertificates,
    ...(extra ? certificatesIn(extra, "NODE_EXTRA_CA_CERTS") : []),
    ...certificatesIn(file, place),
  ];
}

function certificatesIn(file: string, place: string): string[] {
  const problem = (message: string, fix: string): UserError =>
    new UserError([{ severity: "error", file: place, path: "", value: file, message, allowed: "a file of PEM", fix }]);
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw problem(`the authority's certificate cannot be read (${code})`, "correct the path");
  }
  const found = text.match(CERTIFICATE) ?? [];
  if (found.length === 0) throw problem("the file holds no certificate", "give the authority's certificate as PEM");
  try {
    for (const pem of found) new X509Certificate(pem);
  } catch {
    throw problem("a certificate in the file cannot be read", "give the authority's certificate as PEM");
  }
  return found;
}
