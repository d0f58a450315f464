import { describe, expect, it } from "vitest";
import { closedFinding, isReachable, judgeApi, type ApiFacts } from "../../../../delivery/doctor/api";

const server = "https://10.0.0.1:6443";

function facts(part: Partial<ApiFacts>): ApiFacts {
  return { server, insecure: false, identity: { failure: "EOF" }, ...part };
}

const admin = { status: 201, body: { status: { userInfo: { username: "ada" } } } };
const proxyError = { status: 500, body: "dial tcp: i/o timeout\n" };

describe("An API server", () => {
  it("that answers is told with the user that it takes us for", () => {
    expect(judgeApi(facts({ tls: {}, identity: admin }))).toEqual([
      { check: "api", severity: "ok", message: `${server} answers ada` },
    ]);
  });

  it("that is older than the question who we are can be looked at all the same", () => {
    expect(isReachable(facts({ identity: { status: 404, body: {} } }))).toBe(true);
  });

  it.each([
    ["ECONNREFUSED", "the connection is refused"],
    ["ETIMEDOUT", "it does not answer"],
    ["ENOTFOUND", "its name does not resolve"],
    ["SELF_SIGNED_CERT_IN_CHAIN", "signed by an authority that the kubeconfig does not know"],
    ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "signed by an authority that the kubeconfig does not know"],
    ["CERT_HAS_EXPIRED", "its certificate has expired"],
    ["ERR_TLS_CERT_ALTNAME_INVALID", "its certificate is for other names"],
  ])("with the connection's problem %s gets its own words and fix", (problem, words) => {
    const [finding, ...others] = judgeApi(facts({ tls: { problem }, identity: proxyError }));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ check: "api", severity: "error", fix: expect.stringMatching(/./) as string });
    expect(finding?.message).toContain(words);
  });

  it("that does not know us is no matter of the connection", () => {
    const [finding] = judgeApi(facts({ tls: {}, identity: { status: 401, body: { message: "Unauthorized" } } }));
    expect(finding?.message).toContain("does not know you (401)");
    expect(isReachable(facts({ identity: { status: 401, body: {} } }))).toBe(false);
  });

  it("behind a credential plugin that fails is told by the plugin", () => {
    const body = "getting credentials: exec: executable aws not found\n\nIt looks like …";
    const [finding] = judgeApi(facts({ tls: {}, identity: { status: 500, body } }));
    expect(finding?.message).toBe("the kubeconfig's credential plugin fails: exec: executable aws not found");
  });

  it("that fails in a way not known here is told in kubectl's words", () => {
    const [finding] = judgeApi(facts({ identity: proxyError }));
    expect(finding?.message).toBe(`${server} cannot be asked: dial tcp: i/o timeout`);
  });

  it("whose certificate is not checked is warned of, though it answers", () => {
    const findings = judgeApi(
      facts({ insecure: true, tls: { problem: "DEPTH_ZERO_SELF_SIGNED_CERT" }, identity: admin }),
    );
    expect(findings.map(({ severity }) => severity)).toEqual(["warning", "ok"]);
    expect(findings[0]?.message).toContain("insecure-skip-tls-verify");
  });

  it("that kubectl was not asked for has its reason", () => {
    const target = { args: [], server, insecure: false, proxied: false, hasCredentials: false };
    expect(closedFinding(target).message).toBe(`the kubeconfig gives no credentials for ${server}`);
    expect(closedFinding(target, "EOF").message).toBe(`kubectl cannot reach ${server}: EOF`);
  });
});
