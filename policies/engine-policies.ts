import { UnknownValueError } from "@pulumi/policy";
import type {
  PolicyResource,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  StackValidationPolicy,
} from "@pulumi/policy";
import { messageOf } from "./rule";
import type { ResourceRule, Rule, StackRule, Subject } from "./rule";
import type { RuleSetting } from "./settings";

type Settings = ReadonlyMap<string, RuleSetting>;

/** The rules as the engine calls them, at the levels and with the settings of the stack. */
export function enginePolicies(
  rules: readonly Rule[],
  settings: Settings,
): (ResourceValidationPolicy | StackValidationPolicy)[] {
  return rules.flatMap((rule) => {
    const setting = settings.get(rule.name);
    if (setting === undefined) return [];
    return ["checkStack" in rule ? stackPolicy(rule, setting) : resourcePolicy(rule, setting)];
  });
}

function resourcePolicy(rule: ResourceRule, setting: RuleSetting): ResourceValidationPolicy {
  return {
    ...described(rule, setting),
    validateResource: (args, report) => {
      if (!rule.types.includes(args.type)) args.notApplicable(`it is about ${rule.types.join(", ")}`);
      quietly(() => {
        for (const finding of rule.check(subjectOf(args), setting.context)) report(messageOf(finding));
      });
    },
  };
}

function stackPolicy(rule: StackRule, setting: RuleSetting): StackValidationPolicy {
  return {
    ...described(rule, setting),
    validateStack: ({ resources }, report) => {
      quietly(() => {
        for (const finding of rule.checkStack(resources.map(subjectOf), setting.context)) {
          report(messageOf(finding), finding.urn);
        }
      });
    },
  };
}

function described({ name, description, reason, source }: Rule, { level }: RuleSetting) {
  return { name, description, enforcementLevel: level, remediationSteps: reason, url: source };
}

function subjectOf({ type, name, urn, props, opts }: ResourceValidationArgs | PolicyResource): Subject {
  return {
    type,
    name,
    urn,
    inputs: props,
    isProtected: opts.protect,
    secretOutputs: opts.additionalSecretOutputs,
  };
}

/** What is only known after an update is judged in the update: a preview says nothing about it. */
function quietly(check: () => void): void {
  try {
    check();
  } catch (error) {
    if (!(error instanceof UnknownValueError)) throw error;
  }
}
