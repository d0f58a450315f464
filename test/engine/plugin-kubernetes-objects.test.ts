import { expect } from "vitest";
import { type Scenario, conformance, differences } from "./support/kubernetes-conformance";

const settings = `new k8s.core.v1.ConfigMap("settings", { data: { a: "1" } }, o());`;

const crd = `const crd = new k8s.apiextensions.v1.CustomResourceDefinition("crd", {
  metadata: { name: "widgets.lab.test" },
  spec: {
    group: "lab.test",
    scope: "Namespaced",
    names: { kind: "Widget", plural: "widgets" },
    versions: [{
      name: "v1", served: true, storage: true,
      schema: { openAPIV3Schema: { type: "object", properties: {
        spec: { type: "object", properties: { size: { type: "integer" } }, x_kubernetes_preserve_unknown_fields: true },
      } } },
    }],
  },
}, o());`;
const widget = (size: string | number): string => `new k8s.apiextensions.CustomResource("widget", {
  apiVersion: "lab.test/v1", kind: "Widget", metadata: { name: "widget" }, spec: { size: ${JSON.stringify(size)}, off: false },
}, o({ dependsOn: typeof crd === "undefined" ? [] : [crd] }));`;

const scenarios: Scenario[] = [
  {
    title: "an object is created, left alone when nothing changed, changed in place, and deleted",
    steps: [
      {
        program: `new k8s.core.v1.Namespace("team", { metadata: { name: ns + "-team" } }, o());`,
        run: "up",
        steps: ["create team"],
      },
      { run: "up", steps: [] },
      {
        program: `new k8s.core.v1.Namespace("team", { metadata: { name: ns + "-team", labels: { tier: "x" } } }, o());`,
        run: "up",
        steps: ["update team"],
        after: async ({ object, ns }, run) => {
          expect(differences(run)).toEqual({ "metadata.labels": "add" });
          expect((await object("namespace", `${ns}-team`))?.metadata.labels).toMatchObject({ tier: "x" });
        },
      },
      {
        run: "destroy",
        steps: ["delete team"],
        after: async ({ object, ns }) => expect(await object("namespace", `${ns}-team`)).toBeUndefined(),
      },
    ],
  },
  {
    title: "an unnamed object gets a name of its own, in the provider's namespace, and keeps it",
    steps: [
      {
        program: settings,
        run: "up",
        steps: ["create settings"],
        after: async ({ resource, ns, object }) => {
          const { id, outputs } = await resource("settings");
          expect(id).toMatch(new RegExp(`^${ns}/settings-[0-9a-f]{8}$`));
          expect(outputs).toMatchObject({
            __fieldManager: expect.stringMatching(/^pulumi-kubernetes-[0-9a-f]{8}$/),
            __initialApiVersion: "v1",
            __inputs: {
              data: { a: "1" },
              metadata: { namespace: ns, annotations: { "pulumi.com/autonamed": "true" } },
            },
            metadata: { uid: expect.any(String), namespace: ns },
          });
          expect(await object("configmap", id?.split("/")[1] ?? "")).toMatchObject({ data: { a: "1" } });
        },
      },
      {
        program: `${settings.replace("{ data", '{ metadata: { labels: { a: "b" } }, data')}`,
        run: "up",
        steps: ["update settings"],
      },
    ],
  },
  {
    title: "a preview is computed by the API server, stores nothing, and leaves unknown what only the update can tell",
    steps: [
      {
        program: `
          const service = new k8s.core.v1.Service("web", { metadata: { name: "web" }, spec: { ports: [{ port: 80 }] } }, o());
          new k8s.core.v1.ConfigMap("address", { metadata: { name: "a" }, data: { status: service.status.apply(String) } }, o());`,
        run: "preview",
        steps: ["create web", "create address"],
        after: async ({ object }, run) => {
          // The port's defaults are the API server's; the status would be a guess.
          expect(run.steps.find(({ name }) => name === "web")?.new?.inputs).not.toHaveProperty("status");
          expect(await object("service", "web")).toBeUndefined();
        },
      },
      {
        program: `new k8s.core.v1.Service("web", { metadata: { name: "web" }, spec: { ports: [{ port: 99999 }] } }, o());`,
        run: "preview",
        steps: ["create web"],
        errors: ["spec.ports[0].port", "must be between 1 and 65535"],
      },
      {
        program: `new k8s.core.v1.ConfigMap("late", { metadata: { name: "late", namespace: "not-yet" }, data: {} }, o());`,
        run: "preview",
        steps: ["create late"],
      },
    ],
  },
  {
    title: "what the API server refuses is told with object, field and cause",
    steps: [
      {
        program: `new k8s.apps.v1.Deployment("web", { metadata: { name: "web" }, spec: {
          selector: { matchLabels: { app: "a" } },
          template: { metadata: { labels: { app: "b" } }, spec: { containers: [{ name: "c", image: "i" }] } } } }, o());`,
        run: "up",
        steps: ["create web"],
        errors: ['kubernetes:apps/v1:Deployment "web" was not created', "spec.template.metadata.labels", "selector"],
      },
      {
        program: `new k8s.apps.v1.Deployment("web", { metadata: { name: "web" }, spec: { replicas: "three",
          selector: { matchLabels: { app: "a" } },
          template: { metadata: { labels: { app: "a" } }, spec: { containers: [{ name: "c", image: "i" }] } } } }, o());`,
        run: "preview",
        steps: ["create web"],
        errors: ["Deployment", "replicas", "int32"],
      },
    ],
  },
  {
    title: "a CustomResourceDefinition and its objects come in one program, also in a preview",
    steps: [
      { program: crd + widget(1), run: "preview", steps: ["create crd", "create widget"] },
      { run: "up", steps: ["create crd", "create widget"] },
      { run: "up", steps: [] },
      {
        program: crd + widget(2),
        run: "up",
        steps: ["update widget"],
        after: async (_, run) => {
          expect(differences(run)).toEqual({ "spec.size": "update" });
        },
      },
      {
        program: crd + widget("big"),
        run: "preview",
        steps: ["update widget"],
        errors: ["spec.size", "expected numeric"],
      },
      {
        program:
          crd.replace('scope: "Namespaced"', 'conversion: { strategy: "None" }, scope: "Namespaced"') + widget(2),
        run: "up",
        steps: ["update crd"],
      },
      { run: "destroy", steps: ["delete widget", "delete crd"] },
    ],
  },
  {
    title: "an object whose kind nobody defines fails, and says what is missing",
    steps: [{ program: widget(1).replaceAll("lab.test", "nobody.test"), run: "preview", steps: ["create widget"] }],
  },
  {
    title: "spellings that mean the same are no difference",
    steps: [
      {
        program: `new k8s.apps.v1.Deployment("web", {
          metadata: { name: "web", annotations: { "pulumi.com/skipAwait": "true" }, labels: {} },
          spec: { replicas: 0, paused: false, selector: { matchLabels: { app: "web" } }, template: {
            metadata: { labels: { app: "web" } },
            spec: { hostNetwork: false, nodeSelector: {}, containers: [{ name: "c", image: "i", args: [],
              env: [{ name: "E", value: "" }], resources: { limits: { cpu: "0.5", memory: "1024Mi" } },
              volumeMounts: [{ name: "v", mountPath: "/v", readOnly: false, subPath: "" }] }],
              volumes: [{ name: "v", emptyDir: {} }] } } } }, o());
          new k8s.rbac.v1.RoleBinding("binding", { metadata: { name: "b" },
            roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "r" },
            subjects: [{ kind: "ServiceAccount", name: "default", namespace: ns, apiGroup: "" }] }, o());`,
        run: "up",
        steps: ["create web", "create binding"],
      },
      { run: "up", steps: [] },
      { run: "refresh", steps: [] },
      { run: "up", steps: [] },
    ],
  },
];

conformance("Kubernetes objects", scenarios);
