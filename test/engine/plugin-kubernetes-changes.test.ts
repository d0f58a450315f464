import { expect } from "vitest";
import { type Scenario, conformance, differences } from "./support/kubernetes-conformance";

const configMap = (data: string, more = "", options = "", name = "c"): string =>
  `new k8s.core.v1.ConfigMap("${name}", { metadata: { name: "${name}" }, data: { a: "${data}" }, ${more} }, o({ ${options} }));`;
const autonamed = (data: string): string => `new k8s.core.v1.ConfigMap("c", { data: { a: "${data}" } }, o());`;
const secret = (text: string, type = "Opaque"): string =>
  `new k8s.core.v1.Secret("s", { metadata: { name: "s" }, type: "${type}", stringData: { a: "${text}" } }, o());`;
const deployment = (label: string, replicas = 1, options = ""): string => `new k8s.apps.v1.Deployment("web", {
  metadata: { name: "web", annotations: { "pulumi.com/skipAwait": "true" } },
  spec: { replicas: ${replicas}, selector: { matchLabels: { app: "${label}" } }, template: {
    metadata: { labels: { app: "${label}" } }, spec: { containers: [{ name: "c", image: "i" }] } } } }, o({ ${options} }));`;
const binding = (role: string): string => `new k8s.rbac.v1.RoleBinding("b", { metadata: { name: "b" },
  roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "${role}" }, subjects: [] }, o());`;

