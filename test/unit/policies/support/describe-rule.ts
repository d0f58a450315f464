import { describe, expect, it } from "vitest";
import { findings } from "../../../../policies/find";
import { messageOf } from "../../../../policies/rule";
import type { Finding, Rule, RuleContext, StackFinding, Subject } from "../../../../policies/rule";
import { exampleContext } from "./example-context";
import { withValue } from "./path";
import { EXAMPLE_STACKS, platform } from "./platform";
import type { ExampleStack } from "./platform";

type Subjects = Subject | readonly Subject[];

/** What the rule is told beside the resources; by default the stack is `dev`, and the settings are the rule's own. */
interface Circumstances {
  readonly isProduction?: boolean;
  readonly leavesWorkloads?: boolean;
  /** As a stack's config has them; defaults are filled in. */
  readonly settings?: object;
}

/** A finding that a case expects: its path, and what else of it matters. */
type Expected = string | ({ readonly path: string } & Partial<Finding>);

interface Passing extends Circumstances {
  readonly given: Subjects;
}

interface Failing extends Passing {
  /** All that is found, in order. */
  readonly finds: Expected | readonly Expected[];
}

/** One change to what an example stack really declares. */
interface Mutation extends Circumstances {
  /** @default dev */
  readonly stack?: ExampleStack;
  /** The Pulumi name of the resource that is changed. */
  readonly resource: string;
  /** The place in its inputs that is changed, and what is put there: undefined takes away what is there. */
  readonly change?: readonly [path: string, to: unknown];
  /** What else is changed about it, or `gone` when it is left out. */
  readonly subject?: Partial<Subject> | "gone";
  /** The path of the one thing that is then found. */
  readonly finds: string;
  /** The Pulumi name of the resource at which it is found. @default resource */
  readonly at?: string;
}

export interface RuleCases {
  /** By title: `a project with one repository`. */
  readonly passing: Readonly<Record<string, Subjects | Passing>>;
  readonly failing: Readonly<Record<string, Failing>>;
  /** Resources that the rule has nothing to say about. */
  readonly notApplicable: Readonly<Record<string, Subjects | Passing>>;
  readonly mutation: Mutation;
}

/** The tests of a rule: cases that pass, that fail and that it does not apply to, and the proof that it bites. */
export function describeRule(rule: Rule, { passing, failing, notApplicable, mutation }: RuleCases): void {
  describe(rule.name, () => {
    for (const [title, given] of Object.entries(passing)) {
      it(`passes: ${title}`, () => {
        expect(messages(found(rule, asCase(given)))).toEqual([]);
      });
    }
    for (const [title, failure] of Object.entries(failing)) {
      it(`fails: ${title}`, () => {
        const actual = found(rule, failure);
        expect(actual.map(({ path }) => path)).toEqual(expectations(failure).map(({ path }) => path));
        expect(actual).toMatchObject(expectations(failure));
        actual.forEach(expectReadable);
      });
    }
    for (const [title, given] of Object.entries(notApplicable)) {
      it(`does not apply: ${title}`, () => {
        expect(messages(found(rule, asCase(given)))).toEqual([]);
      });
    }
    it.each(EXAMPLE_STACKS)("finds nothing that stops the stack %s", (stack) => {
      const { level, context } = exampleContext(rule, stack);
      if (level !== "mandatory") return;
      expect(messages(findings(rule, platform(stack), context))).toEqual([]);
    });
    it(`bites: ${mutation.resource} ${mutation.change?.[0] ?? ""}`, () => {
      const stack = mutation.stack ?? "dev";
      const context = { ...exampleContext(rule, stack).context, ...circumstances(rule, mutation) };
      const before = messages(findings(rule, platform(stack), context));
      const after = findings(rule, mutated(platform(stack), mutation), context);
      const [bite, ...others] = after.filter((finding) => !before.includes(message(finding)));
      expect(others).toEqual([]);
      expect(bite?.path).toBe(mutation.finds);
      expect(bite?.urn).toMatch(new RegExp(`::${mutation.at ?? mutation.resource}$`));
    });
  });
}

function asCase(given: Subjects | Passing): Passing {
  return "given" in given ? given : { given };
}

function found(rule: Rule, { given, ...rest }: Passing): StackFinding[] {
  const context = { environment: "dev", isProduction: false, settings: defaults(rule), ...circumstances(rule, rest) };
  return findings(rule, Array.isArray(given) ? (given as readonly Subject[]) : [given as Subject], context);
}

function circumstances(rule: Rule, given: Circumstances): Partial<RuleContext<object>> {
  const { isProduction, leavesWorkloads, settings } = given;
  return {
    ...(isProduction !== undefined && { isProduction }),
    ...(leavesWorkloads !== undefined && { leavesWorkloads }),
    ...(settings !== undefined && { settings: rule.settings?.parse(settings) ?? {} }),
  };
}

function defaults(rule: Rule): object {
  return rule.settings?.parse({}) ?? {};
}

function expectations({ finds }: Failing): readonly ({ readonly path: string } & Partial<Finding>)[] {
  const all = (Array.isArray(finds) ? finds : [finds]) as readonly Expected[];
  return all.map((one) => (typeof one === "string" ? { path: one } : one));
}

function mutated(subjects: readonly Subject[], { resource, change, subject }: Mutation): readonly Subject[] {
  if (!subjects.some(({ name }) => name === resource)) throw new Error(`no resource is named ${resource}`);
  return subjects.flatMap((one) => {
    if (one.name !== resource) return [one];
    if (subject === "gone") return [];
    return [{ ...one, inputs: change === undefined ? one.inputs : withValue(one.inputs, ...change), ...subject }];
  });
}

function message(finding: StackFinding): string {
  return `${finding.urn.split("::").at(-1) ?? ""}: ${messageOf(finding)}`;
}

function messages(all: readonly StackFinding[]): string[] {
  return all.map(message);
}

/** Sentences that a message can be made of. */
function expectReadable({ fact, fix, urn }: StackFinding): void {
  expect(fact).toMatch(/^[^\s.].*[^\s.]$/s);
  expect(fix).toMatch(/^[^\s.].*[^\s.]$/s);
  expect(urn).toMatch(/^urn:pulumi:/);
}
