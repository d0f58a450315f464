import fc from "fast-check";
import { expect, it } from "vitest";
import { buildReview } from "../../../../delivery/review/build";
import { renderMarkdown } from "../../../../delivery/review/markdown/render";
import { previewOf } from "../preview/support/preview-files";
import {
  applicationChange,
  appProjectChange,
  networkChange,
  objectChange,
  projectChange,
  quotaChange,
  source,
} from "./support/shop";

const readers = (...groups: string[]) => ({ roles: [{ name: "read", groups, policies: [] }] });
const portal = { project: "portal" };
const steps = [
  projectChange("update"),
  applicationChange(source({ targetRevision: "v1" }), source({ targetRevision: "v2" })),
  appProjectChange(readers("a"), readers("a", "everyone")),
  quotaChange({ pods: "50" }, { pods: "60" }),
  networkChange({ podSelector: {} }, { podSelector: {}, egress: [{}] }),
  objectChange("kubernetes:core/v1:ConfigMap", "one")({ data: {} }, { data: { key: "1" } }),
  objectChange("kubernetes:core/v1:ConfigMap", "two")({ data: {} }, undefined),
  projectChange("create", portal),
  quotaChange(undefined, { pods: "10" }, portal),
];

const findings = ["quota-small", "network-wide", "role-everyone"].map((policyName) => ({
  policyName,
  policyPackName: "factory",
  enforcementLevel: "advisory",
  message: `${policyName} says so`,
  resourceUrn: "urn:pulumi:dev::gitops-factory::t::n",
}));

/** The engine does at the same time what does not depend on one another. */
it("A review reads the same in whatever order the engine has told of the steps", () => {
  const review = buildReview([previewOf(steps, { policies: findings })]);
  expect(review.stacks[0]?.subjects).toHaveLength(2);
  const whole = renderMarkdown(review);
  fc.assert(
    fc.property(
      fc.shuffledSubarray(steps, { minLength: steps.length }),
      fc.shuffledSubarray(findings, { minLength: findings.length }),
      (told, found) => {
        expect(renderMarkdown(buildReview([previewOf(told, { policies: found })]))).toBe(whole);
      },
    ),
  );
});
