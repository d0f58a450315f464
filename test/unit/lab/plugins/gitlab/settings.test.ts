import { describe, expect, it } from "vitest";
import { readSettings } from "../../../../../lab/plugins/gitlab/settings";
import { Secret } from "../../../../../lab/plugins/rpc";

const token = new Secret("glpat-x");

describe("the gitlab provider's settings", () => {
  it("are gitlab.com, the token as a bearer, five retries and an early check, unless said otherwise", () => {
    expect(readSettings({ token }, {})).toEqual({
      host: "https://gitlab.com",
      authorization: { authorization: "Bearer glpat-x" },
      headers: {},
      tls: { insecure: false },
      retries: 5,
      earlyAuthCheck: true,
    });
  });

  it.each(["https://git.example/api/v4/", "https://git.example/api/v4", "https://git.example/"])(
    "take %s for the same GitLab",
    (baseUrl) => {
      expect(readSettings({ token, baseUrl }, {}).host).toBe("https://git.example");
    },
  );

  it("come from the environment where they are not given", () => {
    const env = {
      GITLAB_TOKEN: "glpat-env",
      GITLAB_BASE_URL: "https://env.example/api/v4/",
      GITLAB_EARLY_AUTH_CHECK: "false",
    };
    expect(readSettings({}, env)).toMatchObject({
      host: "https://env.example",
      authorization: { authorization: "Bearer glpat-env" },
      earlyAuthCheck: false,
    });
    const given = { token, baseUrl: "https://given.example", earlyAuthCheck: "true" };
    expect(readSettings(given, env)).toMatchObject({
      host: "https://given.example",
      authorization: { authorization: "Bearer glpat-x" },
      earlyAuthCheck: true,
    });
  });

  it("are a CI job's own where that is asked for, and no token is given", () => {
    const env = { GITLAB_CI: "true", CI_API_V4_URL: "https://ci.example/api/v4", CI_JOB_TOKEN: "glcbt-x" };
    expect(readSettings({ enableAutoCiSupport: "true" }, env)).toMatchObject({
      host: "https://ci.example",
      authorization: { "job-token": "glcbt-x" },
    });
    expect(() => readSettings({}, env)).toThrow(/no GitLab token is configured.*gitlab:token.*GITLAB_TOKEN/);
  });

  it("name the file that cannot be read", () => {
    expect(() => readSettings({ token, cacertFile: "/nowhere/ca.pem" }, {})).toThrow(
      /cacertFile cannot be read: .*\/nowhere\/ca.pem/,
    );
  });

  it("do not come from glab's configuration", () => {
    expect(() => readSettings({ configFile: "/glab.yml" }, {})).toThrow(/double .* reads no glab configuration/);
  });
});
