import { describe, expect, it } from "vitest";
import { FIELD_MANAGER as PROGRAM } from "../../../../components/field-manager";
import { takeOver, takenOver } from "../../../../delivery/adopt/take-over";
import { OUR_FIELD_MANAGER } from "../../../../delivery/doctor/ours";
import type { PatchingApi } from "../../../../delivery/adopt/take-over";
import type { UserError } from "../../../../model/problem";
import { kubeTarget } from "../cluster/target";

const SPEC = { "f:spec": { "f:project": {}, "f:destination": { "f:name": {} } } };
const LABELS = { "f:metadata": { "f:labels": { "f:team": {} } } };
const KUBECTL = {
  manager: "kubectl-client-side-apply",
  operation: "Update",
  apiVersion: "argoproj.io/v1alpha1",
  fieldsV1: { ...SPEC, ...LABELS },
};
const SERVER = {
  manager: "argocd-server",
  operation: "Apply",
  apiVersion: "argoproj.io/v1alpha1",
  fieldsV1: { "f:spec": { "f:source": {} } },
};
const CONTROLLER = {
  manager: "argocd-application-controller",
  operation: "Update",
  fieldsV1: { "f:status": { ".": {} } },
};

it("The owner is the program's field manager", () => {
  expect(OUR_FIELD_MANAGER).toBe(PROGRAM);
});

describe("The owners of an Application's fields", () => {
  const [controller, own, ...others] = takenOver([KUBECTL, SERVER, CONTROLLER], "Application") ?? [];

  it("are the controller, for what it writes, and the program", () => {
    expect(controller).toEqual(CONTROLLER);
    expect(own).toMatchObject({ manager: PROGRAM, operation: "Apply" });
    expect(others).toEqual([]);
  });

  it("leave the program the whole spec, and of the metadata only what it sets", () => {
    expect(own?.fieldsV1).toEqual({
      "f:metadata": { "f:labels": { "f:app.kubernetes.io/managed-by": {} } },
      "f:spec": { "f:project": {}, "f:destination": { "f:name": {} }, "f:source": {} },
    });
  });

  it("stay as they are once they are so", () => {
    expect(
      takenOver([CONTROLLER, { ...KUBECTL, manager: PROGRAM, operation: "Apply" }], "Application"),
    ).toBeUndefined();
  });

  it("of a namespace, let nothing go that others set", () => {
    expect(takenOver([KUBECTL], "Namespace")?.map(({ fieldsV1 }) => fieldsV1)).toEqual([
      { "f:metadata": { "f:labels": { "f:app.kubernetes.io/managed-by": {} } } },
    ]);
  });
});

describe("Taking over", () => {
  const OBJECT = { kind: "Application", name: "a", namespace: "argocd" };
  const body = { metadata: { resourceVersion: "7", managedFields: [KUBECTL] } };

  function api(...patches: readonly number[]): PatchingApi & { readonly seen: unknown[] } {
    const seen: unknown[] = [];
    const left = [...patches];
    return {
      seen,
      get: (path) => Promise.resolve(path.endsWith("/gone") ? { status: 404, body: {} } : { status: 200, body }),
      patch: (path, operations) => {
        seen.push([path, operations]);
        return Promise.resolve({ status: left.shift() ?? 200, body: { message: "no" } });
      },
    };
  }

  it("changes the owners alone, and only of what nobody has written since", async () => {
    const cluster = api();
    expect(await takeOver({ api: cluster, target: kubeTarget() }, [OBJECT])).toEqual([OBJECT]);
    expect(cluster.seen).toMatchObject([
      [
        "/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/a",
        [
          { op: "replace", path: "/metadata/managedFields" },
          { op: "replace", path: "/metadata/resourceVersion", value: "7" },
        ],
      ],
    ]);
  });

  it("tries anew where a controller came in between, and passes over what is gone", async () => {
    const cluster = api(409, 409);
    expect(await takeOver({ api: cluster, target: kubeTarget() }, [OBJECT, { ...OBJECT, name: "gone" }])).toEqual([
      OBJECT,
    ]);
    expect(cluster.seen).toHaveLength(3);
  });

  it("says which object it may not patch", async () => {
    const problem = await takeOver({ api: api(403), target: kubeTarget() }, [OBJECT]).catch(
      (error: unknown) => (error as UserError).problems[0],
    );
    expect(problem).toMatchObject({
      file: "ada.yaml",
      message: "you may not take over the Application a (403): no",
      fix: expect.stringContaining("what is done already stays done") as string,
    });
  });
});
