import { describe, expect, it } from "vitest";
import { judgeApi } from "../../../../delivery/doctor/api";
import { kubeTarget, SERVER } from "../cluster/target";

const admin = { status: 201, body: { status: { userInfo: { username: "ada" } } } };

describe("An API server", () => {
  it("that answers is told with the user that it takes us for", () => {
    expect(judgeApi(kubeTarget(), { tls: {}, identity: admin })).toEqual([
      { check: "api", severity: "ok", message: `${SERVER} answers ada` },
    ]);
  });

  it("that cannot be asked is told with the kubeconfig and its context", () => {
    const [finding, ...others] = judgeApi(kubeTarget(), {
      tls: { problem: "ECONNREFUSED" },
      identity: { failure: "" },
    });
    expect(others).toEqual([]);
    expect(finding).toEqual({
      check: "api",
      severity: "error",
      message: `ada.yaml: context blue: ${SERVER}: the connection is refused: nothing listens there`,
      fix: "start the cluster, or correct the server in the kubeconfig",
    });
  });

  it("whose certificate is not checked is warned of, though it answers", () => {
    const facts = { tls: { problem: "DEPTH_ZERO_SELF_SIGNED_CERT" }, identity: admin };
    const findings = judgeApi(kubeTarget({ insecure: true }), facts);
    expect(findings.map(({ severity }) => severity)).toEqual(["warning", "ok"]);
    expect(findings[0]?.message).toContain("insecure-skip-tls-verify");
  });
});
