import { describe, expect, it } from "vitest";
import { policyFinding } from "../../../model/rbac-policy";
import { load, problemOf, stack } from "./workspace";

function rbac(...lines: readonly string[]) {
  return stack(`argocd:\n  rbac:\n${lines.map((line) => `    ${line}`).join("\n")}`);
}

describe("a line of policy.csv", () => {
  it.each([
    "p, role:auditor, applications, get, */*, allow",
    "p,role:auditor,logs,get,*,allow",
    "p, ops, exec, create, acme/*, deny",
    "p, ops, applications, action/apps/Deployment/restart, */*, allow",
    "p, ops, applications, delete/*/Pod/*, */*, allow",
    "p, ops, *, *, *, allow",
    "p, ops, clusters, get, https://east:6443, allow",
    "p, ops, extensions, invoke, httpbin, allow",
    'p, "sre, on call", projects, get, *, allow',
    "g, auditors, role:readonly",
  ])("may be: %s", (line) => {
    expect(policyFinding(line)).toBeUndefined();
  });

  it.each([
    ["x, a, b", "the value is not a line of Argo CD's policy"],
    ["p, role:a, applications, get, allow", "the value is not a line of Argo CD's policy"],
    ["g, a, b, c", "the value is not a line of Argo CD's policy"],
    ["p, role:a, application, get, */*, allow", "Argo CD has no such resource"],
    ["p, role:a, applications, read, */*, allow", "there is no such action on applications"],
    ["p, role:a, logs, create, */*, allow", "there is no such action on logs"],
    ["p, role:a, exec, get, */*, allow", "there is no such action on exec"],
    ["p, role:a, applications, sync/*, */*, allow", "there is no such action on applications"],
    ["p, role:a, applications, action, */*, allow", "an action on an object has to be named"],
    ["p, role:a, applications, get, shop, allow", "an object of applications is named with its project"],
    ["p, role:a, applications, get, */*, permit", "the effect is neither allow nor deny"],
    ["p, role:a, applications , get, */*, allow", "a space stands before a comma, and would count"],
    ["p, role:a, applications, , */*, allow", "a part of the line is empty"],
    ["g, , role:a", "a part of the line is empty"],
    ["g, a, b\ng, c, d", "the value has several lines"],
  ])("is not: %s", (line, message) => {
    expect(policyFinding(line)?.message).toBe(message);
  });

  it("is refused at its place, with what was meant", () => {
    expect(problemOf(rbac('policies: ["p, role:a, aplications, get, */*, allow"]'))).toMatchObject({
      path: "argocd.rbac.policies[0]",
      value: "aplications",
      fix: 'did you mean "applications"?',
    });
  });
});

describe("roles", () => {
  it("are those of Argo CD, and those that a line describes", () => {
    const files = rbac(
      "defaultRole: role:reader",
      "policies:",
      '  - "p, role:auditor, logs, get, */*, allow"',
      '  - "g, auditors, role:auditor"',
      '  - "g, role:reader, role:readonly"',
    );
    expect(load(files).platform.argocd.rbac.defaultRole).toBe("role:reader");
  });

  it("are refused when nothing describes them", () => {
    expect(problemOf(rbac("defaultRole: role:readonyl"))).toMatchObject({
      path: "argocd.rbac.defaultRole",
      fix: 'did you mean "role:readonly"?',
    });
    expect(problemOf(rbac("defaultRole: readonly"))).toMatchObject({ fix: "write role:readonly" });
    expect(problemOf(rbac('policies: ["g, auditors, role:auditor"]'))).toMatchObject({
      path: "argocd.rbac.policies[0]",
      value: "role:auditor",
    });
  });

  it("are told of when everybody is given all rights", () => {
    expect(load(rbac("defaultRole: role:admin")).warnings).toMatchObject([{ path: "argocd.rbac.defaultRole" }]);
  });
});

describe("the login by an identity provider", () => {
  const SECRETS = "secrets: { sso: { value: { secure: x } } }";
  const OIDC = "issuer: https://login.example, clientId: argocd, clientSecret: sso";

  it("needs the address of Argo CD, to which people are sent back", () => {
    expect(problemOf(stack(`argocd:\n  oidc: { ${OIDC} }\n${SECRETS}`))).toMatchObject({
      path: "argocd.oidc",
      fix: "set argocd.url to the address at which people open Argo CD",
    });
  });

  it("needs the scope openid", () => {
    const yaml = `argocd:\n  url: https://a.example\n  oidc: { ${OIDC}, requestedScopes: [groups] }\n${SECRETS}`;
    expect(problemOf(stack(yaml))).toMatchObject({ path: "argocd.oidc.requestedScopes", fix: "add openid" });
  });
});
