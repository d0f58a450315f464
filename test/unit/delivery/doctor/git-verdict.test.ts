import { describe, expect, it } from "vitest";
import type { GitHostFacts } from "../../../../delivery/doctor/git-hosts";
import { judgeGitHosts } from "../../../../delivery/doctor/git-verdict";

const base: GitHostFacts = {
  host: "git.acme.example",
  port: 443,
  tls: true,
  files: ["a.yaml", "b.yaml", "c.yaml"],
  source: { kind: "machine" },
  addresses: ["10.0.0.7"],
  deadServers: [],
  hasCertificate: false,
};

function judge(part: Partial<GitHostFacts>) {
  return judgeGitHosts([{ ...base, ...part }])[0];
}

describe("What is said of a Git server's certificate", () => {
  it("is nothing when it is well", () => {
    expect(judge({ handshake: {} })).toMatchObject({ severity: "ok" });
  });

  it("is the end of one that has expired", () => {
    const validity = { from: new Date("2025-01-01"), to: new Date("2026-01-01") };
    expect(judge({ handshake: { problem: "CERT_HAS_EXPIRED", validity } })).toMatchObject({
      severity: "error",
      message: "the certificate of git.acme.example has expired on 2026-01-01",
    });
  });

  it("is where to write the certificate of a private authority", () => {
    expect(judge({ handshake: { problem: "SELF_SIGNED_CERT_IN_CHAIN" } })).toMatchObject({
      severity: "error",
      fix: 'set gitops-factory:argocd.tlsCertificates["git.acme.example"] to the authority\'s certificate (PEM)',
    });
  });

  it("is that the one written there is another", () => {
    const problem = "UNABLE_TO_VERIFY_LEAF_SIGNATURE";
    expect(judge({ handshake: { problem }, hasCertificate: true })?.message).toBe(
      "the certificate of git.acme.example is not signed by the one in argocd.tlsCertificates",
    );
  });

  it("is that it names others", () => {
    expect(judge({ handshake: { problem: "ERR_TLS_CERT_ALTNAME_INVALID" } })).toMatchObject({ severity: "error" });
  });

  it("is the code of a handshake that fails otherwise, as a warning", () => {
    expect(judge({ handshake: { problem: "EPROTO" } })).toMatchObject({
      severity: "warning",
      message: "git.acme.example: the TLS handshake fails: EPROTO (asked from this machine)",
    });
  });
});

describe("What is said of a Git server's name", () => {
  it("names two of the files that need it", () => {
    expect(judge({ addresses: [], unresolved: "ENOTFOUND" })).toMatchObject({
      severity: "error",
      message:
        "git.acme.example (a.yaml, b.yaml, …) does not resolve, and no forward and no host alias of the stack covers it (asked from this machine)",
    });
  });

  it("is no verdict where this machine's DNS is silent", () => {
    expect(judge({ addresses: [], unresolved: "EAI_AGAIN" })).toMatchObject({ severity: "warning" });
  });
});
