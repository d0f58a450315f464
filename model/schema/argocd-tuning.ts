import { z } from "zod";
import { count, strict } from "./strict";
import { duration } from "./sync-windows";

const repoServer = strict({
  parallelism: count(1, 1000).optional().describe("How many manifests it generates at a time. Default: no limit."),
  execTimeout: duration
    .optional()
    .describe("For how long git, helm and kustomize may run: 3m. Default: 90s. The controller waits as long."),
  gitTimeout: duration.optional().describe("For how long one request to a Git server may last. Default: 15s."),
});

const controller = strict({
  statusProcessors: count(1, 1000).optional().describe("How many Applications it compares at a time. Default: 20."),
  operationProcessors: count(1, 1000).optional().describe("How many it synchronises at a time. Default: 10."),
  kubectlParallelism: count(1, 1000).optional().describe("How many objects it applies at a time. Default: 20."),
  reconciliation: strict({
    timeout: duration.optional().describe("After how long an Application is looked at again. Default: 120s."),
    jitter: duration.optional().describe("Up to how much is added to that at random. Default: 60s."),
  }).optional(),
  sharding: strict({
    replicas: count(1, 100).describe("How many controllers share the clusters among them."),
    algorithm: z
      .enum(["legacy", "round-robin", "consistent-hashing"])
      .optional()
      .describe("How they do: by the clusters' ids, in turn, or in turn with few moves. Default: legacy."),
  })
    .optional()
    .describe("One controller works for a whole cluster, so that more than there are clusters are of no use."),
});

/** How much Argo CD does at a time, and how long it waits. */
export const tuning = strict({
  repoServer: repoServer.optional().describe("What fetches repositories and makes manifests of them."),
  controller: controller.optional().describe("What compares and synchronises."),
});
export type TuningInput = z.output<typeof tuning>;
