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
    patterns: denying(["*", "*"], ["*.example", "Role*"], ["*", "Secret"]),
    "kinds of extensions": denying(["cilium.io", "CiliumNetworkPolicy"], ["projectcalico.org", "NetworkPolicy"]),
  },
  failing: {
    "a version for a group": {
      given: denying(["v1", "ResourceQuota"], ["apps/v1", "Deployment"], ["v1beta1", "Secret"]),
      finds: [{ path: place(0, "group"), value: "v1" }, place(1, "group"), place(2, "group")],
    },
    "core for the core group": { given: denying(["core", "Secret"]), finds: place(0, "group") },
    "a plural, and lower case": {
      given: denying(["", "Secrets"], ["networking.k8s.io", "networkpolicies"], ["", "secret"], ["x.io", "widgets"]),
      finds: [
        { path: place(0, "kind"), value: "Secrets" },
        { path: place(1, "kind"), value: "networkpolicies" },
        place(2, "kind"),
        place(3, "kind"),
      ],
    },
    "a kind of another group": {
      given: denying(["", "NetworkPolicy"], ["apps", "Secret"], ["extensions/v1beta1", "Ingress"]),
      finds: [{ path: place(0, "group"), value: '""' }, place(1, "group"), place(2, "group")],
    },
    "no kind": { given: denying(["apps", ""]), finds: place(0, "kind") },
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
