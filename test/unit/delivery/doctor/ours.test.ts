import { describe, expect, it } from "vitest";
import { FIELD_MANAGER } from "../../../../components/field-manager";
import { projectLabels } from "../../../../components/project/labels";
import { isOurs, makerOf, OUR_FIELD_MANAGER } from "../../../../delivery/doctor/ours";
import { load } from "../../model/workspace";

describe("What this program made", () => {
  it("is known by the field manager of the components", () => {
    expect(OUR_FIELD_MANAGER).toBe(FIELD_MANAGER);
    expect(isOurs({ name: "x", managedFields: [{ manager: FIELD_MANAGER }] })).toBe(true);
  });

  it("is known by the label that the components give", () => {
    const [project] = load().platform.projects;
    if (project === undefined) throw new Error("the workspace has a project");
    expect(isOurs({ name: "x", labels: projectLabels(project) })).toBe(true);
  });

  it("is not what others made, and these are named as far as they tell", () => {
    const helm = { name: "x", annotations: { "meta.helm.sh/release-name": "argo" } };
    const kubectl = {
      name: "x",
      managedFields: [{ manager: "kubectl-create" }, { manager: "kube-controller-manager" }],
    };
    expect([helm, kubectl, { name: "x" }].map(isOurs)).toEqual([false, false, false]);
    expect([helm, kubectl, { name: "x" }].map(makerOf)).toEqual([
      "the Helm release argo",
      "kubectl-create",
      "somebody",
    ]);
  });
});
