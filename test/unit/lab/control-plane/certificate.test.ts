import { createPublicKey, verify, X509Certificate } from "node:crypto";
import { describe, expect, it } from "vitest";
import { Authority, signingKey } from "../../../../lab/control-plane/certificate";

const authority = new Authority("lab");
const ca = new X509Certificate(authority.pair.cert);

describe("a lab's certificate authority", () => {
  it("certifies itself as an authority", () => {
    expect(ca.ca).toBe(true);
    expect(ca.verify(ca.publicKey)).toBe(true);
    expect(ca.subject).toBe("CN=lab");
  });

  it("issues a client's certificate with user and group", () => {
    const pair = authority.issue({ commonName: "kubernetes-admin", organisation: "system:masters" });
    const certificate = new X509Certificate(pair.cert);
    expect(certificate.subject).toBe("O=system:masters\nCN=kubernetes-admin");
    expect(certificate.checkIssued(ca)).toBe(true);
    expect(certificate.verify(ca.publicKey)).toBe(true);
    expect(certificate.ca).toBe(false);
    expect(certificate.keyUsage).toEqual(["1.3.6.1.5.5.7.3.2"]);
    expect(certificate.checkIP("127.0.0.1")).toBeUndefined();
  });

  it("issues a server's certificate for its names and addresses only", () => {
    const hosts = { names: ["kubernetes.default.svc"], addresses: ["127.0.0.1", "10.233.0.1"] };
    const certificate = new X509Certificate(authority.issue({ commonName: "kube-apiserver", hosts }).cert);
    expect(certificate.checkHost("kubernetes.default.svc")).toBe("kubernetes.default.svc");
    expect(certificate.checkHost("other")).toBeUndefined();
    expect(certificate.checkIP("10.233.0.1")).toBe("10.233.0.1");
    expect(certificate.checkIP("10.233.0.2")).toBeUndefined();
    expect(certificate.keyUsage).toContain("1.3.6.1.5.5.7.3.1");
  });

  it("gives each certificate the key that it was made with, and a number of its own", () => {
    const [one, two] = ["a", "b"].map((commonName) => authority.issue({ commonName }));
    const first = new X509Certificate(one?.cert ?? "");
    expect(first.publicKey.equals(createPublicKey(one?.key ?? ""))).toBe(true);
    expect(first.serialNumber).not.toBe(new X509Certificate(two?.cert ?? "").serialNumber);
  });

  it("is valid from before now for ten years", () => {
    expect(Date.parse(ca.validFrom)).toBeLessThan(Date.now());
    const years = (Date.parse(ca.validTo) - Date.now()) / (365 * 24 * 3_600_000);
    expect(years).toBeGreaterThan(9.9);
    expect(years).toBeLessThan(10.1);
  });

  it("is not trusted by what another authority issued", () => {
    const other = new X509Certificate(new Authority("other").issue({ commonName: "x" }).cert);
    expect(other.verify(ca.publicKey)).toBe(false);
  });
});

describe("the key of service accounts", () => {
  it("is a pair", async () => {
    const { private: privateKey, public: publicKey } = signingKey();
    const { sign } = await import("node:crypto");
    const signature = sign("sha256", Buffer.from("token"), privateKey);
    expect(verify("sha256", Buffer.from("token"), publicKey, signature)).toBe(true);
  });
});
