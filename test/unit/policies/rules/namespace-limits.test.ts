import { LIMIT_RANGE, NAMESPACE } from "../../../../policies/kinds";
import { namespaceLimits } from "../../../../policies/rules/namespace-limits";
import { describeRule } from "../support/describe-rule";
import { appProject, subject } from "../support/subjects";

const project = appProject({ destinations: [{ namespace: "shop" }] });
const namespace = subject(NAMESPACE, { metadata: { name: "shop" } });
const labelled = subject(NAMESPACE, { metadata: { name: "shop", labels: { "dso/project": "shop" } } });

function guard(spec: Readonly<Record<string, unknown>>, name = "shop") {
  return subject(LIMIT_RANGE, { metadata: { name: "guard", namespace: name }, spec });
}

describeRule(namespaceLimits, {
  passing: {
    "a namespace that the stack excepts": { given: [project, namespace], settings: { except: ["shop"] } },
    "a guarded namespace": [project, namespace, guard({ limits: [{ type: "Container" }] })],
  },
  failing: {
    none: { given: [project, namespace], finds: { path: "metadata.name", value: "shop" } },
    "none in a namespace that says it is a project's": { given: labelled, finds: "metadata.name" },
    "one in another namespace": {
      given: [project, namespace, guard({ limits: [{ type: "Container" }] }, "front")],
      finds: "metadata.name",
    },
    "one without limits": { given: [project, namespace, guard({ limits: [] })], finds: "metadata.name" },
  },
  notApplicable: { "a namespace of no project": namespace },
  mutation: {
    resource: "acme-shop-dev-6293-limits",
    subject: "gone",
    finds: "metadata.name",
    at: "acme-shop-dev-6293-namespace",
  },
});
