import { describe, expect, it } from "vitest";
import { gatherCredentials, judgeCredentials } from "../../../../delivery/doctor/expiring-credentials";
import type { GitLab } from "../../../../model/gitlab";
import { tokenWindow } from "../../../../model/token-window";
import { argocdSettings } from "../../components/argocd/settings";
import { fakeApi } from "./fake-api";

const PATH = "/api/v1/namespaces/argocd/secrets?labelSelector=argocd.argoproj.io%2Fsecret-type%3Drepository";
const LIFETIME = { validDays: 365, rotateBeforeDays: 30 };

function secret(end?: string) {
  const annotations = end === undefined ? {} : { "gitops-factory/credentials-expire-at": end };
  return { metadata: { name: "acme-shop-repo", annotations } };
}

function judge(end: string | undefined, day: string) {
  const now = new Date(`${day}T12:00:00Z`);
  const { renewFrom } = tokenWindow(now, LIFETIME);
  return judgeCredentials([secret(end)], { stack: "prod", now, renewFrom });
}

describe("Argo CD's tokens on GitLab", () => {
  it("are well until an update would make the next one", () => {
    expect(judge("2027-11-13", "2027-10-13")).toEqual([]);
    expect(judge(undefined, "2027-10-20")).toEqual([]);
  });

  it("are warned of in their last days, when no update has renewed them", () => {
    expect(judge("2027-11-13", "2027-10-20")).toEqual([
      {
        check: "argocd",
        severity: "warning",
        message: "Argo CD's token in the Secret acme-shop-repo expires on 2027-11-13, in 24 days",
        fix: "run pulumi up on the stack prod, which makes the next one",
      },
    ]);
    expect(judge("2027-11-13", "2027-11-12")[0]?.message).toContain("in 1 day");
  });

  it("are an error once they have ended", () => {
    expect(judge("2027-11-13", "2027-11-13")).toMatchObject([{ severity: "error" }]);
  });

  it("are looked for where the platform has a GitLab, and not judged where they may not be seen", async () => {
    const [gitlab, argocd] = [{} as GitLab, argocdSettings()];
    const api = fakeApi({ [PATH]: { items: [secret("2027-11-13")] } });
    expect(await gatherCredentials({ gitlab, argocd }, api)).toHaveLength(1);
    expect(await gatherCredentials({ argocd }, api)).toEqual([]);
    expect(await gatherCredentials({ gitlab, argocd }, fakeApi({ [PATH]: 403 }))).toEqual([]);
  });
});
