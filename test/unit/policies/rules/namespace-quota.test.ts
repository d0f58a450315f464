import { RESOURCE_QUOTA, NAMESPACE } from "../../../../policies/kinds";
import { namespaceQuota } from "../../../../policies/rules/namespace-quota";
import { describeRule } from "../support/describe-rule";
import { appProject, subject } from "../support/subjects";

const project = appProject({ destinations: [{ namespace: "shop" }] });
const namespace = subject(NAMESPACE, { metadata: { name: "shop" } });
const labelled = subject(NAMESPACE, { metadata: { name: "shop", labels: { "dso/project": "shop" } } });

function guard(spec: Readonly<Record<string, unknown>>, name = "shop") {
  return subject(RESOURCE_QUOTA, { metadata: { name: "guard", namespace: name }, spec });
}

describeRule(namespaceQuota, {
  passing: {
    "a namespace that the stack excepts": { given: [project, namespace], settings: { except: ["shop"] } },
    "a guarded namespace": [project, namespace, guard({ hard: { pods: "50" } })],
  },
  failing: {
    none: { given: [project, namespace], finds: { path: "metadata.name", value: "shop" } },
    "none in a namespace that says it is a project's": { given: labelled, finds: "metadata.name" },
    "one in another namespace": {
      given: [project, namespace, guard({ hard: { pods: "50" } }, "front")],
      finds: "metadata.name",
    },
    "one that bounds nothing": { given: [project, namespace, guard({ hard: {} })], finds: "metadata.name" },
  },
  notApplicable: { "a namespace of no project": namespace },
  mutation: {
    resource: "acme-shop-dev-6293-quota",
    subject: "gone",
    finds: "metadata.name",
    at: "acme-shop-dev-6293-namespace",
  },
});
