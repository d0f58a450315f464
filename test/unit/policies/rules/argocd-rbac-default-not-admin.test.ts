import { CONFIG_MAP } from "../../../../policies/kinds";
import { argocdRbacDefaultNotAdmin } from "../../../../policies/rules/argocd-rbac-default-not-admin";
import { describeRule } from "../support/describe-rule";
import { subject } from "../support/subjects";

function configMap(name: string, data: Readonly<Record<string, string>>) {
  return subject(CONFIG_MAP, { metadata: { name, namespace: "argocd" }, data });
}

describeRule(argocdRbacDefaultNotAdmin, {
  passing: {
    "no default role": configMap("argocd-rbac-cm", { "policy.default": "" }),
    readers: configMap("argocd-rbac-cm", {
      "policy.default": "role:readonly",
      "policy.csv": "p, role:all, *, *, *, allow",
    }),
  },
  failing: {
    administrators: {
      given: configMap("argocd-rbac-cm", { "policy.default": "role:admin" }),
      finds: { path: 'data["policy.default"]', value: "role:admin" },
    },
    "a role that may do everything": {
      given: configMap("argocd-rbac-cm", { "policy.default": "role:all", "policy.csv": "p, role:all, *, *, *, allow" }),
      finds: 'data["policy.default"]',
    },
    "a role that is an administrator's": {
      given: configMap("argocd-rbac-cm", { "policy.default": "role:boss", "policy.csv": "g, role:boss, role:admin" }),
      finds: 'data["policy.default"]',
    },
  },
  notApplicable: { "another ConfigMap": configMap("argocd-cm", { "policy.default": "role:admin" }) },
  mutation: {
    resource: "argocd-configmap-argocd-rbac-cm",
    change: ['data["policy.default"]', "role:admin"],
    finds: 'data["policy.default"]',
  },
});
