import { createPrivateKey, X509Certificate } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { ensureServerCertificate, privateCaFile } from "../../../../lab/network/private-ca";

const folder = mkdtempSync(join(tmpdir(), "gitops-factory-private-ca-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe("the lab's private authority", () => {
  const layout = { parts: join(folder, "parts") };
  const hosts = { names: ["git.protobox"], addresses: ["127.10.0.7"] };

  it("certifies servers one after the other, and is the same for all of them", () => {
    const git = ensureServerCertificate(layout, "git", hosts);
    const authority = readFileSync(privateCaFile(layout), "utf8");
    const identity = ensureServerCertificate(layout, "identity", { names: [], addresses: ["127.10.0.80"] });
    expect(readFileSync(privateCaFile(layout), "utf8")).toBe(authority);
    const ca = new X509Certificate(authority);
    for (const { cert, key } of [git, identity]) {
      const certificate = new X509Certificate(readFileSync(cert));
      expect(certificate.verify(ca.publicKey)).toBe(true);
      expect(certificate.checkIssued(ca)).toBe(true);
      expect(certificate.checkPrivateKey(createPrivateKey(readFileSync(key)))).toBe(true);
      expect(statSync(key).mode & 0o077).toBe(0);
    }
    const certificate = new X509Certificate(readFileSync(git.cert));
    expect(certificate.checkHost("git.protobox")).toBe("git.protobox");
    expect(certificate.checkIP("127.10.0.7")).toBe("127.10.0.7");
    expect(certificate.checkHost("git.example")).toBeUndefined();
  });

  it("does not certify a server anew", () => {
    const { cert } = ensureServerCertificate(layout, "git", hosts);
    const before = readFileSync(cert, "utf8");
    ensureServerCertificate(layout, "git", hosts);
    expect(readFileSync(cert, "utf8")).toBe(before);
  });
});
