import { describe, expect, it } from "vitest";
import { Repository } from "../../../../components/gitlab/repository";
import { ArgoCdHooks } from "../../../../components/gitlab/argocd-hooks";
import type { GitLabRepository } from "../../../../model/gitlab";
import { SecretText } from "../../../../model/secret";
import { declared, named } from "../declared";
import type { Declared } from "../declared";
import { COPY, gitlabRepository } from "./gitlab-model";

function stand(changes: Partial<GitLabRepository> = {}): Promise<Declared[]> {
  const settings = { visibility: "private" as const, permanently: false };
  return declared(() => new Repository("r", { repository: gitlabRepository(changes), settings, groupId: 7 }));
}

describe("a repository", () => {
  it("lies in the group, private, and has no pipeline that nobody wrote", async () => {
    expect(named(await stand(), "r-project").inputs).toEqual({
      name: "deploy",
      path: "deploy",
      namespaceId: 7,
      visibilityLevel: "private",
      autoDevopsEnabled: false,
    });
  });

  it("has its branch protected as the model says", async () => {
    expect(named(await stand({ protection: COPY.protection }), "r-protection").inputs).toMatchObject({
      branch: "main",
      pushAccessLevel: "maintainer",
      mergeAccessLevel: "maintainer",
      allowForcePush: false,
    });
  });

  it("has the pipeline of the platform, not that of the external host, where it is a copy", async () => {
    expect(named(await stand(COPY), "r-project").inputs["ciConfigPath"]).toBe(".gitlab-ci-dso.yml");
  });

  it("has its variables, the secret ones as secrets", async () => {
    const variables = [
      { key: "A", value: "text", masked: false, protected: false, file: false },
      { key: "B", value: SecretText.known("hidden text"), masked: true, protected: true, file: false },
      { key: "C", value: SecretText.known("hidden file"), masked: false, protected: true, file: true },
    ];
    const resources = await stand({ variables });
    expect(named(resources, "r-variable-A").inputs).toMatchObject({ key: "A", value: "text", raw: true });
    expect(named(resources, "r-variable-B").inputs).toMatchObject({ value: "[secret]", masked: true, protected: true });
    expect(named(resources, "r-variable-C").inputs).toMatchObject({ value: "[secret]", variableType: "file" });
    expect(named(resources, "r-variable-C").revealed["value"]).toBe("hidden file");
    expect(JSON.stringify(named(resources, "r").inputs)).not.toContain("hidden");
  });
});

describe("the hooks to Argo CD", () => {
  it("tell of pushes and tags, with the secret", async () => {
    const resources = await declared(
      () =>
        new ArgoCdHooks("hooks", {
          webhook: { url: "https://argocd.example/api/webhook", verifyTls: false },
          secret: "shared secret",
          repositories: [{ path: "acme/shop/deploy", project: "12" }],
        }),
    );
    const hook = named(resources, "hooks-acme/shop/deploy");
    expect(hook.inputs).toEqual({
      project: "12",
      url: "https://argocd.example/api/webhook",
      token: "[secret]",
      enableSslVerification: false,
      pushEvents: true,
      tagPushEvents: true,
    });
    expect(hook.revealed["token"]).toBe("shared secret");
  });
});
