import { LimitRange, Namespace, ResourceQuota } from "@pulumi/kubernetes/core/v1";
import { NetworkPolicy } from "@pulumi/kubernetes/networking/v1";
import type * as pulumi from "@pulumi/pulumi";
import type { Project } from "../../model/project";
import { podSecurityLabels } from "../pod-security";
import { projectAnnotations, projectLabels } from "./labels";
import { networkPolicies } from "./network-policies";

/** How a project's namespace and its guards are to be deleted. */
export interface NamespaceDeletion {
  /** The namespace cannot be deleted. */
  readonly protect: boolean;
  /** The namespace stays in the cluster, and so do its guards: what still runs must not become less confined. */
  readonly retainOnDelete: boolean;
}

export interface GuardedNamespace {
  readonly namespace: Namespace;
  /** What confines the pods of the namespace. */
  readonly guards: readonly pulumi.Resource[];
}

/** Declares a project's namespace with its quota, its container defaults and its network policies. */
export function declareNamespace(
  name: string,
  project: Project,
  { protect, retainOnDelete }: NamespaceDeletion,
  opts: pulumi.CustomResourceOptions,
): GuardedNamespace {
  const labels = projectLabels(project);
  const namespace = new Namespace(
    `${name}-namespace`,
    {
      metadata: {
        name: project.namespace,
        labels: { ...labels, ...podSecurityLabels(project.podSecurity) },
        annotations: projectAnnotations(project),
      },
    },
    { ...opts, protect, retainOnDelete },
  );
  // Guards go with the namespace and not before it, as pods run until it goes.
  const inside = { ...opts, dependsOn: namespace, deletedWith: namespace, retainOnDelete };
  const metadata = (object: string) => ({ name: object, namespace: project.namespace, labels });
  const quota = new ResourceQuota(
    `${name}-quota`,
    { metadata: metadata("dso-quota"), spec: { hard: project.quota } },
    inside,
  );
  const limits = new LimitRange(
    `${name}-limits`,
    {
      metadata: metadata("dso-limits"),
      spec: {
        limits: [
          {
            type: "Container",
            defaultRequest: project.containerDefaults.requests,
            default: project.containerDefaults.limits,
          },
        ],
      },
    },
    inside,
  );
  const policies = networkPolicies(project.network).map(
    (policy) =>
      new NetworkPolicy(`${name}-${policy.name}`, { metadata: metadata(policy.name), spec: policy.spec }, inside),
  );
  return { namespace, guards: [quota, limits, ...policies] };
}
