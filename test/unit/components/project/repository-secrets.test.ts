import { describe, expect, it } from "vitest";
import { repositoryAccesses } from "../../../../components/project/repository-secrets";
import { UserError } from "../../../../model/problem";
import type { Repository, RepositoryCredentials } from "../../../../model/project";
import { SecretText } from "../../../../model/secret";
import { project, repository } from "./projects";

function https(password: string, username = "bot"): RepositoryCredentials {
  return { kind: "https", username, password: SecretText.known(password) };
}

function at(name: string, url: string, credentials?: RepositoryCredentials): Repository {
  return repository({
    name,
    sources: [{ kind: "manifests", url, revision: "HEAD", path: ".", recurse: false }],
    ...(credentials && { credentials }),
  });
}

function accesses(...repositories: readonly Repository[]) {
  return repositoryAccesses(project({ repositories }));
}

describe("the repositories that a project has credentials for", () => {
  it("are none when its repositories are public", () => {
    expect(accesses(at("api", "https://git.example/api.git"))).toEqual([]);
  });

  it("are told apart by their URL only, whatever else changes", () => {
    const [one] = accesses(at("api", "https://git.example/api.git", https("x")));
    const [renamed] = accesses(at("other", "https://git.example/api.git", https("y")));
    const [moved] = accesses(at("api", "https://git.example/api2.git", https("x")));
    expect(one?.hash).toBe("d7f8d382");
    expect(renamed?.hash).toBe(one?.hash);
    expect(moved?.hash).not.toBe(one?.hash);
  });

  it.each([
    ["the same URL", "https://git.example/api.git"],
    ["another spelling", "https://GIT.example/api"],
  ])("count once for %s", (_, url) => {
    const found = accesses(at("api", "https://git.example/api.git", https("x")), at("web", url, https("x")));
    expect(found.map(({ repository: name }) => name)).toEqual(["api"]);
  });

  it("count twice when one is reached in two ways", () => {
    const ssh: RepositoryCredentials = { kind: "ssh", privateKey: SecretText.known("key") };
    expect(
      accesses(at("api", "https://git.example/api.git", https("x")), at("web", "git@git.example:api.git", ssh)),
    ).toHaveLength(2);
  });

  it.each([
    ["password", https("y")],
    ["user", https("x", "other")],
  ])("may not be given another %s, and the error tells no secret", (_, credentials) => {
    const url = "https://git.example/api.git";
    const given = () => accesses(at("api", url, https("x")), at("web", url, credentials));
    expect(given).toThrow(UserError);
    expect(given).toThrow(
      'error: catalog/acme/shop.yaml: repositories[1].credentials: the repository https://git.example/api.git is read with other credentials by "api"',
    );
  });

  it("are of the type helm for a chart repository only", () => {
    const chart = (extra: object): Repository =>
      repository({
        credentials: https("x"),
        sources: [
          {
            kind: "helm",
            url: "https://charts.example/stable",
            revision: "1",
            path: ".",
            releaseName: "r",
            valueFiles: [],
            parameters: {},
            ...extra,
          },
        ],
      });
    expect(accesses(chart({ chart: "redis" }))[0]?.type).toBe("helm");
    expect(accesses(chart({}))[0]?.type).toBe("git");
  });
});
