import { describe, expect, it } from "vitest";
import { type Access, isPassword, judgeAccess } from "../../../../lab/git/access";
import { repositoryPath } from "../../../../lab/git/repositories";
import { authorizedKeys } from "../../../../lab/git/ssh/authorized-keys";

const access: Access = {
  users: { anna: { password: "a", keys: ["ssh-ed25519 AAAA one\n", "ssh-ed25519 BBBB"] }, "o'neil": { keys: ["k v"] } },
  rules: [
    { path: "", public: true },
    { path: "acme", readers: ["anna"] },
    { path: "acme/shop", readers: ["ben"], writers: ["anna"] },
  ],
};

describe("who may do what with a repository", () => {
  it.each([
    ["other/docs", undefined, "read", "allowed"],
    ["other/docs", undefined, "write", "log in"],
    ["other/docs", "anna", "write", "read only"],
    ["acme/tools", "anna", "read", "allowed"],
    ["acme/tools", "ben", "read", "not found"],
    ["acme/tools", undefined, "read", "log in"],
    ["acme/shop", "anna", "write", "allowed"],
    ["acme/shop", "ben", "write", "read only"],
    ["acme/shop/deep", "ben", "read", "allowed"],
    ["acme/shop2", "ben", "read", "not found"],
    ["acme2", undefined, "read", "allowed"],
  ] as const)("%s by %s to %s: %s", (path, user, need, verdict) => {
    expect(judgeAccess(access, path, user, need)).toBe(verdict);
  });

  it("hides everything where no rule says otherwise", () => {
    expect(judgeAccess({ users: {}, rules: [] }, "acme/shop", undefined, "read")).toBe("log in");
    expect(judgeAccess({ users: {}, rules: [] }, "acme/shop", "anna", "read")).toBe("not found");
  });

  it("knows a password only of who has one", () => {
    expect(isPassword(access, "anna", "a")).toBe(true);
    expect(isPassword(access, "anna", "b")).toBe(false);
    expect(isPassword(access, "o'neil", "")).toBe(false);
    expect(isPassword(access, "constructor", "")).toBe(false);
  });

  it("gives each key a session of its user and nothing else", () => {
    expect(authorizedKeys(access, '/the "lab"/session').split("\n")).toEqual([
      `restrict,command="'/the \\"lab\\"/session' 'anna'" ssh-ed25519 AAAA one`,
      `restrict,command="'/the \\"lab\\"/session' 'anna'" ssh-ed25519 BBBB`,
      `restrict,command="'/the \\"lab\\"/session' 'o'\\''neil'" k v`,
      "",
    ]);
  });
});

describe("the path of a repository", () => {
  it("is the same with slashes around it and with .git", () => {
    for (const asked of ["acme/shop", "/acme/shop.git", "acme/shop.git/"]) {
      expect(repositoryPath(asked)).toBe("acme/shop");
    }
  });

  it.each(["", "/", ".git", "../acme", "acme/..", "acme//shop", "acme/-/shop/.x", "acme.git/shop", "a b", "a%2fb"])(
    "cannot be %j",
    (asked) => {
      expect(repositoryPath(asked)).toBeUndefined();
    },
  );
});
