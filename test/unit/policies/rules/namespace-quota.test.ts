import { APP_PROJECT_PATCH, LIMIT_RANGE, NAMESPACE, RESOURCE_QUOTA } from "../../../../policies/kinds";
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
    "another kind of object": {
      given: [
        project,
        namespace,
        subject(LIMIT_RANGE, { metadata: { namespace: "shop" }, spec: { hard: { pods: "5" } } }),
      ],
      finds: "metadata.name",
    },
    "ones that bound some pods": {
      given: [
        project,
        namespace,
        guard({ hard: { pods: "50" }, scopes: ["Terminating"] }),
        guard({ hard: { pods: "50" }, scopeSelector: { matchExpressions: [] } }),
      ],
      finds: "metadata.name",
    },
    "none where an AppProject deploys by a pattern, or by a patch": {
      given: [
        appProject({ destinations: [{ namespace: "sh*" }, { namespace: "*" }, { namespace: "!x" }] }),
        subject(APP_PROJECT_PATCH, { spec: { destinations: [{ namespace: "back" }, {}] } }),
        namespace,
        subject(NAMESPACE, { metadata: { name: "back" } }),
        subject(NAMESPACE, { metadata: { name: "other" } }),
      ],
      finds: [
        { path: "metadata.name", value: "shop" },
        { path: "metadata.name", value: "back" },
      ],
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
