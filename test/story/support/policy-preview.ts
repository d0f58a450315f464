import { join } from "node:path";
import type { Run } from "../../engine/support/pulumi-run";
import { PulumiEngine } from "../../engine/support/pulumi-engine";

const PACK = join(__dirname, "..", "..", "..", "policies");

/** A Kubernetes object, as a file in a repository has it. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string } & Readonly<Record<string, unknown>>;
  readonly [key: string]: unknown;
}

/** The program of somebody who has never heard of the factory: it declares what it is given. */
const program = `
  const pulumi = require("@pulumi/pulumi");
  const { Provider } = require("@pulumi/kubernetes/provider");
  const provider = new Provider("cluster", { enableServerSideApply: true, upsertExistingObjects: true });
  for (const { type, name, inputs } of require("./resources.json")) {
    new pulumi.CustomResource(type, name, inputs, { provider });
  }
`;

/** What the pack says to a plain program that declares these objects, each as a resource of the given name. */
export async function previewWithPolicies(
  kubeconfig: string,
  objects: Readonly<Record<string, KubernetesObject>>,
): Promise<Run> {
  const engine = await PulumiEngine.create();
  try {
    const project = await engine.project({ program, env: { KUBECONFIG: kubeconfig } });
    const resources = Object.entries(objects).map(([name, inputs]) => ({ type: typeOf(inputs), name, inputs }));
    project.write("resources.json", JSON.stringify(resources));
    return await project.preview("--policy-pack", PACK);
  } finally {
    engine.dispose();
  }
}

/** Pulumi's type token: an object that is to change some keys of a ConfigMap is a patch. */
function typeOf({ apiVersion, kind, metadata }: KubernetesObject): string {
  const group = apiVersion.includes("/") ? apiVersion : `core/${apiVersion}`;
  const isPatch = kind === "ConfigMap" && metadata.namespace === "argocd";
  return `kubernetes:${group}:${kind}${isPatch ? "Patch" : ""}`;
}
