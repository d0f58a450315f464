import { describe, expect, it } from "vitest";
import { type Files, load, problemOf, shop, stack } from "./workspace";

const PLANS = "https://git.acme.example/rival/plans.git";
const SECRETS = stack('secrets:\n  gitlab: { username: bot, password: { secure: "v1:AAAA:BBBB" } }');

const repository = (...lines: string[]): string =>
  ["  - name: deploy", ...lines.map((line) => `    ${line}`), ""].join("\n");

const rival = (...lines: string[]): Files => ({
  "catalog/acme/rival.yaml": `organisation: acme\nname: rival\nenvironments: [dev]\nrepositories:\n${repository(...lines)}`,
});

const OWNER = rival(`url: ${PLANS}`, "kind: manifests", "credentials: gitlab");

describe("a repository that one project opens by credentials", () => {
  it.each([
    ["in the same words", PLANS],
    ["in another spelling", "https://GIT.acme.example/rival/plans/"],
    ["by SSH", "git@git.acme.example:rival/plans.git"],
  ])("cannot be named by another project without, %s", (_, url) => {
    const problem = problemOf({ ...SECRETS, ...OWNER, ...shop("", repository(`url: ${url}`, "kind: manifests")) });
    expect(problem).toMatchObject({
      severity: "error",
      file: "catalog/acme/shop.yaml",
      path: "repositories[0].url",
      value: url,
      message:
        "the repository is private: catalog/acme/rival.yaml opens it by credentials, and this file has none for it",
    });
  });

  it("cannot be lent to another project as a further source either", () => {
    const lines = ["url: https://git.acme.example/shop/deploy.git", "kind: manifests", "sources:"];
    const source = `  - { kind: reference, url: "${PLANS}", ref: plans }`;
    const problem = problemOf({ ...SECRETS, ...OWNER, ...shop("", repository(...lines, source)) });
    expect(problem).toMatchObject({
      file: "catalog/acme/shop.yaml",
      path: "repositories[0].sources[0].url",
      value: PLANS,
    });
  });

  it("can be named by another project that has credentials for it too, and by its own a second time", () => {
    const shared = repository(`url: ${PLANS}`, "kind: manifests", "credentials: gitlab");
    const again = `  - name: more\n    url: ${PLANS}\n    path: more\n    kind: manifests\n`;
    expect(load({ ...SECRETS, ...OWNER, ...shop("", shared + again) }).warnings).toEqual([]);
  });

  it("does not concern a repository that nobody has credentials for", () => {
    const open = [`url: ${PLANS}`, "kind: manifests"];
    expect(load({ ...rival(...open), ...shop("", repository(...open)) }).warnings).toEqual([]);
  });
});
