import type { Change } from "../../preview/support/preview-files";

/** The objects of a project as the program declares them, as far as a review looks at them. */

const COMPONENT = "factory:project:Project";

interface Place {
  readonly organisation?: string;
  readonly project?: string;
}

function labels({ organisation = "acme", project = "shop" }: Place) {
  return { "dso/organization": organisation, "dso/project": project };
}

function change(type: string, name: string, before: object | undefined, after: object | undefined): Change {
  const op = before === undefined ? "create" : after === undefined ? "delete" : "update";
  return {
    op,
    type: `${COMPONENT}$${type}`,
    name,
    parent: `${COMPONENT}::shop`,
    ...(before && { before }),
    ...(after && { after }),
  };
}

/** Makes an object's change of what its spec was and will be. */
export function objectChange(type: string, name: string, place: Place = {}) {
  return (before: object | undefined, after: object | undefined): Change => {
    const whole = (part: object | undefined) =>
      part === undefined ? undefined : { metadata: { name, labels: labels(place) }, ...part };
    const { organisation = "acme", project = "shop" } = place;
    return change(type, `${organisation}-${project}-${name}`, whole(before), whole(after));
  };
}

export const quotaChange = (before: object | undefined, after: object | undefined, place?: Place): Change => {
  const whole = (hard: object | undefined) => hard && { spec: { hard } };
  return objectChange("kubernetes:core/v1:ResourceQuota", "dso-quota", place)(whole(before), whole(after));
};

export const appProjectChange = (before: object | undefined, after: object | undefined, place?: Place): Change => {
  const whole = (spec: object | undefined) => spec && { spec };
  return objectChange("kubernetes:argoproj.io/v1alpha1:AppProject", "acme-shop", place)(whole(before), whole(after));
};

export const networkChange = (before: object | undefined, after: object | undefined): Change => {
  const whole = (spec: object | undefined) => spec && { spec };
  const make = objectChange("kubernetes:networking.k8s.io/v1:NetworkPolicy", "allow-egress");
  return make(whole(before), whole(after));
};

export const namespaceChange = (before: object | undefined, after: object | undefined, place: Place = {}): Change => {
  const whole = (more: object | undefined) =>
    more && { metadata: { name: "acme-shop-dev-1", labels: { ...labels(place), ...more } } };
  return change("kubernetes:core/v1:Namespace", "acme-shop-dev-1", whole(before), whole(after));
};

export const applicationChange = (before: object | undefined, after: object | undefined, place: Place = {}): Change => {
  const whole = (spec: object | undefined) =>
    spec && {
      metadata: { name: "acme-shop-deploy", labels: { ...labels(place), "dso/repository": "deploy" } },
      spec: { project: "acme-shop", ...spec },
    };
  return change("kubernetes:argoproj.io/v1alpha1:Application", "acme-shop-deploy", whole(before), whole(after));
};

/** The component that a project is: what makes it new or gone. */
export const projectChange = (
  op: "create" | "update" | "delete",
  { organisation = "acme", project: name = "shop" }: Place = {},
): Change => {
  const inputs = { project: { organisation, name, file: `catalog/${organisation}/${name}.yaml` } };
  return {
    op,
    type: COMPONENT,
    name: `${organisation}-${name}`,
    ...(op !== "create" && { before: inputs }),
    ...(op !== "delete" && { after: inputs }),
  };
};

export const source = (more: object) => ({ source: { repoURL: "https://git.acme.example/shop.git", ...more } });
