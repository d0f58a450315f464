import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { Project } from "../../../../components/project/project";
import type { DeployToken } from "../../../../components/project/repository-credentials";
import { declared } from "../declared";
import type { Declared } from "../declared";
import { project, repository } from "./projects";

const TOKEN: DeployToken = {
  username: "gitlab+deploy-token-1",
  password: pulumi.secret("gldt-secret"),
  expiresAt: "2027-11-13",
};

async function secretOf(deployToken: DeployToken): Promise<Declared | undefined> {
  const hosted = project({ repositories: [repository({ credentials: { kind: "deployToken" } })] });
  const deletion = { protect: false, workloads: "foreground" as const };
  const resources = await declared(
    () => new Project("shop", { project: hosted, argocdNamespace: "argocd", deletion, deployToken }),
  );
  return resources.find(({ type }) => type === "kubernetes:core/v1:Secret");
}

describe("a repository on the platform's GitLab", () => {
  it("is opened by the group's deploy token, for its project alone", async () => {
    const data = (await secretOf(TOKEN))?.revealed["data"] as Record<string, string>;
    const texts = Object.fromEntries(
      Object.entries(data).map(([key, text]) => [key, Buffer.from(text, "base64").toString("utf8")]),
    );
    expect(texts).toEqual({
      type: "git",
      url: "https://git.example/shop/deploy.git",
      project: "acme-shop-dev-6293",
      username: "gitlab+deploy-token-1",
      password: "gldt-secret",
    });
  });

  it("says until when, and nothing of the token itself", async () => {
    const secret = await secretOf(TOKEN);
    expect(secret?.inputs["metadata"]).toMatchObject({
      annotations: { "gitops-factory/credentials-expire-at": "2027-11-13" },
    });
    expect(secret?.inputs["data"]).toBe("[secret]");
  });
});
