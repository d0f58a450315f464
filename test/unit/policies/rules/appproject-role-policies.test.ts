import { CONFIG_MAP } from "../../../../policies/kinds";
import { appProjectRolePolicies } from "../../../../policies/rules/appproject-role-policies";
import { describeRule } from "../support/describe-rule";
import { appProject, subject } from "../support/subjects";

const saying = (...policies: string[]) => appProject({ roles: [{ name: "ci", policies }] });
const inGroups = (...groups: string[]) => appProject({ roles: [{ name: "ci", groups }] });

const policy = (index: number) => `spec.roles[0].policies[${String(index)}]`;
const group = (index: number) => `spec.roles[0].groups[${String(index)}]`;

describeRule(appProjectRolePolicies, {
  passing: {
    "rights within the project": saying(
      "p, proj:shop:ci, applications, sync, shop/*, allow",
      "p, proj:shop:ci, applications, action/apps/Deployment/restart, shop/api, allow",
      "p,proj:shop:ci,applications,delete/*/Pod/*/*,shop/team-a/api-*,deny",
      "p, proj:shop:ci, repositories, *, shop/*, allow",
      "p, proj:shop:ci, logs, get, shop/*, allow",
      "p, proj:shop:ci, applicationsets, create, shop/*, allow",
      "p, proj:shop:ci, exec, create, shop/*, allow",
      "p, proj:shop:ci, clusters, update, shop/*, allow",
      "  p,  proj:shop:ci,  applications,  override,  shop/*,  allow  ",
      "p, proj:shop:ci, applications, delete, shop/a, allow",
      "p, proj:shop:ci, applications, update/*/Pod, shop/*, allow",
    ),
    "a role of one letter": appProject({ roles: [{ name: "a" }] }),
    groups: inGroups("acme:developers", '"Acme, Developers"', "/acme/shop/RW", "a", '"b"'),
    "no roles": appProject({}),
  },
  failing: {
    "another project's objects, and all objects": {
      given: saying(
        "p, proj:shop:ci, applications, sync, bank/*, allow",
        "p, proj:shop:ci, applications, get, */*, allow",
        "p, proj:shop:ci, applications, get, *, allow",
        "p, proj:shop:ci, applications, get, shopping/*, allow",
        "p, proj:shop:ci, applications, get, shop/a/b/c, allow",
        "p, proj:shop:ci, applications, get, shop/, allow",
        "p, proj:shop:ci, applications, get, shop//a, allow",
        "p, proj:shop:ci, applications, get, shop/a b, allow",
      ),
      finds: [
        { path: policy(0), value: "p, proj:shop:ci, applications, sync, bank/*, allow" },
        { path: policy(1), fact: "the policy reaches beyond the project" },
        ...[2, 3, 4, 5, 6, 7].map(policy),
      ],
    },
    "another role, a group, and another project's role": {
      given: saying(
        "p, proj:shop:admin, applications, get, shop/*, allow",
        "p, role:admin, applications, get, shop/*, allow",
        "p, proj:bank:ci, applications, get, shop/*, allow",
      ),
      finds: [policy(0), policy(1), policy(2)],
    },
    "resources that a project has not": {
      given: saying(
        "p, proj:shop:ci, projects, get, shop/*, allow",
        "p, proj:shop:ci, accounts, get, shop/*, allow",
        "p, proj:shop:ci, *, *, shop/*, allow",
      ),
      finds: [policy(0), policy(1), policy(2)],
    },
    "actions and effects that there are not": {
      given: saying(
        "p, proj:shop:ci, applications, read, shop/*, allow",
        "p, proj:shop:ci, applications, get, shop/*, permit",
      ),
      finds: [policy(0), policy(1)],
    },
    "another form": {
      given: saying(
        "g, acme, proj:shop:ci",
        "p, proj:shop:ci, applications, get, shop/*",
        "",
        "p, proj:shop:ci, applications, get, shop/*, allow, true",
        "g, proj:shop:ci, applications, get, shop/*, allow",
      ),
      finds: [policy(0), policy(1), { path: policy(2), value: '""' }, policy(3), policy(4)],
    },
    "the same twice": {
      given: saying("p, proj:shop:ci, logs, get, shop/*, allow", "p, proj:shop:ci, logs, get, shop/*, allow"),
      finds: policy(1),
    },
    "groups that Argo CD reads otherwise": {
      given: inGroups("a,b", "", '""', " acme", 'ac"me', "acme", "acme", '"', '"a,b', 'a,b"', "a\nb"),
      finds: [
        { path: group(0), fact: "a group with a comma is read as several" },
        { path: group(1), fact: "the role names an empty group", value: '""' },
        { path: group(2), fact: "the role names an empty group" },
        { path: group(3), fact: "the group's name holds what Argo CD refuses" },
        group(4),
        { path: group(6), fact: "the role says the same twice" },
        { path: group(7), fact: "the group's name holds what Argo CD refuses" },
        { path: group(8), fact: "a group with a comma is read as several" },
        { path: group(9), fact: "a group with a comma is read as several" },
        group(10),
      ],
    },
    "names of roles": {
      given: appProject({ roles: [{ name: "ci" }, { name: "ci" }, { name: "-x" }, {}, { name: "x-" }] }),
      finds: ["spec.roles[1].name", "spec.roles[2].name", "spec.roles[3].name", "spec.roles[4].name"],
    },
  },
  notApplicable: { "a ConfigMap": subject(CONFIG_MAP, { spec: { roles: [{ name: "-" }] } }) },
  mutation: {
    resource: "acme-shop-dev-6293-app-project",
    change: ["spec.roles[1].policies[2]", "p, proj:acme-shop-dev-6293:rw-group, applications, sync, */*, allow"],
    finds: "spec.roles[1].policies[2]",
  },
});
