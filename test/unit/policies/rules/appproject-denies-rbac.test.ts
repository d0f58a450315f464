import { CONFIG_MAP } from "../../../../policies/kinds";
import { appProjectDeniesRbac } from "../../../../policies/rules/appproject-denies-rbac";
import { describeRule } from "../support/describe-rule";
import { appProject, subject } from "../support/subjects";

const GROUP = "rbac.authorization.k8s.io";

function open(spec: Readonly<Record<string, unknown>>) {
  return appProject({ destinations: [{ namespace: "shop" }], ...spec });
}

describeRule(appProjectDeniesRbac, {
  passing: {
    denied: open({
      namespaceResourceBlacklist: [
        { group: GROUP, kind: "Role" },
        { group: "*", kind: "RoleBinding" },
      ],
    }),
    "denied by patterns": open({ namespaceResourceBlacklist: [{ group: "*.k8s.io", kind: "Role*" }] }),
    "an AppProject that the stack names": { given: open({}), settings: { except: ["shop"] } },
    "not among what is allowed": open({ namespaceResourceWhitelist: [{ group: "", kind: "Secret" }] }),
    "a project without a destination": appProject({ destinations: [] }),
  },
  failing: {
    "all kinds": {
      given: open({}),
      finds: { path: "spec.namespaceResourceBlacklist", value: `Role, RoleBinding of ${GROUP} allowed` },
    },
    "one of them": {
      given: open({ namespaceResourceBlacklist: [{ group: GROUP, kind: "Role" }] }),
      finds: { path: "spec.namespaceResourceBlacklist", value: `RoleBinding of ${GROUP} allowed` },
    },
    "denied in another group": {
      given: open({
        namespaceResourceBlacklist: [
          { group: "", kind: "Role" },
          { group: GROUP, kind: "RoleBinding" },
        ],
      }),
      finds: { path: "spec.namespaceResourceBlacklist", value: `Role of ${GROUP} allowed` },
    },
    "all kinds by name": {
      given: open({ namespaceResourceWhitelist: [{ group: "*", kind: "*" }] }),
      finds: "spec.namespaceResourceBlacklist",
    },
  },
  notApplicable: { "a ConfigMap": subject(CONFIG_MAP, { spec: { destinations: [{}] } }) },
  mutation: {
    resource: "acme-shop-dev-6293-app-project",
    change: ["spec.namespaceResourceBlacklist", [{ group: GROUP, kind: "Role" }]],
    finds: "spec.namespaceResourceBlacklist",
  },
});
