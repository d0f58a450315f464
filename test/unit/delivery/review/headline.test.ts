import { expect, it } from "vitest";
import { buildReview } from "../../../../delivery/review/build";
import { plain } from "../../../../delivery/review/phrase";
import { previewOf, type Around, type Change } from "../preview/support/preview-files";
import { applicationChange, projectChange, quotaChange, source } from "./support/shop";

type Stack = readonly [stack: string, changes: Change[], around?: Around];

function headline(...stacks: Stack[]): string {
  return plain(
    buildReview(stacks.map(([stack, changes, around]) => previewOf(changes, { ...around, stack }))).headline,
  );
}

const named = (project: string) => projectChange("create", { project });
const quota = (project = "shop") => quotaChange({ pods: "1" }, { pods: "2" }, { project });
const VIOLATION = { policyName: "a", enforcementLevel: "mandatory", message: "no", resourceUrn: "" };
const failed = [{ severity: "error", message: "no" }];

it.each<[string, Stack[]]>([
  ["Nothing changes.", [["dev", []]]],
  [
    "Adds the project acme/shop to dev and staging; nothing is deleted.",
    [
      ["dev", [projectChange("create")]],
      ["staging", [projectChange("create")]],
    ],
  ],
  [
    "Adds the projects acme/a and acme/b to dev, changes the quota of acme/shop in prod; nothing is deleted.",
    [
      ["dev", [named("a"), named("b")]],
      ["prod", [quota()]],
    ],
  ],
  [
    "Adds the projects acme/a, acme/b, acme/c and 2 more to dev; nothing is deleted.",
    [["dev", ["a", "b", "c", "d", "e"].map(named)]],
  ],
  [
    "Changes the quota and revision of acme/shop in dev; nothing is deleted.",
    [["dev", [quota(), applicationChange(source({ targetRevision: "1" }), source({ targetRevision: "2" }))]]],
  ],
  [
    "Changes the projects acme/a, acme/b, acme/c and 1 more in dev; nothing is deleted.",
    [["dev", ["a", "b", "c", "d"].map(quota)]],
  ],
  [
    "Deletes the project acme/shop from prod.",
    [["prod", [projectChange("delete"), applicationChange(source({}), undefined)]]],
  ],
  [
    "Changes the repositories of acme/shop in dev; one object is deleted.",
    [["dev", [applicationChange(source({}), undefined)]]],
  ],
  [
    "The preview of prod has failed; changes the quota of acme/shop in dev.",
    [
      ["dev", [quota()]],
      ["prod", [], { said: failed }],
    ],
  ],
  ["Blocked by policy in dev; nothing is deleted.", [["dev", [], { policies: [VIOLATION] }]]],
  [
    "Changes DNS in dev; nothing is deleted.",
    [
      [
        "dev",
        [
          {
            op: "update",
            type: "factory:dns:ClusterDns$kubernetes:core/v1:ConfigMapPatch",
            name: "c",
            before: {},
            after: { data: {} },
          },
        ],
      ],
    ],
  ],
])("A review begins: %s", (sentence, stacks) => {
  expect(headline(...stacks)).toBe(sentence);
});

it("A review's verdict is that of its worst stack", () => {
  const verdict = (...stacks: Stack[]) =>
    buildReview(stacks.map(([stack, changes, around]) => previewOf(changes, { ...around, stack }))).verdict;
  expect(verdict(["dev", []])).toBe("unchanged");
  expect(verdict(["dev", []], ["b", [quota()]])).toBe("change");
  expect(verdict(["dev", [quota()]], ["prod", [quota()]])).toBe("danger");
  expect(verdict(["prod", [quota()]], ["dev", [], { policies: [VIOLATION] }])).toBe("blocked");
  expect(verdict(["a", [], { policies: [VIOLATION] }], ["dev", [], { said: failed }])).toBe("failed");
});
