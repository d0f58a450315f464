import { expect } from "vitest";
import { type Scenario, conformance, differences } from "./support/kubernetes-conformance";

const configMap = (data: string, options = ""): string =>
  `new k8s.core.v1.ConfigMap("c", { metadata: { name: "c" }, data: { ${data} } }, o({ ${options} }));`;
const patch = (data: string, annotations = "", name = "p"): string => `new k8s.core.v1.ConfigMapPatch("${name}", {
  metadata: { name: "c", annotations: { ${annotations} } }, data: { ${data} } }, o());`;
const force = `"pulumi.com/patchForce": "true"`;
const mutable = "enableConfigMapMutable: true";
const foreign = {
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: "c" },
  data: { Corefile: "theirs", other: "x" },
};

const managers = (
  object: { metadata: { managedFields?: readonly { manager: string; operation: string }[] } } | undefined,
): string[] =>
  (object?.metadata.managedFields ?? []).map(
    ({ manager, operation }) => `${manager.replace(/[0-9a-f]{8}$/, "*")} ${operation}`,
  );

const scenarios: Scenario[] = [
  {
    title: "creating what exists fails, and leaves it alone",
    steps: [
      {
        before: ({ kubectl }) => kubectl("create -f -", foreign),
        program: configMap(`Corefile: "ours"`),
        run: "up",
        steps: ["create c"],
        errors: ['configmaps "c" already exists'],
        after: async ({ object }) => expect((await object("configmap", "c"))?.data).toEqual(foreign.data),
      },
      { run: "preview", steps: ["create c"] },
    ],
  },
  {
    title: "with upsertExistingObjects what exists is taken over, but not fields of others",
    steps: [
      {
        before: ({ kubectl }) => kubectl("create -f -", foreign),
        provider: "upsertExistingObjects: true",
        program: configMap(`mine: "1"`),
        run: "up",
        steps: ["create c"],
        after: async ({ object }) =>
          expect((await object("configmap", "c"))?.data).toEqual({ ...foreign.data, mine: "1" }),
      },
      {
        provider: "upsertExistingObjects: true",
        program:
          configMap(`mine: "1"`) +
          `new k8s.core.v1.ConfigMap("again", { metadata: { name: "c" }, data: { Corefile: "ours" } }, o());`,
        run: "up",
        steps: ["create again"],
        errors: ["Server-Side Apply field conflict", '"kubectl-create"', ".data.Corefile", "pulumi.com/patchForce"],
      },
    ],
  },
  {
    title:
      "an object is owned by one manager from its creation, through updates, and loses the keys that leave the program",
    steps: [
      {
        provider: mutable,
        program: configMap(`a: "1", b: "1"`),
        run: "up",
        steps: ["create c"],
        after: async ({ object }) =>
          expect(managers(await object("configmap", "c"))).toEqual(["pulumi-kubernetes-* Update"]),
      },
      {
        provider: mutable,
        program: configMap(`a: "2"`),
        run: "up",
        steps: ["update c"],
        after: async ({ object }, run) => {
          expect(differences(run)).toEqual({ "data.a": "update", "data.b": "delete" });
          const live = await object("configmap", "c");
          expect(live?.data).toEqual({ a: "2" });
          expect(managers(live)).toEqual(["pulumi-kubernetes-* Apply"]);
        },
      },
    ],
  },
  {
    title: "keys of others stay, and a conflict with another manager is told with field and manager",
    steps: [
      { provider: mutable, program: configMap(`a: "1"`), run: "up", steps: ["create c"] },
      {
        before: ({ kubectl }) =>
          kubectl("apply --server-side --force-conflicts --field-manager helm -f -", {
            ...foreign,
            data: { a: "helm", z: "helm" },
          }),
        provider: mutable,
        program: configMap(`a: "2"`),
        run: "up",
        steps: ["update c"],
        errors: ["Server-Side Apply field conflict", 'conflict with "helm": .data.a', "pulumi-kubernetes-"],
        after: async ({ object }) => expect((await object("configmap", "c"))?.data).toEqual({ a: "helm", z: "helm" }),
      },
      {
        provider: `${mutable}, enablePatchForce: true`,
        run: "up",
        program: configMap(`a: "2"`),
        steps: ["update c"],
        after: async ({ object }) => expect((await object("configmap", "c"))?.data).toEqual({ a: "2", z: "helm" }),
      },
    ],
  },
  {
    title: "a Patch adds its keys to an object of others, and takes only these away again",
    steps: [
      {
        before: ({ kubectl }) => kubectl("create -f -", foreign),
        program: patch(`mine: "1"`),
        run: "up",
        steps: ["create p"],
        after: async ({ object }) =>
          expect((await object("configmap", "c"))?.data).toEqual({ ...foreign.data, mine: "1" }),
      },
      { run: "up", steps: [] },
      {
        program: patch(`mine: "2"`),
        run: "up",
        steps: ["update p"],
        after: async ({ object }) =>
          expect((await object("configmap", "c"))?.data).toEqual({ ...foreign.data, mine: "2" }),
      },
      {
        run: "destroy",
        steps: ["delete p"],
        after: async ({ object }) => expect((await object("configmap", "c"))?.data).toEqual(foreign.data),
      },
    ],
  },
  {
    title: "a Patch takes a key over only by patchForce, and deleting it then removes the key",
    steps: [
      {
        before: ({ kubectl }) => kubectl("create -f -", foreign),
        program: patch(`Corefile: "ours"`),
        run: "up",
        steps: ["create p"],
        errors: ["Server-Side Apply field conflict", ".data.Corefile", '"kubectl-create"'],
      },
      {
        program: patch(`Corefile: "ours"`, `${force}, "pulumi.com/patchFieldManager": "lab"`),
        run: "up",
        steps: ["create p"],
        after: async ({ object, resource }) => {
          const live = await object("configmap", "c");
          expect(live?.data).toEqual({ Corefile: "ours", other: "x" });
          expect(managers(live)).toContain("lab Apply");
          expect((await resource("p")).outputs).toMatchObject({ __fieldManager: "lab" });
        },
      },
      {
        program: patch(`Corefile: "ours too"`, `${force}, "pulumi.com/patchFieldManager": "other"`),
        run: "up",
        steps: ["update p"],
        after: async ({ object }) => {
          expect(managers(await object("configmap", "c")).sort()).toEqual(["kubectl-create Update", "other Apply"]);
        },
      },
      {
        run: "destroy",
        steps: ["delete p"],
        after: async ({ object }) => expect((await object("configmap", "c"))?.data).toEqual({ other: "x" }),
      },
    ],
  },
  {
    title: "a Patch of an object that is not there makes it, and its deletion does not bring a deleted one back",
    steps: [
      {
        program: patch(`mine: "1"`),
        run: "up",
        steps: ["create p"],
        after: async ({ object }) => expect((await object("configmap", "c"))?.data).toEqual({ mine: "1" }),
      },
      {
        before: ({ kubectl }) => kubectl("delete configmap c"),
        run: "destroy",
        steps: ["delete p"],
        after: async ({ object }) => expect(await object("configmap", "c")).toBeUndefined(),
      },
    ],
  },
  {
    title: "drift made with kubectl is seen by refresh and repaired",
    steps: [
      { provider: mutable, program: configMap(`a: "1", b: "1"`), run: "up", steps: ["create c"] },
      {
        before: ({ kubectl }) => kubectl('patch configmap c --type merge -p {"data":{"a":"drift","z":"theirs"}}'),
        run: "refresh",
        steps: ["update c"],
        after: async ({ resource }) =>
          expect((await resource("c")).inputs).toMatchObject({ data: { a: "drift", b: "1" } }),
      },
      { run: "preview", steps: ["update c"] },
      {
        run: "up",
        steps: ["update c"],
        after: async ({ object }, run) => {
          expect(differences(run)).toEqual({ "data.a": "update" });
          expect((await object("configmap", "c"))?.data).toMatchObject({ a: "1", b: "1" });
        },
      },
    ],
  },
];

conformance("Ownership of Kubernetes objects", scenarios);
