import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type LiveObject, runKubectl, type TestCluster } from "./kubectl";
import { type RunningCluster, startTestCluster } from "./kubernetes-cluster";
import { PulumiEngine } from "./pulumi-engine";
import type { PulumiProject } from "./pulumi-project";
import { type Run, changes, messages } from "./pulumi-run";
import type { StateResource } from "./pulumi-stack";

/** One command of a scenario, and what must come of it. */
export interface ScenarioStep {
  /** The program from now on. `k8s`, `pulumi`, `provider`, `o` (options with the provider) and `ns` are there. */
  readonly program?: string;
  /** Replaces the lines that make `provider` and `o`; `path` is the kubeconfig, `settings` what `provider` says. */
  readonly setup?: string;
  /** Provider arguments besides kubeconfig and namespace, as a program writes them: `enableConfigMapMutable: true`. */
  readonly provider?: string;
  /** What happens in the cluster before the command. */
  readonly before?: (scene: Scene) => Promise<unknown>;
  readonly run: "up" | "preview" | "refresh" | "destroy" | readonly [type: string, name: string, id: string];
  readonly flags?: readonly string[];
  /** The steps that the engine must take, in any order: `create web`. */
  readonly steps: readonly string[];
  /** Texts that the errors must hold; the command must fail then, and must succeed otherwise. */
  readonly errors?: readonly string[];
  /** Texts that the warnings must hold. */
  readonly warnings?: readonly string[];
  /** What must be so afterwards. */
  readonly after?: (scene: Scene, run: Run) => Promise<unknown>;
}

export interface Scenario {
  readonly title: string;
  readonly steps: readonly ScenarioStep[];
}

/** Where a scenario plays: a namespace and a Pulumi project of its own. */
export interface Scene {
  readonly ns: string;
  readonly project: PulumiProject;
  /** Runs kubectl in the scene's namespace; `input` is a manifest for stdin. Throws when it fails. */
  kubectl(args: string, input?: object): Promise<string>;
  /** An object of the scene's namespace, or of the cluster; `undefined` when there is none. */
  object(kind: string, name: string): Promise<LiveObject | undefined>;
  resource(name: string): Promise<StateResource>;
}

/** Declares one test for each scenario, on a cluster and an engine that they share. */
export function conformance(title: string, scenarios: readonly Scenario[]): void {
  let cluster: RunningCluster;
  let engine: PulumiEngine;

  describe(title, () => {
    beforeAll(async () => {
      [cluster, engine] = await Promise.all([startTestCluster(), PulumiEngine.create()]);
    });
    afterAll(async () => {
      engine?.dispose();
      await cluster?.stop();
    });

    it.each(scenarios.map((scenario) => [scenario.title, scenario] as const))("%s", async (_, scenario) => {
      const scene = await openScene(cluster, engine);
      for (const step of scenario.steps) await play(step, scene, cluster);
      await scene.kubectl(`delete namespace ${scene.ns} --wait=false`);
    });
  });
}

/** How each property of the one resource that a run changed differs: `{ "data.a": "update" }`. */
export function differences(run: Run): Record<string, string> {
  const details = run.steps.map(({ detailedDiff }) => detailedDiff).find((found) => Object.keys(found).length > 0);
  return Object.fromEntries(
    Object.entries((details ?? {}) as Record<string, { diffKind?: string }>).map(([path, { diffKind = "" }]) => [
      path,
      diffKind,
    ]),
  );
}

async function play(step: ScenarioStep, scene: Scene, { kubeconfig }: TestCluster): Promise<void> {
  if (step.program !== undefined) scene.project.program(program(step, scene.ns, kubeconfig));
  await step.before?.(scene);
  const run = await command(step, scene);
  const failure = messages(run, "error");
  const said = `${run.stdout}\n${run.stderr}`;
  expect(changes(run).sort(), said).toEqual([...step.steps].sort());
  expect(run.exitCode === 0, said).toBe(step.errors === undefined);
  for (const text of step.errors ?? []) expect(failure).toContain(filled(text, scene));
  for (const text of step.warnings ?? []) expect(messages(run, "warning")).toContain(filled(text, scene));
  await step.after?.(scene, run);
}

function command({ run, flags = [] }: ScenarioStep, { project, ns }: Scene): Promise<Run> {
  if (typeof run === "string") return project[run](...flags);
  const [type, name, id] = run;
  return project.import(type, name, id.replaceAll("{ns}", ns), ...flags);
}

const usualSetup = `
  const provider = new k8s.Provider("lab", { kubeconfig: path, namespace: ns, ...settings });
  const o = (more = {}) => ({ provider, ...more });`;

function program(
  { program: body = "", provider = "", setup = usualSetup }: ScenarioStep,
  ns: string,
  path: string,
): string {
  return [
    `const pulumi = require("@pulumi/pulumi");`,
    `const k8s = require("@pulumi/kubernetes");`,
    `const [ns, path, settings] = [${JSON.stringify(ns)}, ${JSON.stringify(path)}, { ${provider} }];`,
    setup,
    body,
  ].join("\n");
}

/** Test files may share a cluster: each has namespaces of its own. */
const prefix = `scene-${randomBytes(2).toString("hex")}`;
let scenes = 0;

async function openScene(cluster: TestCluster, engine: PulumiEngine): Promise<Scene> {
  const ns = `${prefix}-${++scenes}`;
  const project = await engine.project({
    program: "",
    env: { KUBECTL: cluster.kubectl, KUBECONFIG: cluster.kubeconfig },
  });
  const kubectl: Scene["kubectl"] = (args, input) => runKubectl(cluster, ["-n", ns, ...args.split(" ")], input);
  await kubectl(`create namespace ${ns}`);
  return {
    ns,
    project,
    kubectl,
    resource: (name) => project.resource(name),
    async object(kind, name) {
      const found = await kubectl(`get ${kind} ${name} --ignore-not-found --show-managed-fields -o json`);
      return found === "" ? undefined : (JSON.parse(found) as LiveObject);
    },
  };
}

function filled(text: string, { ns }: Scene): string {
  return text.replaceAll("{ns}", ns);
}
