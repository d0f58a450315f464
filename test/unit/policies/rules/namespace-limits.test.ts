import { LIMIT_RANGE, NAMESPACE, NETWORK_POLICY } from "../../../../policies/kinds";
import { namespaceLimits } from "../../../../policies/rules/namespace-limits";
import { describeRule } from "../support/describe-rule";
import { appProject, subject } from "../support/subjects";

const project = appProject({ destinations: [{ namespace: "shop" }] });
const namespace = subject(NAMESPACE, { metadata: { name: "shop" } });
const labelled = subject(NAMESPACE, { metadata: { name: "shop", labels: { "dso/project": "shop" } } });

const defaults = { limits: [{ type: "Container", default: { cpu: "1" } }] };

function guard(spec: Readonly<Record<string, unknown>>, name = "shop") {
  return subject(LIMIT_RANGE, { metadata: { name: "guard", namespace: name }, spec });
}

describeRule(namespaceLimits, {
  passing: {
    "a namespace that the stack excepts": { given: [project, namespace], settings: { except: ["shop"] } },
    "a guarded namespace": [project, namespace, guard(defaults)],
    "requests alone": [
      project,
      namespace,
      guard({ limits: [{ type: "Pod" }, { type: "Container", defaultRequest: { cpu: "1" } }] }),
    ],
  },
  failing: {
    none: { given: [project, namespace], finds: { path: "metadata.name", value: "shop" } },
    "none in a namespace that says it is a project's": { given: labelled, finds: "metadata.name" },
    "one in another namespace": {
      given: [project, namespace, guard(defaults, "front")],
      finds: "metadata.name",
    },
    "another kind of object that has limits": {
      given: [project, namespace, subject(NETWORK_POLICY, { metadata: { namespace: "shop" }, spec: defaults })],
      finds: "metadata.name",
    },
    "ones that give containers nothing": {
      given: [
        project,
        namespace,
        guard({ limits: [{ type: "Container", max: { cpu: "1" } }] }),
        guard({ limits: [{ type: "Container", default: {} }] }),
        guard({ limits: [{ type: "PersistentVolumeClaim", default: { storage: "1Gi" } }] }),
      ],
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
