import { unknownCheckingProxy } from "@pulumi/policy";
import type { PolicyResource, ResourceValidationArgs, ResourceValidationPolicy } from "@pulumi/policy";
import { describe, expect, it } from "vitest";
import { enginePolicies } from "../../../policies/engine-policies";
import { APPLICATION, APPLICATION_SET, NAMESPACE } from "../../../policies/kinds";
import { nameOf, textAt } from "../../../policies/read";
import { resourceRule, stackRule } from "../../../policies/rule";
import type { Level, Rule } from "../../../policies/rule";

/** The texts by which the policy SDK marks a value that only an update knows (its proxy.ts). */
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const texts = { description: "It has a color.", reason: "To be seen.", source: "https://example.org/" };

const colored = resourceRule({
  ...texts,
  name: "application-colored",
  level: "mandatory",
  types: [APPLICATION, APPLICATION_SET],
  check: ({ inputs }) =>
    textAt(inputs, "color") === "red" ? [] : [{ path: "color", fact: "it is pale", fix: "paint it" }],
});

const lonely = stackRule({
  ...texts,
  name: "namespace-not-alone",
  level: "advisory",
  checkStack: (subjects) =>
    subjects.length > 1 || nameOf(subjects[0]?.inputs ?? {}) === "self-sufficient"
      ? []
      : subjects.map(({ urn }) => ({ urn, path: "", fact: "it is alone", fix: "add one" })),
});

function policiesOf(rule: Rule, level: Level = rule.level) {
  const context = { environment: "dev", isProduction: false, settings: {} };
  return enginePolicies([rule], new Map([[rule.name, { level, context }]]));
}

/** What a policy says of a resource, as the SDK would hand it over. */
function said(policies: ReturnType<typeof policiesOf>, type: string, props: object, urn = "urn:x"): string[] {
  const messages: string[] = [];
  const args = {
    type,
    props: unknownCheckingProxy(props),
    urn,
    name: "x",
    opts: { protect: false, additionalSecretOutputs: [] },
    isType: (resource: object) => (resource as { __pulumiType?: string }).__pulumiType === type,
    notApplicable: () => undefined,
  } as unknown as ResourceValidationArgs;
  for (const policy of policies as ResourceValidationPolicy[]) {
    void [policy.validateResource].flat().map((validate) => validate?.(args, (text) => messages.push(text)));
  }
  return messages;
}

describe("A rule about single resources, as the engine calls it", () => {
  it("is a policy for each of its types, with its name, level and source", () => {
    const policies = policiesOf(colored, "advisory").slice(0, -1);
    expect(policies).toHaveLength(2);
    for (const policy of policies) {
      expect(policy).toMatchObject({
        name: "application-colored",
        enforcementLevel: "advisory",
        description: "It has a color.",
        remediationSteps: "To be seen.",
        url: "https://example.org/",
      });
    }
  });

  it("is known to the SDK by its types, which then keeps all others from it", () => {
    const types = (policiesOf(colored).slice(0, -1) as ResourceValidationPolicy[]).map(
      ({ validateResource }) => (validateResource as { __pulumiType?: string }).__pulumiType,
    );
    expect(types).toEqual([APPLICATION, APPLICATION_SET]);
  });

  it("says what it finds, once", () => {
    expect(said(policiesOf(colored), APPLICATION, { color: "white" })).toEqual(["color: it is pale. Fix: paint it."]);
    expect(said(policiesOf(colored), APPLICATION, { color: "red" })).toEqual([]);
  });

  it("says nothing of what only an update will know", () => {
    expect(said(policiesOf(colored), APPLICATION, { color: UNKNOWN })).toEqual([]);
  });

  it("does not hide a mistake of its own", () => {
    const broken = resourceRule({ ...colored, check: () => JSON.parse("{") as [] });
    expect(() => said(policiesOf(broken), APPLICATION, {})).toThrow(SyntaxError);
  });
});

describe("A rule about all resources, as the engine calls it", () => {
  function told(props: object[]): string[] {
    const [policy] = policiesOf(lonely);
    const resources = props.map((one, index) => ({
      type: NAMESPACE,
      name: "x",
      urn: `urn:${String(index)}`,
      props: unknownCheckingProxy(one),
      opts: { protect: false, additionalSecretOutputs: [] },
    })) as unknown as PolicyResource[];
    const messages: string[] = [];
    if (policy === undefined || !("validateStack" in policy)) throw new Error("no policy about the stack");
    void policy.validateStack({ resources } as Parameters<typeof policy.validateStack>[0], (text, urn) =>
      messages.push(`${urn ?? ""} ${text}`),
    );
    return messages;
  }

  it("says what it finds, and at which resource", () => {
    expect(told([{ metadata: { name: "a" } }])).toEqual(["urn:0 it is alone. Fix: add one."]);
    expect(told([{ metadata: { name: "a" } }, { metadata: { name: "b" } }])).toEqual([]);
  });

  it("says nothing of what only an update will know", () => {
    expect(told([{ metadata: { name: UNKNOWN } }])).toEqual([]);
  });
});

describe("What a preview cannot judge", () => {
  /** What the last policy says at the end of a run. */
  function left(policies: ReturnType<typeof policiesOf>): string[] {
    const messages: string[] = [];
    const last = policies.at(-1);
    if (last === undefined || !("validateStack" in last)) throw new Error("no policy about the stack");
    expect(last).toMatchObject({ name: "not-judged", enforcementLevel: "advisory" });
    void last.validateStack({} as Parameters<typeof last.validateStack>[0], (text) => messages.push(text));
    return messages;
  }

  it("is said once, with how many resources it is", () => {
    const policies = policiesOf(colored);
    said(policies, APPLICATION, { color: UNKNOWN }, "urn:1");
    said(policies, APPLICATION, { color: UNKNOWN }, "urn:1");
    said(policies, APPLICATION, { color: UNKNOWN }, "urn:2");
    expect(left(policies)).toEqual([
      "not judged in this preview, with the number of resources: application-colored (2)",
    ]);
    expect(left(policies)).toEqual([]);
  });

  it("is said of a rule about all resources", () => {
    const policies = policiesOf(lonely);
    const [policy] = policies;
    if (policy === undefined || !("validateStack" in policy)) throw new Error("no policy about the stack");
    const resources = [{ props: unknownCheckingProxy({ metadata: { name: UNKNOWN } }), opts: {} }];
    void policy.validateStack({ resources } as unknown as Parameters<typeof policy.validateStack>[0], () => undefined);
    expect(left(policies)).toEqual(["not judged in this preview, with the number of resources: namespace-not-alone"]);
  });

  it("is nothing where all is known", () => {
    const policies = policiesOf(colored);
    said(policies, APPLICATION, { color: "white" });
    expect(left(policies)).toEqual([]);
  });
});
