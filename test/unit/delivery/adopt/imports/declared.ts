import type { DeclaredResource } from "../../../../../delivery/adopt/imports/declared-resource";

const STACK = "urn:pulumi:dev::gitops-factory::";

export const PROVIDER = `${STACK}pulumi:providers:kubernetes::in-cluster`;
export const PROJECT = `${STACK}factory:project:Project::shop`;

/** A component, of the stack unless a parent is named. */
export function component(type: string, name: string, parent?: string): DeclaredResource {
  return {
    urn: `${STACK}${type}::${name}`,
    type,
    name,
    ...(parent !== undefined && { parent }),
    isCustom: false,
    inputs: {},
  };
}

export const shopProject = component("factory:project:Project", "shop");

export const provider: DeclaredResource = {
  urn: PROVIDER,
  type: "pulumi:providers:kubernetes",
  name: "in-cluster",
  isCustom: true,
  inputs: {},
};

/** An object of the project shop, as the program declares it: `declare("core/v1", "Namespace", "shop")`. */
export function declare(
  version: string,
  kind: string,
  name: string,
  { namespace, ...rest }: { namespace?: string; provider?: string; name?: string; inputs?: object } = {},
): DeclaredResource {
  const type = `kubernetes:${version}:${kind}`;
  const own = rest.name ?? `shop-${kind.toLowerCase()}`;
  return {
    urn: `${STACK}factory:project:Project$${type}::${own}`,
    type,
    name: own,
    parent: PROJECT,
    provider: rest.provider ?? PROVIDER,
    isCustom: true,
    inputs: {
      apiVersion: version.replace("core/", ""),
      kind,
      metadata: { name, ...(namespace !== undefined && { namespace }) },
      ...rest.inputs,
    },
  };
}

export const namespace = declare("core/v1", "Namespace", "shop");
export const application = declare("argoproj.io/v1alpha1", "Application", "old-shop", { namespace: "argocd" });
