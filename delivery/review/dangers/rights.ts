import { APP_PROJECT, CONFIG_MAP } from "../../../policies/kinds";
import { at, listAt, textAt } from "../../../policies/read";
import type { Inputs } from "../../preview/preview";
import { destinationText, kindText } from "../describe/app-project";
import { recordAt, scalarAt, textsAt } from "../describe/values";
import { say, type Phrase } from "../phrase";
import { added, type Judge, type Judgement } from "./danger";

/** A pattern for everything, alone or as a namespace; `shop/*` in a policy is within the project. */
const OPEN = /^\*|, \*\/\*,/;

/** An AppProject that allows more than it did. One that is new is judged by the policies alone, save for what is open to all. */
export const widerAppProject: Judge = ({ type, before, after }) => {
  if (type !== APP_PROJECT || after === undefined) return [];
  const isNew = before === undefined;
  const [old, now] = [at(before, "spec"), at(after, "spec")];
  const found: Phrase[] = [];
  const look = (list: (spec: unknown) => string[], tell: (item: string) => Phrase): void => {
    const more = added(list(old), list(now)).filter((item) => !isNew || OPEN.test(item));
    found.push(...more.map(tell));
  };
  look(
    (spec) => textsAt(spec, "sourceRepos"),
    (url) => say`may deploy from ${url}`,
  );
  look(
    (spec) => listAt(spec, "destinations").map(destinationText),
    (place) => say`may deploy to ${place}`,
  );
  look(
    (spec) => textsAt(spec, "sourceNamespaces"),
    (name) => say`may keep Applications in the namespace ${name}`,
  );
  look(
    (spec) => listAt(spec, "clusterResourceWhitelist").map(kindText),
    (kind) => say`may deploy the cluster-wide kind ${kind}`,
  );
  look(
    (spec) => listAt(spec, "namespaceResourceWhitelist").map(kindText),
    (kind) => say`may deploy the kind ${kind}`,
  );
  look(roleRights, (right) => say`may do more: ${right}`);
  if (!isNew) {
    look(roleGroups, (group) => say`more people have access: group ${group}`);
    look(roleTokens, (token) => say`has a further token: ${token}`);
    const denied = (spec: unknown) => listAt(spec, "namespaceResourceBlacklist").map(kindText);
    const freed = added(denied(now), denied(old));
    found.push(...freed.map((kind) => say`may now deploy the kind ${kind}, which was denied`));
  }
  return found.map((what): Judgement => ({ kind: "rights", what }));
};

function roleRights(spec: unknown): string[] {
  return listAt(spec, "roles").flatMap((role) => textsAt(role, "policies"));
}

function roleGroups(spec: unknown): string[] {
  return listAt(spec, "roles").flatMap((role) =>
    textsAt(role, "groups").map((group) => `${group} (role ${textAt(role, "name") ?? ""})`),
  );
}

function roleTokens(spec: unknown): string[] {
  return listAt(spec, "roles").flatMap((role) =>
    listAt(role, "jwtTokens").map(
      (token) => `${textAt(role, "name") ?? ""} ${scalarAt(token, "id") ?? scalarAt(token, "iat") ?? ""}`,
    ),
  );
}

/** Roles of Kubernetes with further rules, and bindings of further subjects; to another role they are made anew. */
export const widerRbac: Judge = ({ type, before, after }) => {
  if (!type.startsWith("kubernetes:rbac.authorization.k8s.io/") || after === undefined) return [];
  if (before === undefined) return newBinding(after);
  const name = textAt(after, "metadata", "name") ?? "";
  const rules = (inputs: Inputs) => textsAt(inputs, "rules");
  return [
    ...added(rules(before), rules(after)).map((rule) => say`the role ${name} has a further rule: ${rule}`),
    ...added(subjectsOf(before), subjectsOf(after)).map((who) => say`${name} is given to ${who}`),
  ].map((what): Judgement => ({ kind: "rights", what }));
};

/** Of what is new, only who may do everything. https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles */
function newBinding(binding: Inputs): Judgement[] {
  if (textAt(binding, "roleRef", "name") !== "cluster-admin") return [];
  return subjectsOf(binding).map((who) => ({ kind: "rights", what: say`${who} may do everything (cluster-admin)` }));
}

function subjectsOf(binding: Inputs): string[] {
  return listAt(binding, "subjects").map((one) => `${textAt(one, "kind") ?? ""} ${textAt(one, "name") ?? ""}`);
}

/** Keys of Argo CD's ConfigMaps that open it, and the value that does. */
const OPENING: readonly (readonly [key: string, value: string])[] = [
  ["admin.enabled", "true"],
  ["users.anonymous.enabled", "true"],
  ["exec.enabled", "true"],
  ["server.insecure", "true"],
];

/** Argo CD's own settings of who may do what. https://argo-cd.readthedocs.io/en/stable/operator-manual/rbac/ */
export const argocdSettings: Judge = ({ type, before, after }) => {
  if (!(type === CONFIG_MAP || type.endsWith(":ConfigMapPatch")) || before === undefined || after === undefined)
    return [];
  const [old, now] = [recordAt(before, "data"), recordAt(after, "data")];
  const opened = OPENING.filter(([key, value]) => now[key] === value && old[key] !== value);
  const lines = (data: Inputs) => (scalarAt(data, "policy.csv") ?? "").split("\n").filter((line) => line.trim() !== "");
  const role = scalarAt(now, "policy.default");
  const isOther = role !== undefined && role !== "" && role !== old["policy.default"];
  return [
    ...opened.map(([key, value]) => say`Argo CD's ${key} becomes ${value}`),
    ...added(lines(old), lines(now)).map((line) => say`Argo CD's policies have a further line: ${line}`),
    ...(isOther ? [say`everybody who is logged in to Argo CD has the role ${role}`] : []),
  ].map((what): Judgement => ({ kind: "rights", what }));
};
