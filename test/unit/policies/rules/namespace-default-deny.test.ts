import { LIMIT_RANGE, NAMESPACE, NETWORK_POLICY, NETWORK_POLICY_PATCH } from "../../../../policies/kinds";
import { namespaceDefaultDeny } from "../../../../policies/rules/namespace-default-deny";
import { describeRule } from "../support/describe-rule";
import { appProject, subject } from "../support/subjects";

const project = appProject({ destinations: [{ namespace: "shop" }] });
const namespace = subject(NAMESPACE, { metadata: { name: "shop" } });
const labelled = subject(NAMESPACE, { metadata: { name: "shop", labels: { "dso/project": "shop" } } });

function guard(spec: Readonly<Record<string, unknown>>, name = "shop") {
  return subject(NETWORK_POLICY, { metadata: { name: "guard", namespace: name }, spec });
}

const closed = { podSelector: {}, policyTypes: ["Ingress", "Egress"] };

describeRule(namespaceDefaultDeny, {
  passing: {
    "others beside it that allow what they name": [
      project,
      namespace,
      guard(closed),
      guard({ ingress: [{ ports: [{ port: 8080 }] }, { from: [{ namespaceSelector: { matchLabels: { a: "b" } } }] }] }),
      guard({ egress: [{ to: [{ namespaceSelector: {}, podSelector: { matchLabels: { "k8s-app": "kube-dns" } } }] }] }),
      guard({ egress: [{ to: [{ namespaceSelector: { matchExpressions: [{ key: "a", operator: "Exists" }] } }] }] }),
      guard({ egress: [{ to: [{ podSelector: {} }, { ipBlock: { cidr: "10.0.0.0/8" } }] }] }),
    ],
    "one that allows everything elsewhere, or in a namespace that the stack excepts": {
      given: [project, namespace, guard({ egress: [{}] }), guard({ egress: [{}] }, "front")],
      settings: { except: ["shop"] },
    },
    "a namespace that the stack excepts": { given: [project, namespace], settings: { except: ["shop"] } },
    "a guarded namespace": [project, namespace, guard(closed)],
  },
  failing: {
    none: { given: [project, namespace], finds: { path: "metadata.name", value: "shop" } },
    "none in a namespace that says it is a project's": { given: labelled, finds: "metadata.name" },
    "one in another namespace": {
      given: [project, namespace, guard(closed, "front")],
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
      given: [project, namespace, guard({ ...closed, egress: [{}] })],
      finds: [
        "metadata.name",
        { path: "spec.egress[0]", fact: "the NetworkPolicy allows all egress of the namespace shop" },
      ],
    },
    "one that lets in what it likes": {
      given: [project, namespace, guard({ podSelector: {}, policyTypes: ["Egress"] })],
      finds: "metadata.name",
    },
    "one with a rule for what comes in": {
      given: [project, namespace, guard({ ...closed, ingress: [{ from: [{ podSelector: {} }] }] })],
      finds: "metadata.name",
    },
    "one for pods by an expression": {
      given: [
        project,
        namespace,
        guard({ ...closed, podSelector: { matchExpressions: [{ key: "app", operator: "Exists" }] } }),
      ],
      finds: "metadata.name",
    },
    "another kind of object": {
      given: [project, namespace, subject(LIMIT_RANGE, { metadata: { namespace: "shop" }, spec: closed })],
      finds: "metadata.name",
    },
    "others beside it that allow everything": {
      given: [
        project,
        namespace,
        guard(closed),
        guard({ podSelector: { matchLabels: { app: "web" } }, ingress: [{ from: [{ podSelector: {} }] }, {}] }),
        guard({ ingress: [{ from: [{ ipBlock: { cidr: "10.0.0.0/8" } }, { namespaceSelector: {} }] }] }),
        guard({ egress: [{ to: [] }] }),
        subject(NETWORK_POLICY_PATCH, { metadata: { namespace: "shop" }, spec: { egress: [{}] } }),
      ],
      finds: [
        { path: "spec.ingress[1]", fact: "the NetworkPolicy allows all ingress of the namespace shop" },
        "spec.ingress[0]",
        "spec.egress[0]",
        "spec.egress[0]",
      ],
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
