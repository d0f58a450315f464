import { NETWORK_POLICY, NAMESPACE } from "../../../../policies/kinds";
import { namespaceDefaultDeny } from "../../../../policies/rules/namespace-default-deny";
import { describeRule } from "../support/describe-rule";
import { appProject, subject } from "../support/subjects";

const project = appProject({ destinations: [{ namespace: "shop" }] });
const namespace = subject(NAMESPACE, { metadata: { name: "shop" } });
const labelled = subject(NAMESPACE, { metadata: { name: "shop", labels: { "dso/project": "shop" } } });

function guard(spec: Readonly<Record<string, unknown>>, name = "shop") {
  return subject(NETWORK_POLICY, { metadata: { name: "guard", namespace: name }, spec });
}

describeRule(namespaceDefaultDeny, {
  passing: {
    "a namespace that the stack excepts": { given: [project, namespace], settings: { except: ["shop"] } },
    "a guarded namespace": [project, namespace, guard({ podSelector: {}, policyTypes: ["Ingress", "Egress"] })],
  },
  failing: {
    none: { given: [project, namespace], finds: { path: "metadata.name", value: "shop" } },
    "none in a namespace that says it is a project's": { given: labelled, finds: "metadata.name" },
    "one in another namespace": {
      given: [project, namespace, guard({ podSelector: {}, policyTypes: ["Ingress", "Egress"] }, "front")],
      finds: "metadata.name",
    },
    "one that lets out what it likes": {
      given: [project, namespace, guard({ podSelector: {}, policyTypes: ["Ingress"] })],
      finds: "metadata.name",
    },
    "one for some pods": {
      given: [
        project,
        namespace,
        guard({ podSelector: { matchLabels: { app: "web" } }, policyTypes: ["Ingress", "Egress"] }),
      ],
      finds: "metadata.name",
    },
    "one that allows all": {
      given: [project, namespace, guard({ podSelector: {}, policyTypes: ["Ingress", "Egress"], egress: [{}] })],
      finds: "metadata.name",
    },
  },
  notApplicable: { "a namespace of no project": namespace },
  mutation: {
    resource: "acme-shop-dev-6293-default-deny",
    subject: "gone",
    finds: "metadata.name",
    at: "acme-shop-dev-6293-namespace",
  },
});
