import { expect } from "vitest";
import { type Scenario, conformance } from "./support/kubernetes-conformance";

const configMap = `new k8s.core.v1.ConfigMap("c", { data: { a: "1" } }, o());`;
/** The scene's kubeconfig with another server or user; what the program gives to a provider. */
const other = (change: string): string => `
  const kubeconfig = require("yaml").parse(require("fs").readFileSync(path, "utf8"));
  ${change}
  const provider = new k8s.Provider("lab", { kubeconfig: JSON.stringify(kubeconfig), namespace: ns, ...settings });
  const o = (more = {}) => ({ provider, ...more });`;
const elsewhere = other(`kubeconfig.clusters[0].cluster.server = "https://127.0.0.1:1";`);

const scenarios: Scenario[] = [
  {
    title: "an unreachable cluster lets a preview pass, fails an update, and keeps the state until told otherwise",
    steps: [
      { program: configMap, setup: elsewhere, run: "preview", steps: ["create c"] },
      { run: "up", steps: ["create c"], errors: ["unreachable", "https://127.0.0.1:1", "ECONNREFUSED"] },
      { program: configMap, run: "up", steps: ["create c"] },
      {
        program: configMap,
        setup: elsewhere,
        provider: `clusterIdentifier: "x"`,
        run: "preview",
        steps: ["replace c", "create-replacement c", "delete-replaced c"],
      },
    ],
  },
  {
    title: "a provider that points to another cluster replaces what it made; other changes do not",
    steps: [
      { program: configMap, run: "up", steps: ["create c"] },
      { program: configMap, provider: "enableConfigMapMutable: true", run: "up", steps: [] },
      {
        program: configMap,
        setup: other(
          `kubeconfig.clusters[0].cluster.server = kubeconfig.clusters[0].cluster.server.replace("127.0.0.1", "localhost");`,
        ),
        run: "preview",
        steps: ["create-replacement c", "replace c", "delete-replaced c"],
      },
    ],
  },
  {
    title: "wrong settings are refused with what is wrong",
    steps: [
      {
        program: configMap,
        provider: `context: "nowhere"`,
        run: "up",
        steps: ["create c"],
        errors: ['context "nowhere" does not exist'],
      },
      {
        program: configMap,
        provider: `renderYamlToDirectory: "out"`,
        run: "up",
        steps: [],
        errors: ["renderYamlToDirectory", "not supported"],
      },
    ],
  },
  {
    title: "a missing permission is told with user, verb and kind, and a preview does without",
    steps: [
      {
        before: ({ kubectl }) => kubectl("create serviceaccount nobody"),
        program: configMap,
        setup: other(`
          const kubectl = require("child_process").execFileSync;
          const token = kubectl(process.env.KUBECTL, ["--kubeconfig", path, "-n", ns, "create", "token", "nobody"]).toString();
          kubeconfig.users[0].user = { token };`),
        run: "preview",
        steps: ["create c"],
      },
      { run: "up", steps: ["create c"], errors: ["forbidden", "{ns}:nobody", 'cannot create resource "configmaps"'] },
    ],
  },
  {
    title: "a removed API version is warned of",
    steps: [
      {
        program: `new k8s.apiextensions.CustomResource("b", { apiVersion: "policy/v1beta1", kind: "PodDisruptionBudget",
          metadata: { name: "b" }, spec: { minAvailable: 1, selector: {} } }, o());`,
        run: "preview",
        steps: ["create b"],
        warnings: [
          "policy/v1beta1/PodDisruptionBudget was removed in Kubernetes v1.25: use policy/v1/PodDisruptionBudget",
        ],
      },
    ],
  },
  {
    title: "without server-side apply objects are labelled, merged and kept",
    steps: [
      {
        provider: "enableServerSideApply: false, enableConfigMapMutable: true",
        program: `new k8s.core.v1.ConfigMap("c", { metadata: { name: "c" }, data: { a: "1", b: "1" } }, o());`,
        run: "up",
        steps: ["create c"],
        after: async ({ object }) => {
          expect((await object("configmap", "c"))?.metadata.labels).toEqual({
            "app.kubernetes.io/managed-by": "pulumi",
          });
        },
      },
      {
        before: ({ kubectl }) => kubectl(`patch configmap c --type merge -p {"data":{"z":"theirs"}}`),
        provider: "enableServerSideApply: false, enableConfigMapMutable: true",
        program: `new k8s.core.v1.ConfigMap("c", { metadata: { name: "c" }, data: { a: "2" } }, o());`,
        run: "up",
        steps: ["update c"],
        after: async ({ object }) => expect((await object("configmap", "c"))?.data).toEqual({ a: "2", z: "theirs" }),
      },
    ],
  },
];

conformance("The Kubernetes provider", scenarios);
