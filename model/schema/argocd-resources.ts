import { z } from "zod";
import type { Finding } from "../report";
import { distinct, judge, strict, text } from "./strict";

const kind = text(
  (value) =>
    /^(\*|[A-Z][A-Za-z0-9]*)$/.test(value)
      ? undefined
      : {
          message: "the value is not the name of a kind",
          allowed: "such as ConfigMap, or *",
          fix: "write the kind, not its plural",
        },
  /^(\*|[A-Z][A-Za-z0-9]*)$/,
);

const group = text(
  (value) =>
    /^[a-z0-9.*?[\]-]*$/.test(value)
      ? undefined
      : {
          message: "the value is not an API group",
          allowed: 'such as apps, *.cilium.io or, for the core group, ""',
          fix: "write the group without its version",
        },
  /^[a-z0-9.*?[\]-]*$/,
);

function saysSomething(filter: object): Finding | undefined {
  return Object.values(filter).some((list) => Array.isArray(list) && list.length > 0)
    ? undefined
    : { message: "the entry means every object of every cluster", fix: "name apiGroups, kinds or clusters" };
}

/** Kinds of objects, on some clusters: `FilteredResource` in Argo CD's util/settings. */
const filter = strict({
  apiGroups: distinct(group).optional().describe('API groups, with wildcards; the core group is "". Default: all.'),
  kinds: distinct(kind).optional().describe("Kinds. Default: all of the groups."),
  clusters: distinct(z.string().min(1))
    .optional()
    .describe("Further clusters by name; Argo CD's own cannot be named. Default: all."),
}).check(judge(saysSomething));

/** Which objects Argo CD watches. */
export const resources = strict({
  exclusions: z.array(filter).optional().describe("What Argo CD does not watch, beside what its manifests exclude."),
  inclusions: z
    .array(filter)
    .optional()
    .describe("What Argo CD watches at all; with it, nothing else is seen, such as Pods. Default: everything."),
  officialExclusions: z
    .boolean()
    .optional()
    .describe("Whether the exclusions in Argo CD's manifests (Endpoints, Lease, …) stay. Default: true."),
});
export type ResourcesInput = z.output<typeof resources>;
