import { CONFIG_MAP } from "../../../../policies/kinds";
import { appProjectKindsMatch } from "../../../../policies/rules/appproject-kinds-match";
import { describeRule } from "../support/describe-rule";
import { appProject, subject } from "../support/subjects";

const denying = (...entries: readonly [group: string, kind: string][]) =>
  appProject({ namespaceResourceBlacklist: entries.map(([group, kind]) => ({ group, kind })) });

const place = (index: number, key: string) => `spec.namespaceResourceBlacklist[${String(index)}].${key}`;

describeRule(appProjectKindsMatch, {
  passing: {
    "kinds in their groups": denying(["", "Secret"], ["apps", "Deployment"], ["events.k8s.io", "Event"]),
    patterns: denying(["*", "*"], ["*.example", "Role*"], ["*", "Secret"], ["apps?", "[A-D]*"], ["rbac*", "*Binding"]),
    "a kind of one letter": denying(["x.example", "X"]),
    "every kind of a group": denying(["batch", "*"], ["", "*"]),
    "a group that was": denying(["extensions", "Ingress"]),
    "kinds of extensions": denying(["cilium.io", "CiliumNetworkPolicy"], ["projectcalico.org", "NetworkPolicy"]),
  },
  failing: {
    "a version for a group": {
      given: denying(
        ["v1", "ResourceQuota"],
        ["apps/v1", "Deployment"],
        ["v12alpha10", "Secret"],
        ["x.io/v1beta1", "X"],
      ),
      finds: [
        { path: place(0, "group"), value: "v1", fix: 'write group: "", which is the core group' },
        { path: place(1, "group"), fix: "write group: apps" },
        { path: place(2, "group"), fix: 'write group: "", which is the core group' },
        { path: place(3, "group"), fix: "write group: x.io" },
      ],
    },
    "core for the core group": {
      given: denying(["core", "Secret"]),
      finds: { path: place(0, "group"), fix: 'write group: "", which is the core group' },
    },
    "a group that is no domain, and one in upper case": {
      given: denying(["rbac", "Role"], ["Apps", "Deployment"], ["cilium", "CiliumNetworkPolicy"]),
      finds: [
        { path: place(0, "group"), fix: "write group: rbac.authorization.k8s.io" },
        { path: place(1, "group"), fix: "write group: apps" },
        { path: place(2, "group"), fix: 'write the group as in its apiVersion, and "" for the core group' },
      ],
    },
    "a pattern that Argo CD does not know here, and one in lower case": {
      given: denying(["", "{Secret,ConfigMap}"], ["", "secret*"]),
      finds: [place(0, "kind"), place(1, "kind")],
    },
    "what a manifest does not have": {
      given: denying(["x.io", "Wid get"], ["x.io", "widgets"]),
      finds: [
        { path: place(0, "kind"), fix: "write the kind as in a manifest: ConfigMap" },
        { path: place(1, "kind"), fix: "write the kind as in a manifest: ConfigMap" },
      ],
    },
    "a plural, and lower case": {
      given: denying(["", "Secrets"], ["networking.k8s.io", "networkpolicies"], ["", "secret"], ["x.io", "widgets"]),
      finds: [
        { path: place(0, "kind"), value: "Secrets" },
        { path: place(1, "kind"), value: "networkpolicies", fix: "write NetworkPolicy" },
        { path: place(2, "kind"), fix: "write Secret" },
        place(3, "kind"),
      ],
    },
    "a kind of another group": {
      given: denying(["", "NetworkPolicy"], ["apps", "Secret"], ["extensions/v1beta1", "Ingress"]),
      finds: [{ path: place(0, "group"), value: '""' }, place(1, "group"), place(2, "group")],
    },
    "plurals of all forms": {
      given: denying(["networking.k8s.io", "ingresses"], ["", "endpoints"], ["batch", "cronjobs"]),
      finds: [
        { path: place(0, "kind"), fix: "write Ingress" },
        { path: place(1, "kind"), fix: "write Endpoints" },
        { path: place(2, "kind"), fix: "write CronJob" },
      ],
    },
    "no kind": {
      given: denying(["apps", ""]),
      finds: { path: place(0, "kind"), fact: "the entry names no kind" },
    },
    "in the other lists, too": {
      given: appProject({
        namespaceResourceWhitelist: [{ group: "v1", kind: "Secret" }],
        clusterResourceBlacklist: [{ kind: "namespaces" }],
        clusterResourceWhitelist: [{ group: "rbac", kind: "clusterroles" }],
      }),
      finds: [
        "spec.namespaceResourceWhitelist[0].group",
        "spec.clusterResourceBlacklist[0].kind",
        "spec.clusterResourceWhitelist[0].kind",
      ],
    },
  },
  notApplicable: { "a ConfigMap": subject(CONFIG_MAP, {}), "no list": appProject({}) },
  mutation: {
    resource: "acme-shop-dev-6293-app-project",
    change: [place(0, "group"), "v1"],
    finds: place(0, "group"),
  },
});
