import { describe, expect, it } from "vitest";
import { declaredResources } from "../../../../../delivery/adopt/imports/declared-resource";
import { namespace, PROJECT, PROVIDER } from "./declared";

const STACK = "urn:pulumi:dev::gitops-factory::pulumi:pulumi:Stack::gitops-factory-dev";
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** A step of the engine's digest. */
function step(op: string, urn: string, state: object = {}): object {
  return { op, urn, newState: { urn, custom: true, type: "", ...state } };
}

describe("what the first update does not find in the state", () => {
  it("is what the preview creates and reads, without the stack itself", () => {
    const { created, read } =
      declaredResources({
        changeSummary: { create: 3, read: 1, same: 1 },
        steps: [
          step("create", STACK, { custom: false }),
          step("create", PROJECT, { custom: false, parent: STACK }),
          step("create", namespace.urn, {
            parent: PROJECT,
            provider: `${PROVIDER}::${UNKNOWN}`,
            inputs: namespace.inputs,
          }),
          step("read", `${namespace.urn}-live`, { parent: PROJECT }),
          step("same", `${namespace.urn}-2`),
        ],
      }) ?? {};
    expect(created).toEqual([
      { urn: PROJECT, type: "factory:project:Project", name: "shop", isCustom: false, inputs: {} },
      namespace,
    ]);
    expect(read?.map(({ name }) => name)).toEqual(["shop-namespace-live"]);
  });

  it("is not known from anything but a digest", () => {
    expect(declaredResources(undefined)).toBeUndefined();
    expect(declaredResources({ sequence: 0 })).toBeUndefined();
  });
});
