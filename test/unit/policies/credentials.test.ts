import { describe, expect, it } from "vitest";
import { credentialIn, credentialsInText, credentialsInTree } from "../../../policies/credentials";

describe("a credential is known", () => {
  it.each([
    ["password", "correct-horse", "a password"],
    ["auth.rootPassword", "correct-horse", "a password"],
    ["DB_PASSWD", "correct-horse", "a password"],
    ["api-token", "correct-horse", "a token"],
    ["clientSecret", "correct-horse", "a client secret"],
    ["service.apiKey", "correct-horse", "a key of an API"],
    ["sshPrivateKey", "correct-horse", "a private key"],
    ["ssh_private_key", "correct-horse", "a private key"],
    ["client_secret", "correct-horse", "a client secret"],
    ["api_key", "correct-horse", "a key of an API"],
    ["bindPW", "correct-horse", "a password"],
    ["DB_PWD", "correct-horse", "a password"],
    ["key.passphrase", "correct-horse", "a password"],
    ["AWS_SECRET_ACCESS_KEY", "correct-horse", "a secret key"],
    ["secretAccessKey", "correct-horse", "a secret key"],
    ["my_client_api_key", "correct-horse", "a key of an API"],
    ["password", "$Tr0ng!pass", "a password"],
    ["password", "<3 horses", "a password"],
    ["password", "  correct horse", "a password"],
  ])("by the key %s", (key, text, what) => {
    expect(credentialIn(key, text)).toBe(what);
  });

  it.each([
    ["-----BEGIN RSA PRIVATE KEY-----", "a private key"],
    ["-----BEGIN PRIVATE KEY-----", "a private key"],
    ["-----BEGIN OPENSSH PRIVATE KEY-----", "a private key"],
    ...["glpat", "gldt", "gloas", "glrt", "glptt"].map((kind) => [`${kind}-${"x".repeat(20)}`, "a token of GitLab"]),
    [["eyJhbGciOiJIUzI1", "eyJzdWIiOiIxMjM0", "c2lnbmF0dXJl"].join("."), "a JSON web token"],
    [`ghp_${"x".repeat(36)}`, "a token of GitHub"],
    [`AKIA${"X".repeat(16)}`, "an access key of AWS"],
    ["postgres://shop:correct-horse@db/shop", "a password in a URL"],
    ["REDIS://:c@cache", "a password in a URL"],
  ])("by its text alone: %s", (text, what) => {
    expect(credentialIn("extra", text)).toBe(what);
  });

  it("wherever it is in a tree, once for each place", () => {
    const tree = { db: [{ password: "one" }, { password: "two" }], replicas: 2, nothing: null };
    expect(credentialsInTree(tree, "")).toEqual(["a password", "a password"]);
  });
});

describe("no credential is", () => {
  it.each([
    ["passwordSecretName", "shop-db"],
    ["existingSecretPasswordKey", "password"],
    ["clientSecret", "$oidc.clientSecret"],
    ["password", "<path:secret/data/shop#password>"],
    ["token", "{{ .Values.token }}"],
    ["token", "${TOKEN}"],
    ["token", "$(TOKEN)"],
    ["clientSecret", "$argocd-oidc:client.secret"],
    ["token", "ref+vault://secret/shop#token"],
    ["token", "vault:secret/shop#token"],
    ["password", " $db.password "],
    ["password", "FALSE"],
    ["password", "null"],
    ["token", "12"],
    ["password", "  "],
    ["link", "https://bot:$PASSWORD@git.example"],
    ["generatePassword", "true"],
    ["password", ""],
    ["link", "https://git.example/shop.git"],
    ["link", "ssh://git@git.example:2222/shop.git"],
    ["image", "registry.example:5000/shop@sha256:00"],
  ])("%s: %s", (key, text) => {
    expect(credentialIn(key, text)).toBeUndefined();
  });

  it("a text that is no YAML, or holds aliases of aliases", () => {
    expect(credentialsInText("p, role:a, *, *, *, allow\n- x: [")).toEqual([]);
    const lines = Array.from(
      { length: 30 },
      (_, index) => `a${String(index + 1)}: &a${String(index + 1)} [*a${String(index)}, *a${String(index)}]`,
    );
    expect(credentialsInText(["a0: &a0 [x]", ...lines].join("\n"))).toEqual([]);
  });
});
