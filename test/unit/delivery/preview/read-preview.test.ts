import { describe, expect, it } from "vitest";
import { readPreview } from "../../../../delivery/preview/read-preview";
import { digest, eventStream, type Change } from "./support/preview-files";

const QUOTA = {
  op: "update",
  type: "factory:project:Project$kubernetes:core/v1:ResourceQuota",
  name: "shop-quota",
  parent: "factory:project:Project::shop",
  before: { spec: { hard: { pods: "50" } } },
  after: { spec: { hard: { pods: "60" } } },
  diff: ["spec.hard.pods"],
} satisfies Change;

const SECRET_VALUE = {
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  ciphertext: "[secret]",
};

const VIOLATION = {
  resourceUrn: "urn:pulumi:dev::gitops-factory::kubernetes:core/v1:ResourceQuota::shop-quota",
  message: "<{%fg 1%}>The quota is too high.<{%reset%}>\n",
  policyName: "quota-not-too-high",
  policyPackName: "gitops-factory",
  enforcementLevel: "mandatory",
};

describe("A preview", () => {
  it.each([
    ["digest", digest],
    ["stream of events", eventStream],
  ])("is read from the %s", (_, write) => {
    const said = [{ severity: "warning", message: "an example" }];
    const preview = readPreview("a.json", write([QUOTA], { stack: "prod", said, same: 8, config: { a: "b" } }));
    expect(preview).toMatchObject({ stack: "prod", unchanged: 7, config: { a: "b" }, failures: [] });
    expect(preview.warnings).toEqual([{ severity: "warning", message: "an example", urn: "" }]);
    expect(preview.steps).toEqual([
      {
        operation: "update",
        urn: "urn:pulumi:prod::gitops-factory::factory:project:Project$kubernetes:core/v1:ResourceQuota::shop-quota",
        type: "kubernetes:core/v1:ResourceQuota",
        name: "shop-quota",
        parent: "urn:pulumi:prod::gitops-factory::factory:project:Project::shop",
        isCustom: true,
        isProtected: false,
        isWholeGone: false,
        isRetained: false,
        before: QUOTA.before,
        after: QUOTA.after,
        changed: ["spec.hard.pods"],
      },
    ]);
  });

  it("tells what policies found only where the engine does", () => {
    const preview = readPreview("a.json", eventStream([], { policies: [VIOLATION] }));
    expect(preview.policies).toEqual([
      {
        policy: "quota-not-too-high",
        pack: "gitops-factory",
        level: "mandatory",
        message: "The quota is too high.",
        urn: VIOLATION.resourceUrn,
      },
    ]);
    expect(preview.tellsPolicies).toBe(true);
    expect(readPreview("a.json", digest([])).tellsPolicies).toBe(false);
  });

  it("has one step for a replacement, of what was and what will be", () => {
    const { type, name } = QUOTA;
    const step = { type, name };
    const text = digest([
      { ...step, op: "create-replacement", before: QUOTA.before, after: QUOTA.after, diff: ["spec.hard.pods"] },
      { ...step, op: "replace", before: QUOTA.before, after: QUOTA.after },
      { ...step, op: "delete-replaced", before: QUOTA.before },
    ]);
    const { steps } = readPreview("a.json", text);
    expect(steps.map(({ operation, before, after }) => ({ operation, before, after }))).toEqual([
      { operation: "replace", before: QUOTA.before, after: QUOTA.after },
    ]);
  });

  it.each(["same", "read", "refresh"])("leaves out what it only has a look at: %s", (op) => {
    expect(readPreview("a.json", eventStream([{ ...QUOTA, op }])).steps).toEqual([]);
    expect(readPreview("a.json", digest([{ ...QUOTA, op }])).steps).toEqual([]);
  });

  it("has no secret, also where Pulumi was told to show it", () => {
    const revealed = { ...SECRET_VALUE, ciphertext: undefined, plaintext: '"hunter2"' };
    const { steps } = readPreview(
      "a.json",
      eventStream([{ ...QUOTA, after: { data: SECRET_VALUE, other: [revealed] } }]),
    );
    expect(steps[0]?.after).toEqual({ data: "[secret]", other: ["[secret]"] });
  });
});

describe("A preview that has failed", () => {
  const message = "catalog/acme/shop.yaml:8:5: repositories[0].kind: the value is not one of those known\n";

  it.each([
    ["digest", digest],
    ["stream of events", eventStream],
  ])("says why: %s", (_, write) => {
    const said = [message, "preview failed\n"].map((text) => ({ severity: "error", message: text }));
    expect(readPreview("a.json", write([], { said })).failures).toEqual([message.trim()]);
  });

  it("is none where a mandatory policy stopped it: the finding says so", () => {
    const said = [{ severity: "error", message: "preview failed\n" }];
    expect(readPreview("a.json", eventStream([], { said, policies: [VIOLATION] })).failures).toEqual([]);
    expect(readPreview("a.json", digest([], { said })).failures).toEqual([
      expect.stringContaining("set PULUMI_ENABLE_STREAMING_JSON_PREVIEW=true"),
    ]);
  });
});

describe("What cannot be read is a preview that has failed", () => {
  it.each([
    ["preview-prod.json", "", "prod", /^preview-prod\.json is empty/],
    ["plans/staging/preview.json", " \n", "staging", /^plans\/staging\/preview\.json is empty/],
    ["preview.json", digest([QUOTA]).slice(0, 400), "preview", /^preview\.json is cut off or no JSON \(/],
    ["preview.json", eventStream([QUOTA]).slice(0, -80), "dev", /^preview\.json is cut off: .* run it again$/],
    ["preview.json", eventStream([QUOTA]).split("\n").slice(0, 2).join("\n"), "dev", /is cut off/],
    ["Pulumi.dev.yaml", "config: {}\n", "Pulumi.dev.yaml", /is no JSON; give what `pulumi preview --json`/],
    ["package.json", '{ "name": "factory" }', "package", /is JSON, but no preview/],
    ["list.json", "[1, 2]", "list", /is no JSON; give|is JSON, but no preview/],
    ["other.json", '{"sequence":1}\nhello\n{"sequence":2}\n', "other", /is no stream of events/],
  ])("%s", (file, text, stack, reason) => {
    const preview = readPreview(file, text);
    expect(preview.failures).toEqual([expect.stringMatching(reason)]);
    expect(preview).toMatchObject({ stack, source: file });
  });

  it("never repeats what stands where it breaks off", () => {
    const text = digest([{ ...QUOTA, after: { password: "hunter2-hunter2" } }]);
    const broken = text.replace('"hunter2-hunter2"', '"hunter2-hunter2" x');
    expect(readPreview("a.json", broken).failures.join("")).not.toContain("hunter2");
  });

  it("but a byte order mark is no reason", () => {
    expect(readPreview("a.json", `\uFEFF${digest([QUOTA])}`).failures).toEqual([]);
  });
});
