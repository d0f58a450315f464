import { expect } from "vitest";
import { type Scenario, conformance } from "./support/kubernetes-conformance";

const configMap = (options = ""): string =>
  `new k8s.core.v1.ConfigMap("c", { metadata: { name: "c", namespace: ns }, data: { a: "1" } }, o({ ${options} }));`;
const password = "correct-horse-battery";
const secrets = `
  const secret = new k8s.core.v1.Secret("s", { metadata: { name: "s" }, stringData: { password: "${password}" } }, o());
  new k8s.core.v1.ConfigMap("c", { metadata: { name: "c" }, data: { token: pulumi.secret("${password}"), open: "x" } }, o());
  exports.data = secret.data;`;
const manifest = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "c" }, data: { a: "1" } };

const scenarios: Scenario[] = [
  {
    title: "refresh forgets what is gone, and the next update makes it anew",
    steps: [
      { program: configMap(), run: "up", steps: ["create c"] },
      { run: "refresh", steps: [] },
      {
        before: ({ kubectl }) => kubectl("delete configmap c"),
        run: "refresh",
        steps: ["delete c"],
        after: async ({ project }) => expect(await project.resources()).toEqual([]),
      },
      { run: "up", steps: ["create c"] },
      {
        before: ({ kubectl }) => kubectl("delete configmap c"),
        run: "destroy",
        steps: ["delete c"],
      },
    ],
  },
  {
    title: "an update of what is gone says so, and names the way out",
    steps: [
      { provider: "enableConfigMapMutable: true", program: configMap(), run: "up", steps: ["create c"] },
      {
        before: ({ kubectl }) => kubectl("delete configmap c"),
        provider: "enableConfigMapMutable: true",
        program: configMap().replace('"1"', '"2"'),
        run: "up",
        steps: ["update c"],
        errors: ['configmaps "c" not found', "pulumi refresh"],
      },
    ],
  },
  {
    title: "an existing object is imported by an option of the program, without a difference afterwards",
    steps: [
      {
        before: ({ kubectl }) => kubectl("create -f -", manifest),
        program: configMap("import: `${ns}/c`"),
        run: "up",
        steps: ["import c"],
        after: async ({ resource, ns }) => {
          const { id, inputs, outputs } = await resource("c");
          expect(id).toBe(`${ns}/c`);
          expect(inputs).toEqual({ ...manifest, metadata: { name: "c", namespace: ns } });
          expect(outputs).toMatchObject({ __initialApiVersion: "v1", data: { a: "1" } });
        },
      },
      { program: configMap(), run: "up", steps: [] },
      {
        run: "destroy",
        steps: ["delete c"],
        after: async ({ object }) => expect(await object("configmap", "c")).toBeUndefined(),
      },
    ],
  },
  {
    title: "an existing object is imported by command, with the kubeconfig that kubectl would use",
    steps: [
      {
        before: ({ kubectl }) => kubectl("create -f -", manifest),
        run: ["kubernetes:core/v1:ConfigMap", "c", "{ns}/c"],
        steps: ["import c"],
        after: async ({ resource, ns }) => {
          expect((await resource("c")).inputs).toEqual({ ...manifest, metadata: { name: "c", namespace: ns } });
        },
      },
      { run: ["kubernetes:core/v1:ConfigMap", "d", "{ns}/nobody"], steps: ["import d"], errors: ["does not exist"] },
    ],
  },
  {
    title: "an import fails when there is no such object, or when the program says otherwise",
    steps: [
      { program: configMap("import: `${ns}/c`"), run: "up", steps: ["import c"], errors: ["does not exist"] },
      {
        before: ({ kubectl }) => kubectl("create -f -", { ...manifest, data: { a: "other" } }),
        run: "up",
        steps: ["import c"],
        errors: ["data.a", "may not be replaced"],
      },
    ],
  },
  {
    title: "an object is read by get, also one of a CRD or a Secret, whose data stays secret",
    steps: [
      {
        before: async ({ kubectl }) => {
          await kubectl("create -f -", manifest);
          await kubectl(`create secret generic s --from-literal=password=${password}`);
        },
        program: `
          const found = k8s.core.v1.ConfigMap.get("found", ns + "/c", o());
          const secret = k8s.core.v1.Secret.get("secret", ns + "/s", o());
          exports.a = found.data.apply((data) => data.a);
          exports.password = secret.data.apply((data) => Buffer.from(data.password, "base64").toString());`,
        run: "up",
        steps: ["read found", "read secret"],
        after: async ({ project }) => {
          expect(await project.outputs()).toEqual({ a: "1", password });
          expect(project.stateFile()).not.toContain(Buffer.from(password).toString("base64"));
        },
      },
      {
        program: `k8s.core.v1.ConfigMap.get("missing", ns + "/nobody", o());`,
        run: "up",
        steps: ["read missing"],
        errors: ["does not exist"],
      },
    ],
  },
  {
    title: "secrets stay secret in state, previews and messages",
    steps: [
      {
        program: secrets,
        run: "up",
        steps: ["create s", "create c"],
        after: async ({ project, object }, run) => {
          const base64 = Buffer.from(password).toString("base64");
          expect((await object("secret", "s"))?.data).toEqual({ password: base64 });
          expect(await project.outputs()).toEqual({ data: { password: base64 } });
          for (const text of [project.stateFile(), run.stdout, run.stderr, JSON.stringify(run.steps)]) {
            expect(text).not.toContain(password);
            expect(text).not.toContain(base64);
          }
          expect(project.stateFile()).toContain('"open": "x"');
        },
      },
      { run: "up", steps: [] },
      {
        run: "refresh",
        steps: [],
        after: async ({ project }) => expect(project.stateFile()).not.toContain(password),
      },
      {
        program: `new k8s.apps.v1.Deployment("web", { metadata: { name: "web" }, spec: {
          selector: { matchLabels: { app: "web" } }, template: { metadata: { labels: { app: "web" } },
          spec: { containers: [{ name: "c", image: "i", ports: [{ name: pulumi.secret("${password}"), containerPort: 80 }] }] } } } }, o());`,
        run: "up",
        flags: ["--target", "**web"],
        steps: ["create web"],
        errors: ["spec.template.spec.containers[0].ports[0].name"],
        after: async (_, run) => expect(run.stdout + run.stderr).not.toContain(password),
      },
    ],
  },
];

conformance("The state of Kubernetes objects", scenarios);
