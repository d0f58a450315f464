import { expect } from "vitest";
import { type Scenario, conformance } from "./support/kubernetes-conformance";

const nowhere = `nodeSelector: { place: "nowhere" },`;
const pods = (more: string): string =>
  `{ metadata: { labels: { app: "web" } }, spec: { ${more} containers: [{ name: "c", image: "i" }] } }`;
const workload = (kind: string, template: string, spec = "", options = "", annotations = ""): string =>
  `new k8s.apps.v1.${kind}("web", { metadata: { name: "web", annotations: { ${annotations} } }, spec: { ${spec}
    selector: { matchLabels: { app: "web" } }, template: ${template} } }, o({ ${options} }));`;
const short = `customTimeouts: { create: "3s", update: "3s", delete: "3s" }`;
const job = (more: string, options = ""): string =>
  `new k8s.batch.v1.Job("job", { metadata: { name: "job" }, spec: { backoffLimit: 0, ${more} } }, o({ ${options} }));`;
const jobPods = (more: string): string =>
  `template: { spec: { ${more} restartPolicy: "Never", containers: [{ name: "c", image: "i" }] } }`;
const service = (spec: string, options = ""): string =>
  `new k8s.core.v1.Service("svc", { metadata: { name: "svc" }, spec: { ports: [{ port: 80 }], ${spec} } }, o({ ${options} }));`;

