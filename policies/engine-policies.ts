import { UnknownValueError, validateResourceOfType } from "@pulumi/policy";
import type {
  PolicyResource,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  StackValidationPolicy,
} from "@pulumi/policy";
import type { Resource } from "@pulumi/pulumi";
import { messageOf } from "./rule";
import type { ResourceRule, Rule, StackRule, Subject } from "./rule";
import type { RuleSetting } from "./settings";

/** The rules as the engine calls them, at the levels and with the settings of the stack. */
export function enginePolicies(
  rules: readonly Rule[],
  settings: ReadonlyMap<string, RuleSetting>,
): (ResourceValidationPolicy | StackValidationPolicy)[] {
  return rules.flatMap<ResourceValidationPolicy | StackValidationPolicy>((rule) => {
    const setting = settings.get(rule.name);
    if (setting === undefined) return [];
    return "checkStack" in rule ? [stackPolicy(rule, setting)] : resourcePolicies(rule, setting);
  });
}

/**
 * One policy for each type, under the same name: what is bound to one type is not handed the others. Otherwise each rule
 * would have Argo CD's CRDs unpacked anew, which takes a preview another second.
 */
function resourcePolicies(rule: ResourceRule, setting: RuleSetting): ResourceValidationPolicy[] {
  return rule.types.map((type) => ({
    ...described(rule, setting),
    validateResource: validateResourceOfType(resourceClass(type), (_, args, report) => {
      quietly(() => {
        for (const finding of rule.check(subjectOf(args), setting.context)) report(messageOf(finding));
      });
    }),
  }));
}

/** What stands for a type of an SDK, which the pack does not load: the token is all that the policy SDK asks it for. */
function resourceClass(type: string): new () => Resource {
  return class {
    static readonly __pulumiType = type;
  } as unknown as new () => Resource;
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
