import { z } from "zod";
import { QUANTITY_PATTERN, quantityValue } from "../quantities";
import type { Finding } from "../report";
import { judge, strict, text } from "./strict";

function quantityRule(value: string): Finding | undefined {
  if (QUANTITY_PATTERN.test(value)) return undefined;
  const bare = value
    .replaceAll(/\s/g, "")
    .replace(/^([0-9.]+)([kmgtpe])i?b?$/i, (_, digits: string, unit: string) => `${digits}${unit.toUpperCase()}i`);
  return {
    message: "the value is not a Kubernetes quantity",
    allowed: "a number with at most one suffix: 500m, 2, 256Mi, 4Gi",
    fix: QUANTITY_PATTERN.test(bare) ? `write ${bare}` : "write a number and a suffix without a space",
  };
}

/** A quantity of Kubernetes, as text or as a bare number. */
export const quantity = z
  .union([z.string(), z.number()])
  .transform(String)
  .check(judge(quantityRule))
  .describe("A Kubernetes quantity: 500m, 2, 256Mi, 4Gi.");

const computeShape = {
  cpu: quantity.optional(),
  memory: quantity.optional(),
  "ephemeral-storage": quantity.optional(),
};

/** CPU, memory and ephemeral storage of one container. */
export const compute = strict(computeShape);

function requestsWithinLimits(value: {
  requests?: Readonly<Record<string, string | undefined>> | undefined;
  limits?: Readonly<Record<string, string | undefined>> | undefined;
}): Finding | undefined {
  for (const [resource, request] of Object.entries(value.requests ?? {})) {
    const limit = value.limits?.[resource];
    if (request === undefined || limit === undefined) continue;
    if ((quantityValue(request) ?? 0) > (quantityValue(limit) ?? Infinity)) {
      return {
        message: `the request of ${resource} is greater than its limit`,
        value: `${request} > ${limit}`,
        fix: "lower the request or raise the limit",
      };
    }
  }
  return undefined;
}

/** Requests and limits of one container; Kubernetes refuses a request above its limit. */
export const containerResources = strict({
  requests: compute.optional().describe("What a container is given at least."),
  limits: compute.optional().describe("What a container may use at most."),
}).check(judge(requestsWithinLimits));

/** A project's share of the cluster. CPU and memory bound requests and limits alike. */
export const quota = strict({
  cpu: quantity.optional().describe("CPU cores, for requests and limits alike."),
  memory: quantity.optional().describe("Memory, for requests and limits alike."),
  gpu: quantity.optional().describe("NVIDIA GPUs."),
  storage: quantity.optional().describe("Disk space of all volume claims together."),
  pods: quantity.optional().describe("Number of pods."),
  volumes: quantity.optional().describe("Number of volume claims."),
  loadBalancers: quantity.optional().describe("Number of Services of type LoadBalancer."),
});
export type QuotaInput = z.output<typeof quota>;

/** Levels of Kubernetes' Pod Security Standards. */
export const podSecurity = z
  .enum(["privileged", "baseline", "restricted"])
  .describe("The Pod Security Standard that the namespace enforces.");

/** A kind of Kubernetes objects. */
export const groupKind = strict({
  group: z.string().describe('The API group; the core group is the empty string "".'),
  kind: text(
    (kind) =>
      /^[A-Z][A-Za-z0-9]*$/.test(kind)
        ? undefined
        : {
            message: "the value is not the name of a kind",
            allowed: "such as ConfigMap",
            fix: "write the kind, not its plural",
          },
    /^[A-Z][A-Za-z0-9]*$/,
  ).describe("The kind: ConfigMap."),
});
