import { describe, expect, it } from "vitest";
import { loadPlatform } from "../../../model/load";
import { SecretText } from "../../../model/secret";
import { SHOP, workspace } from "./workspace";
import { gitlabStack, HOSTED, hosted, refusals } from "./gitlab-support";

const COPY = "    mirrorOf: { url: https://git.acme.example/shop/deploy.git, credentials: external }\n";

describe("a stack's GitLab is refused", () => {
  it.each([
    ["a URL that is none", { url: "gitlab.acme.example" }, "gitlab.url", "the value is not such a URL"],
    [
      "a group's path with the server",
      { parentGroup: { path: "https://g/x", id: 1 } },
      "gitlab.parentGroup.path",
      "the value is not the path of a group",
    ],
    [
      "a parent group without its id",
      { parentGroup: { path: "platform" } },
      "gitlab.parentGroup.id",
      "a required value is missing",
    ],
    [
      "a user with an @",
      { users: { "@alice": 42 } },
      'gitlab.users["@alice"]',
      "the value is not a user's name on GitLab",
    ],
    [
      "a schedule of four fields",
      { mirror: { schedule: "0 3 * *" } },
      "gitlab.mirror.schedule",
      "the value is not a schedule: it has 4 fields instead of 5",
    ],
    [
      "a time zone without a schedule",
      { mirror: { timeZone: "Europe/Paris" } },
      "gitlab.mirror",
      "there is a time zone, but no schedule",
    ],
    [
      "tokens that are renewed before they are made",
      { tokens: { validDays: 20 } },
      "gitlab.tokens",
      "tokens would be renewed before they are made",
    ],
    [
      "a visibility that GitLab lacks",
      { visibility: "secret" },
      "gitlab.visibility",
      "the value is not one of those known",
    ],
    [
      "a path to adopt that nothing has",
      { adopt: ["acme/shpo"] },
      "gitlab.adopt[0]",
      "nothing of this path is declared",
    ],
    ["a secret that is not there", { token: "apy" }, "gitlab.token", "the stack's config has no secret of this name"],
    [
      "a certificate that is not there",
      { certificateAuthority: "ca.pem" },
      "gitlab.certificateAuthority",
      "there is no such file; it should hold a certificate",
    ],
    [
      "something to adopt where another stack is the owner",
      { owner: false, adopt: ["**"] },
      "gitlab.adopt",
      "this stack declares no group and no repository, so that there is nothing to take over",
    ],
  ])("%s", (_, gitlab, path, message) => {
    const found = refusals({ ...gitlabStack(gitlab), ...hosted() });
    expect(found.map((problem) => [problem.file, problem.path, problem.message])).toEqual([
      ["Pulumi.dev.yaml", path, message],
    ]);
    expect(found[0]?.fix).not.toBe("");
  });

  it("a hook to an Argo CD that has no address, with both ways out", () => {
    expect(refusals({ ...gitlabStack({}, { "gitops-factory:argocd": {} }), ...hosted() })).toEqual([
      {
        file: "Pulumi.dev.yaml",
        path: "gitlab.webhook",
        message: "GitLab is to tell Argo CD of each push, but nothing says where Argo CD is",
        allowed: "gitops-factory:argocd.url, or webhook: { url: … }",
        fix: "set gitops-factory:argocd.url, or webhook: { enabled: false } to have Argo CD look by itself every few minutes",
      },
    ]);
  });

  it("a file that is no certificate", () => {
    const files = { ...gitlabStack({ certificateAuthority: "ca.pem" }), ...hosted(), "ca.pem": "DER" };
    expect(refusals(files)[0]?.message).toBe("the file is not a PEM certificate");
  });

  it("a path to adopt, with the one that was meant", () => {
    expect(refusals({ ...gitlabStack({ adopt: ["acme/shpo"] }), ...hosted() })[0]).toMatchObject({
      allowed: "acme, acme/shop, acme/shop/deploy",
      fix: 'did you mean "acme/shop"?',
    });
  });
});

