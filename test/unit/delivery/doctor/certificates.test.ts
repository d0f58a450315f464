import { describe, expect, it } from "vitest";
import { gatherCertificates, judgeCertificates } from "../../../../delivery/doctor/certificates";
import { Authority } from "../../../../lab/control-plane/certificate";
import { kubeTarget } from "../cluster/target";

const now = new Date("2026-11-21T10:00:00Z");

function judge(from: string, to: string) {
  const validity = { from: new Date(from), to: new Date(to) };
  return judgeCertificates([{ whose: "your client certificate", validity, renew: "fetch it anew" }], now)[0];
}

describe("A certificate", () => {
  it("is well until two weeks before its end", () => {
    expect(judge("2026-01-01", "2026-12-06")).toMatchObject({
      severity: "ok",
      message: "your client certificate is valid until 2026-12-06",
    });
  });

  it("is warned of in its last two weeks", () => {
    expect(judge("2026-01-01", "2026-12-01")).toMatchObject({
      severity: "warning",
      message: "your client certificate expires on 2026-12-01, in 9 days",
      fix: "fetch it anew",
    });
  });

  it("that lives for a day is renewed by what made it", () => {
    expect(judge("2026-11-21", "2026-11-22")).toMatchObject({ severity: "ok" });
  });

  it("that has expired is an error", () => {
    expect(judge("2025-01-01", "2026-11-20")).toMatchObject({
      severity: "error",
      message: "your client certificate has expired on 2026-11-20",
    });
  });

  it("that is not valid yet is an error of the clock", () => {
    expect(judge("2026-11-22", "2027-11-20")).toMatchObject({ severity: "error", fix: "set this machine's clock" });
  });

  it("of the client is read from the kubeconfig, and one that is none is left to kubectl", () => {
    const { cert } = new Authority("test").issue({ commonName: "ada" });
    const [client] = gatherCertificates(kubeTarget({ clientCertificate: cert }), undefined);
    expect(client?.whose).toBe("your client certificate");
    expect(client?.validity.to.getTime()).toBeGreaterThan(Date.now());
    expect(gatherCertificates(kubeTarget({ clientCertificate: "none" }), undefined)).toEqual([]);
  });
});
