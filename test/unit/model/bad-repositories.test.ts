import { describe, expect, it } from "vitest";
import { load, problemOf, shop, shopRepository, stack } from "./workspace";

/** The shop's repository at another URL, with further lines. */
function at(url: string, ...lines: string[]): Record<string, string> {
  return shop(
    "",
    ["  - name: deploy", `    url: ${url}`, "    kind: kustomize", ...lines.map((line) => `    ${line}`), ""].join(
      "\n",
    ),
  );
}

const SECRETS = stack(`secrets:
  gitlab: { username: bot, password: { secure: "v1:AAAA:BBBB" } }
  deploy-key: { privateKey: { secure: "v1:AAAA:BBBB" } }
  token: { value: { secure: "v1:AAAA:BBBB" } }`);

describe("a repository's URL", () => {
  it.each([
    ["https://git.acme.example/shop/deploy.git"],
    ["https://git.acme.example:8443/shop/deploy"],
    ["http://git.protobox/gitlab/protobox1/docserver.git"],
    ["ssh://git@git.acme.example/shop/deploy.git"],
    ["ssh://git@git.acme.example:2222/shop/deploy.git"],
    ["git@git.acme.example:shop/deploy.git"],
  ])("is taken as %s, as it is written", (url) => {
    const { platform, warnings } = load(at(url));
    expect(platform.projects[0]?.repositories[0]?.sources[0].url).toBe(url);
    expect(warnings).toEqual([]);
  });

  it.each([
    ["https://bot:hunter2@git.acme.example/shop/deploy.git", "https://(not shown)@git.acme.example/shop/deploy.git"],
    ["https://hunter2@git.acme.example/shop/deploy.git", "https://(not shown)@git.acme.example/shop/deploy.git"],
    ["https://:hunter2@git.acme.example/shop/deploy.git", "https://(not shown)@git.acme.example/shop/deploy.git"],
    ["ssh://git:hunter2@git.acme.example/shop/deploy.git", "ssh://(not shown)@git.acme.example/shop/deploy.git"],
    ["https://a@b:hunter2@git.acme.example/shop/deploy.git", "https://(not shown)@git.acme.example/shop/deploy.git"],
  ])("is refused with a password or a user in it: %s", (url, shown) => {
    const problem = problemOf(at(url));
    expect(problem).toMatchObject({ path: "repositories[0].url", value: shown });
    expect(problem.message).toContain("holds a user or a password");
    expect(JSON.stringify(problem)).not.toContain("hunter2");
  });

  it.each([
    ["https://git.acme.example/shop/deploy.git?private_token=hunter2"],
    ["https://git.acme.example/shop/deploy.git#hunter2"],
    ["https//bot:hunter2@git.acme.example/shop.git"],
    ["bot:hunter2@git.acme.example/shop.git"],
  ])("is refused without repeating what may be a secret: %s", (url) => {
    const problem = problemOf(at(JSON.stringify(url)));
    expect(problem.path).toBe("repositories[0].url");
    expect(JSON.stringify(problem)).not.toContain("hunter2");
  });

  it.each([
    ["ftp://git.acme.example/shop/deploy.git", "Argo CD is not given repositories by ftp"],
    ["file:///srv/git/deploy.git", "Argo CD is not given repositories by file"],
    ["https://git_acme..example/shop/deploy.git", "the URL's host is not a name"],
    ["https://git.acme.example", "the URL names a server, but no repository on it"],
    ["git.acme.example/shop/deploy.git", "the value is not the URL of a repository"],
  ])("is refused as %s", (url, message) => {
    expect(problemOf(at(url))).toMatchObject({ path: "repositories[0].url", message });
  });

  it.each(["http://192.168.1.7/gitlab/protobox1/docserver.git", "ssh://git@[fd00::7]/docserver.git"])(
    "with an IP address is warned of, with the way to a name: %s",
    (url) => {
      expect(load(at(url)).warnings).toMatchObject([
        {
          severity: "warning",
          path: "repositories[0].url",
          message: expect.stringContaining("the repository's host is an IP address") as string,
          fix: expect.stringContaining("gitops-factory:dns.forwards") as string,
        },
      ]);
    },
  );

  it("by http with credentials is warned of", () => {
    const { warnings } = load({ ...SECRETS, ...at("http://git.protobox/a.git", "credentials: gitlab") });
    expect(warnings).toMatchObject([{ message: "the credentials go over the network unencrypted" }]);
  });
});