describe("a project on GitLab is refused", () => {
  const shopFile = "catalog/acme/shop.yaml";

  it.each([
    [
      "a URL and a source",
      SHOP + COPY,
      "repositories[0]",
      "the repository has a URL, but a copy of an external repository is on the platform's GitLab",
    ],
    [
      "credentials without a URL",
      `${HOSTED}    credentials: external\n`,
      "repositories[0]",
      "the repository has credentials, but no URL: it would be on the platform's GitLab, which makes its own",
    ],
    [
      "a source by SSH",
      `${HOSTED}    mirrorOf: { url: git@host:shop.git }\n`,
      "repositories[0].mirrorOf.url",
      "the mirror reads external repositories by https or http, not by SSH",
    ],
    [
      "credentials of the wrong form",
      HOSTED + COPY.replace("external", "harbor"),
      "repositories[0].mirrorOf.credentials",
      "the secret has the form {value}",
    ],
    [
      "an app repository of the platform's own name",
      `${HOSTED}appRepositories: [{ name: mirror }]\n`,
      "appRepositories[0].name",
      "the name is kept for a repository of the platform",
    ],
    [
      "an app repository of GitLab's own name",
      `${HOSTED}appRepositories: [{ name: blob }]\n`,
      "appRepositories[0].name",
      "the repository's name is kept by GitLab for a page of its own",
    ],
    [
      "an app repository with a space",
      `${HOSTED}appRepositories: [{ name: my shop }]\n`,
      "appRepositories[0].name",
      "the repository's name has characters that GitLab does not take in a path",
    ],
    [
      "two repositories that differ by upper case alone",
      `${HOSTED}appRepositories: [{ name: Deploy }]\n`,
      "appRepositories[0].name",
      "repositories[0] would have the same path on GitLab",
    ],
    [
      "a user whose id nobody knows",
      `${HOSTED}gitlab: { members: { alice: owner } }\n`,
      "gitlab.members.alice",
      "the stack's config does not say which id this user has on GitLab",
    ],
    [
      "an access level that GitLab lacks",
      `${HOSTED}gitlab: { members: { alice: admin } }\n`,
      "gitlab.members.alice",
      "the value is not one of those known",
    ],
    [
      "a variable with two values",
      `${HOSTED}appRepositories: [{ name: api, variables: { A: { value: x, secret: harbor } } }]\n`,
      "appRepositories[0].variables.A",
      "the variable has two values",
    ],
    [
      "a variable's key with a hyphen",
      `${HOSTED}appRepositories: [{ name: api, variables: { A-B: x } }]\n`,
      "appRepositories[0].variables.A-B",
      "the key is not the name of a CI/CD variable",
    ],
  ])("%s", (_, text, path, message) => {
    const found = refusals({ ...gitlabStack(), [shopFile]: text });
    expect(found.map((problem) => [problem.file, problem.path, problem.message])).toEqual([[shopFile, path, message]]);
    expect(found[0]?.fix).not.toBe("");
  });

  it("a repository without a URL where there is no GitLab, only in its own environments", () => {
    expect(refusals(hosted())).toEqual([
      {
        file: shopFile,
        path: "repositories[0].url",
        message: "the repository has no URL, and this stack has no GitLab that it could be on",
        allowed: "the URL of a repository on another Git host",
        fix: "add url, or describe the platform's GitLab in gitops-factory:gitlab",
      },
    ]);
    const elsewhere = {
      [shopFile]: HOSTED.replace("[dev, staging]", "[prod]"),
      "catalog/acme/web.yaml": SHOP.replace("name: shop", "name: web"),
    };
    expect(() => loadPlatform({ root: workspace(elsewhere), stack: "dev" })).not.toThrow();
  });

  it("an organisation by a name that GitLab keeps at its top, but not below a parent group", () => {
    const files = { "catalog/acme/shop.yaml": SHOP, "catalog/api/shop.yaml": HOSTED.replace("acme", "api") };
    expect(refusals({ ...gitlabStack(), ...files })[0]).toMatchObject({
      path: "organisation",
      fix: "rename it, or set gitops-factory:gitlab.parentGroup",
    });
    expect(() => refusals({ ...gitlabStack({ parentGroup: { path: "p", id: 1 } }), ...files })).toThrow(
      "a problem was expected",
    );
  });

  it("a secret that GitLab cannot keep out of job logs, without showing it", () => {
    const root = workspace({ ...gitlabStack(), ...hosted(COPY) });
    const attempt = () => loadPlatform({ root, stack: "dev", ciphertext: () => SecretText.known("hunter2") });
    expect(attempt).toThrow("the secret has fewer than 8 characters, so that GitLab cannot keep it out of job logs");
    expect(attempt).not.toThrow(/hunter2/);
  });

  it("another project's repository on GitLab, as what is private to it", () => {
    const rival = SHOP.replace("name: shop", "name: rival").replace(
      /url: .*/,
      "url: https://gitlab.acme.example/acme/shop/deploy.git",
    );
    expect(refusals({ ...gitlabStack(), ...hosted(), "catalog/acme/rival.yaml": rival })[0]).toMatchObject({
      file: "catalog/acme/rival.yaml",
      path: "repositories[0].url",
    });
  });
});
