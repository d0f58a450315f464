import { existsSync, readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import type { CertificateFile } from "./gitlab";
import type { Path, Report } from "./report";
import { pemCertificate } from "./schema/certificates";

/** Reads a file with a certificate that the stack's config names; absent when there is none, which is reported. */
export function readCertificate(root: string, file: string, path: Path, report: Report): CertificateFile | undefined {
  const absolute = resolve(root, file);
  if (!existsSync(absolute) || !statSync(absolute).isFile()) {
    report.error(path, {
      message: "there is no such file; it should hold a certificate",
      value: file,
      allowed: "a file, by its path relative to the project's folder",
      fix: "commit the certificate there (it is no secret), or correct the path",
    });
    return undefined;
  }
  const pem = readFileSync(absolute, "utf8");
  if (pemCertificate.safeParse(pem).success) return { path: file, pem };
  report.error(path, {
    message: "the file is not a PEM certificate",
    value: file,
    allowed: "text from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----",
    fix: "convert it, such as by: openssl x509 -inform der -in FILE -out FILE.pem",
  });
  return undefined;
}
