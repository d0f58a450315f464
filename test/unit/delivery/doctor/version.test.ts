import { describe, expect, it } from "vitest";
import { judgeVersion } from "../../../../delivery/doctor/version";

function judge(minor: string, argocd = "v3.2.12") {
  return judgeVersion({ major: "1", minor, gitVersion: `v1.${minor}.4` }, argocd)[0];
}

describe("The version of Kubernetes", () => {
  it.each(["31", "34", "33+"])("1.%s is one that Argo CD 3.2 is tested with", (minor) => {
    expect(judge(minor)).toMatchObject({ severity: "ok" });
  });

  it("is warned of when it is older than those that Argo CD is tested with", () => {
    expect(judge("30")).toMatchObject({
      severity: "warning",
      message: "Kubernetes v1.30.4 is older than those that Argo CD v3.2.12 is tested with: 1.31 to 1.34",
      fix: expect.stringContaining("upgrade the cluster") as string,
    });
  });

  it("is warned of when it is newer", () => {
    expect(judge("35")).toMatchObject({ severity: "warning", message: expect.stringContaining("newer") as string });
  });

  it("is judged by the Argo CD that the stack installs", () => {
    expect(judge("30", "v3.0.11")).toMatchObject({ severity: "ok" });
    expect(judge("34", "v3.0.11")).toMatchObject({ severity: "warning" });
    expect(judge("35", "v3.3.10")).toMatchObject({ severity: "ok" });
  });

  it("is only noted where it is not known what Argo CD is tested with", () => {
    expect(judge("34", "v4.0.0")).toMatchObject({ severity: "note" });
    expect(judgeVersion("hidden", "v3.2.12")).toMatchObject([{ severity: "note" }]);
  });
});
