import { describe, expect, it } from "vitest";
import { showable } from "../../../../delivery/review/shown";
import { everything } from "./support/everything";
import { applicationChange, objectChange, source } from "./support/shop";

const WORD = 'correct "horse" + battery/staple?';
const base64 = (text: string) => Buffer.from(text).toString("base64");
const secret = objectChange("kubernetes:core/v1:Secret", "repo");
const config = objectChange("kubernetes:core/v1:ConfigMap", "settings");
const deployment = objectChange("kubernetes:apps/v1:Deployment", "web");

/** What a review has, when a message of the program carries this text beside a Secret that holds the word. */
const told = (message: string) =>
  everything([secret(undefined, { stringData: { password: WORD } })], { said: [{ severity: "warning", message }] });

describe("A secret that is known is hidden in each of its spellings", () => {
  it.each([
    ["as it is", WORD],
    ["in an URL", encodeURIComponent(WORD)],
    ["within JSON", JSON.stringify(WORD).slice(1, -1)],
    ["in Base64", base64(WORD)],
    ["in Base64 for URLs", Buffer.from(WORD).toString("base64url")],
  ])("%s", (_, spelling) => {
    expect(told(`cannot use ${spelling}, it says`)).not.toContain(spelling);
    expect(told(`cannot use ${spelling}, it says`)).toContain("it says");
  });

  it.each(["", "u", "us", "bot:"])("in Base64 behind %j, whatever follows", (before) => {
    const spelling = base64(`${before}${WORD}:and more`);
    // What the word alone decides; what stands at its edges is of its neighbours as well.
    const inner = spelling.slice(
      Math.ceil((before.length * 8) / 6),
      Math.floor(((before.length + WORD.length) * 8) / 6),
    );
    expect(told(`cannot use ${spelling}`)).not.toContain(inner);
  });

  it.each([
    ["a registry's log-in", { auths: { "harbor.example": { username: "bot", password: "battery-staple" } } }],
    ["a cluster's", { bearerToken: "battery-staple", tlsClientConfig: { insecure: false } }],
  ])("and also one of several that a Secret holds as JSON: %s", (_, content) => {
    const data = { config: base64(JSON.stringify(content)) };
    const all = everything([
      secret(undefined, { data }),
      applicationChange(source({ targetRevision: "v1" }), source({ targetRevision: "battery-staple" })),
    ]);
    expect(all).not.toContain("battery-staple");
    expect(all).toContain("revision of deploy v1 → [secret]");
  });

  it("although characters that nobody sees stand in it", () => {
    expect(told(`cannot use ${[...WORD].join("\u00ad")}`)).not.toMatch(/c\u00ado|correct/);
  });
});

const named = (name: string, value: string) => [{ name: "web", env: [{ name, value }] }];
const withEnv = (name: string, value: string) => ({ spec: { containers: named(name, value) } });

describe("A value is hidden by what is said of it", () => {
  it.each([
    ["the name beside it", deployment(withEnv("DB_PASSWORD", "old1"), withEnv("DB_PASSWORD", "hunter2"))],
    ["the name beside it, of something new", deployment(withEnv("A", "b"), withEnv("DB_PASSWORD", "hunter2"))],
    ["the key above it", config({ password: { value: "old1" } }, { password: { value: "hunter2" } })],
    ["the key of the list that it is in", config({ tokens: [] }, { tokens: ["hunter2"] })],
    ["a key with dots", config({ data: {} }, { data: { "db.password.txt": "hunter2" } })],
    ["that GitLab shall mask it", config({ masked: true, value: "" }, { masked: true, value: "hunter2" })],
    [
      "that kubectl keeps objects there",
      secret(
        { metadata: {} },
        {
          metadata: { annotations: { "kubectl.kubernetes.io/last-applied-configuration": '{"data":{"a":"hunter2"}}' } },
        },
      ),
    ],
  ])("%s", (_, change) => {
    expect(everything([change])).not.toContain("hunter2");
  });

  it.each([
    ["tells where a secret is", config({ data: {} }, { data: { secretName: "repo-creds" } }), "repo-creds"],
    ["is a switch", config({ spec: {} }, { spec: { automountServiceAccountToken: false } }), "false"],
    ["is what a key is called", config({ spec: {} }, { spec: { signatureKeys: [{ keyID: "4AEE18F8" }] } }), "4AEE18F8"],
    ["is named after nothing secret", deployment(withEnv("MODE", "a"), withEnv("MODE", "fast")), "fast"],
  ])("and not when it %s", (_, change, shown) => {
    expect(everything([change])).toContain(shown);
  });
});

describe("A text is shown without", () => {
  const show = showable([]);

  it.each([
    ["an assignment to a longer name", "PGPASSWORD=hunter2 psql", "PGPASSWORD=[secret] psql"],
    ["an assignment behind another word", "error: password=hunter2", "error: password=[secret]"],
    ["one behind a key that only tells of a secret", "tokenName: pw-token=hunter2", "tokenName: pw-token=[secret]"],
    [
      "what the API server quotes",
      'data[password]: Invalid value: "hunter2": too short',
      'data[password]: Invalid value: "[secret]": too short',
    ],
    ["a quoted value with spaces", 'db_password: "hunter2 and more" ok', 'db_password: "[secret]" ok'],
    ["a value whose quote does not end", 'password="hunter2', "password=[secret]"],
    ["JSON within JSON", String.raw`{\"token\":\"hunter2\",\"a\":1}`, String.raw`{\"token\":\"[secret]\",\"a\":1}`],
    ["a value with a comma", "password=hunter2,x y", "password=[secret] y"],
    ["a block of YAML", "password: |\n  hunter2\n", "password: [secret]\n"],
    ["an option of a command", "login --password hunter2 --user bot", "login --password [secret] --user bot"],
    ["what a header proves", "Bearer abcdefgh-12345678", "Bearer [secret]"],
    ["a PGP key", "-----BEGIN PGP PRIVATE KEY BLOCK-----\nabc\n-----END PGP PRIVATE KEY BLOCK-----", "[secret]"],
    ["a private key in Base64", `key ${base64("-----BEGIN RSA PRIVATE KEY-----\nabc")}`, "key [secret]"],
    ["a token of npm", `npm_${"a1".repeat(18)}`, "[secret]"],
  ])("%s", (_, text, expected) => {
    expect(show(text)).toBe(expected);
  });

  it.each([
    "spec.token: Required value",
    "use basic authentication with secretName: repo-creds",
    "oci://harbor.example/shop:v1@sha256:0123456789abcdef",
    `a certificate ${base64("-----BEGIN CERTIFICATE-----")}`,
  ])("what only looks like it, which stays: %s", (text) => {
    expect(show(text)).toBe(text);
  });

  it("a long word being looked at from each of its letters, which would take for ever", () => {
    const word = "a".repeat(300_000);
    expect(show(`bearer ${word}`)).toBe(`bearer ${word}`);
  });
});
