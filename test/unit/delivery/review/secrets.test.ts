import { describe, expect, it } from "vitest";
import { buildReview } from "../../../../delivery/review/build";
import { previewOf, type Around, type Change } from "../preview/support/preview-files";
import { everything } from "./support/everything";
import { applicationChange, objectChange, quotaChange, source } from "./support/shop";

const WORD = "correct-horse-battery";
const secret = objectChange("kubernetes:core/v1:Secret", "repo");
const config = objectChange("kubernetes:core/v1:ConfigMap", "settings");
const base64 = Buffer.from(WORD).toString("base64");

const PEM = "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmU\n-----END OPENSSH PRIVATE KEY-----\n";

describe("No rendering of a review has", () => {
  it.each<[string, Change[], Around, string[]]>([
    ["a Secret's data", [secret({ data: { password: "b2xk" } }, { data: { password: base64 } })], {}, [WORD, base64]],
    ["a Secret's stringData", [secret({ stringData: {} }, { stringData: { key: WORD } })], {}, [WORD]],
    ["a Secret of a new project", [secret(undefined, { stringData: { key: WORD } })], {}, [WORD]],
    [
      "a Secret's text where it turns up elsewhere",
      [
        secret(undefined, { data: { password: base64 } }),
        applicationChange(source({ targetRevision: "v1" }), source({ targetRevision: WORD })),
      ],
      { said: [{ severity: "warning", message: `the text ${WORD} is not valid` }] },
      [WORD],
    ],
    ["what a key names a secret", [config({ data: {} }, { data: { "smtp-password": WORD } })], {}, [WORD]],
    ["such a key deep within a list", [config({ data: [] }, { data: [{ a: [{ clientSecret: WORD }] }] })], {}, [WORD]],
    ["a private key", [config({ data: { a: "" } }, { data: { a: PEM } })], {}, ["b3BlbnNzaC1rZXktdjEAAAAABG5vbmU"]],
    ["a token of GitLab", [quotaChange({ pods: "1" }, { pods: "glpat-abcdefghij1234567890" })], {}, ["glpat-abc"]],
    ["a token of GitHub", [quotaChange({ pods: "1" }, { pods: "ghp_abcdefghij1234567890" })], {}, ["ghp_abc"]],
    [
      "who logs in by an URL",
      [applicationChange(source({}), source({ repoURL: `https://bot:${WORD}@git.acme.example/x.git` }))],
      {},
      [WORD],
    ],
    [
      "what a message assigns",
      [],
      { said: [{ severity: "warning", message: `connect with password=${WORD} to it` }] },
      [WORD],
    ],
    [
      "what stops a preview",
      [],
      { said: [{ severity: "error", message: `401 for https://bot:${WORD}@git.acme.example` }] },
      [WORD],
    ],
    [
      "what a policy quotes",
      [secret(undefined, { stringData: { key: WORD } })],
      { policies: [{ policyName: "a", enforcementLevel: "mandatory", message: `found: ${WORD}`, resourceUrn: "" }] },
      [WORD],
    ],
    [
      "a secret of the stack's config that was set in clear",
      [applicationChange(source({ path: "a" }), source({ path: WORD }))],
      { config: { "gitops-factory:secrets": JSON.stringify({ gitlab: { username: "bot", password: WORD } }) } },
      [WORD],
    ],
  ])("%s", (_, changes, around, texts) => {
    const all = everything(changes, around);
    for (const text of texts) expect(all).not.toContain(text);
  });

  it("a token of the job's environment", () => {
    const changes = [quotaChange({ pods: "1" }, { pods: WORD })];
    expect(everything(changes, {}, { FACTORY_GITLAB_TOKEN: WORD })).not.toContain(WORD);
    expect(everything(changes, {}, { CI_COMMIT_MESSAGE: WORD })).toContain(WORD);
  });

  it("characters that nobody sees, or that a terminal obeys", () => {
    const hidden = "v1\u001b[2J\u202e2v\u200b";
    const all = everything([applicationChange(source({ targetRevision: "v0" }), source({ targetRevision: hidden }))]);
    expect(all).toContain("v12v");
    expect([..."\u001b\u202e"].filter((character) => all.includes(character))).toEqual([]);
  });
});

describe("Yet a review has", () => {
  it("which of a Secret's keys change", () => {
    const review = buildReview([
      previewOf([
        secret({ data: { url: "YQ==", password: "b2xkLW9sZA==" } }, { data: { url: "YQ==", password: base64 } }),
      ]),
    ]);
    expect(review.stacks[0]?.subjects[0]?.resources[0]?.properties).toEqual([
      { path: "data.password", before: "[secret]", after: "[secret]" },
    ]);
  });

  it("that a secret changes which is hidden as a whole", () => {
    const review = buildReview([
      previewOf([{ ...secret({ data: "[secret]" }, { data: "[secret]" }), diff: ["data.password"] }]),
    ]);
    expect(review.stacks[0]?.subjects[0]?.resources[0]?.properties).toEqual([{ path: "data.password" }]);
  });

  it("ordinary words, although something of that name is a secret's", () => {
    const text = everything(
      [config({ data: {} }, { data: { token: "example" } }), applicationChange(undefined, source({ path: "a" }))],
      {},
      { PULUMI_CONFIG_PASSPHRASE: "example" },
    );
    expect(text).toContain("https://git.acme.example/shop.git");
  });

  it("the words of a repository's Secret that are no secrets", () => {
    const text = everything([
      secret(undefined, { stringData: { url: "https://git.acme.example/shop.git", password: WORD } }),
      applicationChange(undefined, source({ repoURL: "https://git.acme.example/shop.git" })),
    ]);
    expect(text).toContain("https://git.acme.example/shop.git");
  });
});