const scenarios: Scenario[] = [
  {
    title: "a Deployment, a StatefulSet and a DaemonSet are waited for until their Pods are ready",
    steps: [
      {
        program: workload("Deployment", pods(""), "replicas: 2,"),
        run: "up",
        steps: ["create web"],
        after: async ({ resource }) => {
          expect((await resource("web")).outputs).toMatchObject({ status: { readyReplicas: 2, availableReplicas: 2 } });
        },
      },
      {
        program: workload("Deployment", pods("").replace('"i"', '"i:2"'), "replicas: 2,"),
        run: "up",
        steps: ["update web"],
        after: async ({ resource }) => {
          expect((await resource("web")).outputs).toMatchObject({ status: { updatedReplicas: 2, readyReplicas: 2 } });
        },
      },
      {
        program:
          workload("StatefulSet", pods(""), `serviceName: "web", replicas: 2,`).replaceAll('"web"', '"db"') +
          workload("DaemonSet", pods("")).replaceAll('"web"', '"agent"'),
        run: "up",
        steps: ["create db", "create agent", "delete web"],
        after: async ({ resource }) => {
          expect((await resource("db")).outputs).toMatchObject({ status: { readyReplicas: 2 } });
          expect((await resource("agent")).outputs).toMatchObject({ status: { numberReady: expect.any(Number) } });
        },
      },
    ],
  },
  {
    title: "what is not ready in time is an error with the reasons, stays in the state, and is waited for again",
    steps: [
      {
        program: workload("Deployment", pods(nowhere), "", short),
        run: "up",
        steps: ["create web"],
        errors: [
          "Deployment {ns}/web was not ready after 3 s",
          "0 of 1 Pods are ready",
          "[MinimumReplicasUnavailable]",
          "Pod {ns}/web-",
          "didn't match Pod's node affinity",
        ],
        after: async ({ resource, ns }) => {
          const { id, initErrors = [] } = await resource("web");
          expect(id).toBe(`${ns}/web`);
          expect(initErrors.join("\n")).toContain("0 of 1 Pods are ready");
        },
      },
      { run: "refresh", steps: [], warnings: ["exists but is not ready", "0 of 1 Pods are ready"] },
      { run: "up", steps: ["update web"], errors: ["was not ready after 3 s"] },
      {
        program: workload("Deployment", pods(""), "", short),
        run: "up",
        steps: ["update web"],
        after: async ({ resource }) => expect((await resource("web")).initErrors ?? []).toEqual([]),
      },
      { run: "up", steps: [] },
    ],
  },
  {
    title: "annotations skip the wait, limit it, or name another condition",
    steps: [
      {
        program: workload("Deployment", pods(nowhere), "", "", `"pulumi.com/skipAwait": "true"`),
        run: "up",
        steps: ["create web"],
      },
      {
        program: workload("Deployment", pods(nowhere), "", "", `"pulumi.com/timeoutSeconds": "2"`),
        run: "up",
        steps: ["update web"],
        errors: ["was not ready after 2 s"],
      },
      {
        program: workload("Deployment", pods(nowhere), "", "", `"pulumi.com/waitFor": "condition=Available=False"`),
        run: "up",
        steps: ["update web"],
      },
    ],
  },
  {
    title: "a Job is waited for until it is complete, and fails as soon as it has failed",
    steps: [
      {
        program: job(jobPods("")),
        run: "up",
        steps: ["create job"],
        after: async ({ resource }) =>
          expect((await resource("job")).outputs).toMatchObject({ status: { succeeded: 1 } }),
      },
      {
        program: job(`activeDeadlineSeconds: 1, ${jobPods(nowhere)}`),
        run: "up",
        steps: ["delete-replaced job", "replace job", "create-replacement job"],
        errors: ["Job {ns}/job failed", "[DeadlineExceeded]"],
      },
    ],
  },
  {
    title: "a Service is waited for until its Pods are ready or its load balancer has an address",
    steps: [
      {
        program:
          workload("Deployment", pods("")) +
          service(`selector: { app: "web" }`) +
          service(`clusterIP: "None", selector: { app: "nobody" }`).replaceAll('"svc"', '"headless"') +
          service("").replaceAll('"svc"', '"manual"') +
          service(`type: "ExternalName", externalName: "example.org"`).replaceAll('"svc"', '"external"'),
        run: "up",
        steps: ["create web", "create svc", "create headless", "create manual", "create external"],
      },
      {
        program: service(`type: "LoadBalancer"`, short).replaceAll('"svc"', '"balanced"'),
        run: "up",
        flags: ["--target", "**balanced"],
        steps: ["create balanced"],
        errors: ["was not ready after 3 s", "load balancer address"],
      },
    ],
  },
  {
    title: "a deletion waits until the object is gone, and names the finalizers that hold it",
    steps: [
      {
        program: `new k8s.core.v1.ConfigMap("held", { metadata: { name: "held", finalizers: ["lab.test/hold"] }, data: {} }, o({ ${short} }));`,
        run: "up",
        steps: ["create held"],
      },
      {
        run: "destroy",
        steps: ["delete held"],
        errors: ["still exists after 3 s", "lab.test/hold"],
        after: async ({ resource }) => expect(await resource("held")).toBeDefined(),
      },
      {
        before: ({ kubectl }) => kubectl(`patch configmap held --type merge -p {"metadata":{"finalizers":null}}`),
        run: "destroy",
        steps: ["delete held"],
      },
    ],
  },
  {
    title: "deleting a namespace waits until all in it is gone, and may leave owned objects behind when asked",
    steps: [
      {
        program: `const team = new k8s.core.v1.Namespace("team", { metadata: { name: ns + "-team" } }, o());
          new k8s.core.v1.ConfigMap("inside", { metadata: { name: "i", namespace: team.metadata.name }, data: {} }, o({ deletedWith: team }));
          ${workload("Deployment", pods(""), "", "", `"pulumi.com/deletionPropagationPolicy": "orphan"`)}`,
        run: "up",
        steps: ["create team", "create inside", "create web"],
      },
      {
        run: "destroy",
        steps: ["delete team", "delete inside", "delete web"],
        after: async ({ object, kubectl, ns }) => {
          expect(await object("namespace", `${ns}-team`)).toBeUndefined();
          expect(await kubectl("get replicaset -o name")).toContain("replicaset.apps/web-");
        },
      },
    ],
  },
  {
    title: "an interrupt ends a wait at once, and keeps what is known",
    steps: [
      {
        program: workload("Deployment", pods(nowhere)),
        before: async ({ project, kubectl }) => {
          const running = project.start("up", "--skip-preview", "--yes");
          await kubectl("wait --for=create deployment/web --timeout=60s");
          running.process.kill("SIGINT");
          const { exitCode } = await running.done;
          expect(exitCode).not.toBe(0);
        },
        run: "destroy",
        steps: ["delete web"],
      },
    ],
  },
];

conformance("The readiness of Kubernetes objects", scenarios);
