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

/** The rules as the engine calls them, at the levels and with the settings of the stack; last, what they left open. */
export function enginePolicies(
  rules: readonly Rule[],
  settings: ReadonlyMap<string, RuleSetting>,
): (ResourceValidationPolicy | StackValidationPolicy)[] {
  const open = new OpenQuestions();
  const policies = rules.flatMap<ResourceValidationPolicy | StackValidationPolicy>((rule) => {
    const setting = settings.get(rule.name);
    if (setting === undefined) return [];
    return "checkStack" in rule ? [stackPolicy(rule, setting, open)] : resourcePolicies(rule, setting, open);
  });
  return [...policies, notJudged(open)];
}

/**
 * One policy for each type, under the same name: what is bound to one type is not handed the others. Otherwise each rule
 * would have Argo CD's CRDs unpacked anew, which takes a preview another second.
 */
function resourcePolicies(rule: ResourceRule, setting: RuleSetting, open: OpenQuestions): ResourceValidationPolicy[] {
  return rule.types.map((type) => ({
    ...described(rule, setting),
    validateResource: validateResourceOfType(resourceClass(type), (_, args, report) => {
      open.guard(rule, args.urn, () => {
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

function stackPolicy(rule: StackRule, setting: RuleSetting, open: OpenQuestions): StackValidationPolicy {
  return {
    ...described(rule, setting),
    validateStack: ({ resources }, report) => {
      open.guard(rule, "the stack", () => {
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

/** What is only known after an update is judged in the update; a preview remembers what it could not judge. */
class OpenQuestions {
  readonly #places = new Map<string, Set<string>>();

  /** Runs a rule's check; notes the rule and the place where it meets a value that is not known. */
  guard({ name }: Rule, place: string, check: () => void): void {
    try {
      check();
    } catch (error) {
      if (!(error instanceof UnknownValueError)) throw error;
      this.#places.set(name, (this.#places.get(name) ?? new Set()).add(place));
    }
  }

  /** What has been noted since the last time: `namespace-quota, repository-tls-verified (3)`. */
  take(): string {
    const told = [...this.#places].map(([name, { size }]) => (size === 1 ? name : `${name} (${String(size)})`));
    this.#places.clear();
    return told.join(", ");
  }
}

/** Says once what a preview is silent about, so that nobody takes it for judged. */
function notJudged(open: OpenQuestions): StackValidationPolicy {
  return {
    name: "not-judged",
    description: "Rules that need a value which the update makes are asked in the update.",
    enforcementLevel: "advisory",
    validateStack: (_, report) => {
      const rules = open.take();
      if (rules !== "") report(`not judged in this preview, with the number of resources: ${rules}`);
    },
  };
}