describe("a repository's credentials", () => {
  it("are found by the secret's name", () => {
    const { platform } = load({ ...SECRETS, ...at("git@git.acme.example:a.git", "credentials: deploy-key") });
    expect(platform.projects[0]?.repositories[0]?.credentials).toMatchObject({ kind: "ssh" });
  });

  it("are refused when the stack has no such secret, listing those it has", () => {
    const problem = problemOf({ ...SECRETS, ...shopRepository("credentials: gitlap") });
    expect(problem).toMatchObject({
      path: "repositories[0].credentials",
      message: "the stack's config has no secret of this name",
      allowed: "deploy-key, gitlab, token",
      fix: 'did you mean "gitlab"?',
    });
    expect(problem.value).toBeUndefined();
  });

  it("are not repeated when someone wrote the password itself", () => {
    const problem = problemOf({ ...SECRETS, ...shopRepository("credentials: { password: hunter2 }") });
    expect(JSON.stringify(problem)).not.toContain("hunter2");
  });

  it.each(["glpat-hunter2hunter2", "Glpat_hunter2"])("are not repeated when someone wrote the token %s", (token) => {
    const problem = problemOf({ ...SECRETS, ...shopRepository(`credentials: ${token}`) });
    expect(JSON.stringify(problem)).not.toContain("hunter2");
  });

  it.each([
    [
      "git@git.acme.example:a.git",
      "gitlab",
      "the secret has the form {username and password}, but the repository is reached by SSH",
    ],
    [
      "https://git.acme.example/a.git",
      "deploy-key",
      "the secret has the form {privateKey}, but the repository is reached by https",
    ],
    [
      "https://git.acme.example/a.git",
      "token",
      "the secret has the form {value}, but the repository is reached by https",
    ],
  ])("are refused when %s is given %s", (url, secret, message) => {
    expect(problemOf({ ...SECRETS, ...at(url, `credentials: ${secret}`) })).toMatchObject({
      path: "repositories[0].credentials",
      message,
    });
  });
});

describe("a repository's paths", () => {
  it.each(["../other", "/etc", "a/../../b", '""'])("are refused when they leave the repository: %s", (path) => {
    expect(problemOf(shopRepository(`path: ${path}`))).toMatchObject({
      path: "repositories[0].path",
      message: "the path leaves the repository",
    });
  });

  const helm = (...lines: string[]) =>
    shop("", ["  - name: deploy", "    kind: helm", ...lines.map((line) => `    ${line}`), ""].join("\n"));
  const git = "url: https://git.acme.example/a.git";

  it("may go up from the chart's folder, but not out of the repository", () => {
    expect(load(helm(git, "path: charts/shop", "valueFiles: [../../values.yaml]")).warnings).toEqual([]);
    expect(problemOf(helm(git, "path: charts/shop", "valueFiles: [a.yaml, ../../../values.yaml]"))).toMatchObject({
      path: "repositories[0].valueFiles[1]",
      message: "the value file lies outside the repository",
    });
  });

  it("may lie in a repository that a reference source lends, when there is one", () => {
    const reference = "sources: [{ kind: reference, url: https://git.acme.example/values.git, ref: values }]";
    expect(
      load(helm(git, reference, "valueFiles: [$values/shop-<env>.yaml]")).platform.projects[0]?.repositories[0]
        ?.sources,
    ).toMatchObject([
      { kind: "helm", valueFiles: ["$values/shop-dev.yaml"] },
      { kind: "reference", ref: "values", revision: "HEAD" },
    ]);
    expect(problemOf(helm(git, reference, "valueFiles: [$value/shop.yaml]"))).toMatchObject({
      path: "repositories[0].valueFiles[0]",
      allowed: "$values/…",
    });
  });

  it.each([
    [["chart: redis"], "a chart of a chart repository needs a version"],
    [["chart: redis", "revision: 1.2.3", "path: a"], "a chart of a chart repository has no path"],
  ])("of a chart are checked: %s", (lines, message) => {
    expect(problemOf(helm("url: https://charts.example", ...lines))).toMatchObject({
      path: "repositories[0]",
      message,
    });
  });

  it("of a chart in a chart repository may be the server's root", () => {
    expect(
      load(helm("url: https://charts.example", "chart: redis", "revision: 1.2.3")).platform.projects[0]?.repositories[0]
        ?.sources[0],
    ).toMatchObject({
      url: "https://charts.example",
      chart: "redis",
      revision: "1.2.3",
    });
  });
});

describe("a repository's other keys are refused", () => {
  it.each([
    ["syncOptions: [CreateNamespace]", "syncOptions[0]"],
    ["revision: feature branch", "revision"],
    ["images: [nginx]", "images[0]"],
    ["retryLimit: -1", "retryLimit"],
    ["retryLimit: 1.5", "retryLimit"],
    [
      "ignoreDifferences: [{ kind: Deployment, jsonPointers: [spec/replicas] }]",
      "ignoreDifferences[0].jsonPointers[0]",
    ],
    ["ignoreDifferences: [{ kind: Deployment, jsonPointers: [] }]", "ignoreDifferences[0].jsonPointers"],
    ["sources: [{ kind: helm }]", "sources[0].url"],
  ])("as %s", (line, path) => {
    expect(problemOf(shopRepository(line)).path).toBe(`repositories[0].${path}`);
  });
});

it("a password in a URL is not repeated from a place where no URL is wanted", () => {
  const problem = problemOf(shop("", "  - https://bot:hunter2@git.acme.example/shop.git\n"));
  expect(problem).toMatchObject({ path: "repositories[0]", message: "the value has the wrong type" });
  expect(JSON.stringify(problem)).not.toContain("hunter2");
});
