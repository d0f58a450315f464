import { z } from "zod";
import type { Finding } from "../report";
import { judge, strict } from "./strict";

function labelsOfMonitors({ by, labels }: { by: string; labels?: unknown }): Finding | undefined {
  if (by === "serviceMonitors" || labels === undefined) return undefined;
  return {
    message: "labels are those of ServiceMonitors",
    value: by,
    fix: "remove labels, or set by: serviceMonitors",
  };
}

/** How Prometheus finds Argo CD's metrics. */
export const metrics = strict({
  by: z
    .enum(["annotations", "serviceMonitors"])
    .describe(
      "annotations: prometheus.io/scrape and prometheus.io/port on the Services. serviceMonitors: objects of " +
        "monitoring.coreos.com/v1, whose CRD must be in the cluster.",
    ),
  labels: z
    .record(z.string().min(1), z.string())
    .optional()
    .describe("Labels by which the Prometheus operator chooses ServiceMonitors: { release: prometheus }."),
}).check(judge(labelsOfMonitors));