const scenarios: Scenario[] = [
  {
    title: "a ConfigMap's data replaces it, the old one first where the name is fixed",
    steps: [
      { program: configMap("1"), run: "up", steps: ["create c"] },
      { program: configMap("2"), run: "preview", steps: ["delete-replaced c", "replace c", "create-replacement c"] },
      {
        run: "up",
        steps: ["delete-replaced c", "replace c", "create-replacement c"],
        after: async ({ object }, run) => {
          expect(differences(run)).toEqual({ "data.a": "update-replace" });
          expect(run.steps.map(({ op }) => op)).toEqual(["delete-replaced", "replace", "create-replacement"]);
          expect((await object("configmap", "c"))?.data).toEqual({ a: "2" });
        },
      },
    ],
  },
  {
    title: "an object that the provider named is replaced by one of a new name, and deleted afterwards",
    steps: [
      { program: autonamed("1"), run: "up", steps: ["create c"] },
      {
        program: autonamed("2"),
        run: "up",
        steps: ["create-replacement c", "replace c", "delete-replaced c"],
        after: async ({ kubectl }, run) => {
          expect(run.steps.map(({ op }) => op)).toEqual(["create-replacement", "replace", "delete-replaced"]);
          expect(await kubectl("get configmap -o name")).toMatch(
            /^configmap\/c-[0-9a-f]{8}\nconfigmap\/kube-root-ca.crt$/,
          );
        },
      },
    ],
  },
  {
    title: "ConfigMaps and Secrets change in place when the provider may, unless they are immutable",
    steps: [
      {
        provider: "enableConfigMapMutable: true, enableSecretMutable: true",
        program: configMap("1") + secret("one"),
        run: "up",
        steps: ["create c", "create s"],
      },
      {
        provider: "enableConfigMapMutable: true, enableSecretMutable: true",
        program: configMap("2") + secret("two"),
        run: "up",
        steps: ["update c", "update s"],
        after: async ({ object }) => {
          expect((await object("configmap", "c"))?.data).toEqual({ a: "2" });
          expect((await object("secret", "s"))?.data).toEqual({ a: "dHdv" });
        },
      },
      {
        provider: "enableConfigMapMutable: true, enableSecretMutable: true",
        program: configMap("2", "immutable: true") + secret("two", "lab/test"),
        run: "up",
        steps: ["update c", "delete-replaced s", "replace s", "create-replacement s"],
      },
      {
        provider: "enableConfigMapMutable: true, enableSecretMutable: true",
        program: configMap("3", "immutable: true") + secret("two", "lab/test"),
        run: "up",
        steps: ["delete-replaced c", "replace c", "create-replacement c"],
      },
    ],
  },
  {
    title: "a changed name or namespace makes a new object before the old one goes",
    steps: [
      { program: configMap("1"), run: "up", steps: ["create c"] },
      {
        program: configMap("1").replace('name: "c" }', 'name: "d" }'),
        run: "up",
        steps: ["create-replacement c", "replace c", "delete-replaced c"],
        after: async ({ object }, run) => {
          expect(differences(run)).toEqual({ "metadata.name": "update-replace" });
          expect(await object("configmap", "c")).toBeUndefined();
          expect((await object("configmap", "d"))?.data).toEqual({ a: "1" });
        },
      },
      {
        program: configMap("1").replace('name: "c" }', 'name: "d", namespace: "default" }'),
        run: "up",
        steps: ["create-replacement c", "replace c", "delete-replaced c"],
        after: async (_, run) => expect(differences(run)).toEqual({ "metadata.namespace": "update-replace" }),
      },
      { run: "destroy", steps: ["delete c"] },
    ],
  },
  {
    title: "fields that cannot change replace the object: selectors, role references",
    steps: [
      { program: deployment("a") + binding("r"), run: "up", steps: ["create web", "create b"] },
      {
        program: deployment("b") + binding("q"),
        run: "up",
        steps: ["web", "b"].flatMap((name) =>
          ["delete-replaced", "replace", "create-replacement"].map((op) => `${op} ${name}`),
        ),
      },
    ],
  },
  {
    title: "a change that the API server refuses in place fails, and keeps object and state",
    steps: [
      {
        program: `new k8s.core.v1.PersistentVolumeClaim("p", { metadata: { name: "p", annotations: { "pulumi.com/skipAwait": "true" } },
          spec: { accessModes: ["ReadWriteOnce"], volumeMode: "Filesystem", resources: { requests: { storage: "1Gi" } } } }, o());`,
        run: "up",
        steps: ["create p"],
      },
      {
        program: `new k8s.core.v1.PersistentVolumeClaim("p", { metadata: { name: "p", annotations: { "pulumi.com/skipAwait": "true" } },
          spec: { accessModes: ["ReadWriteOnce"], volumeMode: "Block", resources: { requests: { storage: "1Gi" } } } }, o());`,
        run: "up",
        steps: ["update p"],
        errors: ['PersistentVolumeClaim "p" was not updated as asked', "spec", "immutable after creation"],
        after: async ({ object }) =>
          expect((await object("pvc", "p"))?.spec).toMatchObject({ volumeMode: "Filesystem" }),
      },
    ],
  },
  {
    title: "ignoreChanges leaves a field to others, and to what it is",
    steps: [
      { program: deployment("a", 1, 'ignoreChanges: ["spec.replicas"]'), run: "up", steps: ["create web"] },
      { program: deployment("a", 3, 'ignoreChanges: ["spec.replicas"]'), run: "up", steps: [] },
      {
        before: ({ kubectl }) => kubectl("scale deployment web --replicas 5"),
        program: deployment("a", 3, 'ignoreChanges: ["spec.replicas"]').replace('"i"', '"i:2"'),
        run: "up",
        steps: ["update web"],
        after: async ({ object }) => expect((await object("deployment", "web"))?.spec).toMatchObject({ replicas: 5 }),
      },
    ],
  },
  {
    title: "protect and retainOnDelete keep the object",
    steps: [
      {
        program: configMap("1", "", "protect: true") + configMap("1", "", "retainOnDelete: true", "d"),
        run: "up",
        steps: ["create c", "create d"],
      },
      { program: configMap("1", "", "protect: true"), run: "up", steps: ["delete d"] },
      {
        run: "destroy",
        steps: ["delete c"],
        errors: ["protected"],
        after: async ({ object }) => {
          expect(await object("configmap", "c")).toBeDefined();
          expect(await object("configmap", "d")).toBeDefined();
        },
      },
    ],
  },
];

conformance("Changes of Kubernetes objects", scenarios);
