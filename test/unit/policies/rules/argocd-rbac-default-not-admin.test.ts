import { CONFIG_MAP } from "../../../../policies/kinds";
import { argocdRbacDefaultNotAdmin } from "../../../../policies/rules/argocd-rbac-default-not-admin";
import { describeRule } from "../support/describe-rule";
import { subject } from "../support/subjects";

function configMap(name: string, data: Readonly<Record<string, string>>) {
  return subject(CONFIG_MAP, { metadata: { name, namespace: "argocd" }, data });
}

describeRule(argocdRbacDefaultNotAdmin, {
  passing: {
    "a reader by policies of its own, beside those of others": configMap("argocd-rbac-cm", {
      "policy.default": "role:all-see",
      "policy.csv": [
        "# p, role:all-see, *, *, */*, allow",
        "p, role:all-see, applications, get, */*, allow",
        "p, role:all-see, applications, sync, shop/*, allow",
        "p, role:all-see, applications, sync, */*, deny",
        "p, role:other, *, *, */*, allow",
        "g, acme, role:admin",
        "g, role:other, role:admin",
        "g, role:all-see, role:less",
        "p, role:less, *, get, *, allow",
        "g, role:less, role:all-see",
        "x, role:all-see, *, *, */*, allow",
        "p, role:all-see, *, *, */*",
      ].join("\n"),
    }),
    "what is no policy": configMap("argocd-rbac-cm", {
      "policy.default": "role:x",
      "policy.csv.old": "g, role:x, role:admin",
      "my.policy.csv": "g, role:x, role:admin",
    }),
    "no default role": configMap("argocd-rbac-cm", { "policy.default": "" }),
    readers: configMap("argocd-rbac-cm", {
      "policy.default": "role:readonly",
      "policy.csv": "p, role:all, *, *, *, allow",
    }),
  },
  failing: {
    "a role that may change what all projects have": {
      given: ["sync, */*", "*, *", "delete, */*", "sync, .*"].map((right) =>
        configMap("argocd-rbac-cm", {
          "policy.default": "role:dev",
          "policy.csv": `p, role:dev, applications, ${right}, allow`,
        }),
      ),
      finds: Array.from({ length: 4 }, () => ({
        path: 'data["policy.default"]',
        fact: "everybody who logs in may change what is every project's",
      })),
    },
    "a role that has another's rights, in an overlay": {
      given: configMap("argocd-rbac-cm", {
        "policy.default": "role:a",
        "policy.csv": "p, role:c, .*, .*, .*, allow",
        "policy.more.csv": "g, role:b, role:c\ng, role:a, role:b",
      }),
      finds: { path: 'data["policy.default"]', fact: "everybody who logs in has all rights", value: "role:a" },
    },
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
