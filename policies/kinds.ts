/** Pulumi's type tokens of what the rules look at. */
export const APP_PROJECT = "kubernetes:argoproj.io/v1alpha1:AppProject";
export const APPLICATION = "kubernetes:argoproj.io/v1alpha1:Application";
export const APPLICATION_SET = "kubernetes:argoproj.io/v1alpha1:ApplicationSet";
export const APP_PROJECT_PATCH = `${APP_PROJECT}Patch`;
export const APPLICATION_PATCH = `${APPLICATION}Patch`;
export const APPLICATION_SET_PATCH = `${APPLICATION_SET}Patch`;
export const NAMESPACE = "kubernetes:core/v1:Namespace";
export const NAMESPACE_PATCH = `${NAMESPACE}Patch`;
export const CONFIG_MAP = "kubernetes:core/v1:ConfigMap";
export const CONFIG_MAP_PATCH = "kubernetes:core/v1:ConfigMapPatch";
export const SECRET = "kubernetes:core/v1:Secret";
export const SECRET_PATCH = "kubernetes:core/v1:SecretPatch";
export const RESOURCE_QUOTA = "kubernetes:core/v1:ResourceQuota";
export const LIMIT_RANGE = "kubernetes:core/v1:LimitRange";
export const NETWORK_POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
export const NETWORK_POLICY_PATCH = `${NETWORK_POLICY}Patch`;
export const DEPLOYMENT = "kubernetes:apps/v1:Deployment";
export const DEPLOYMENT_PATCH = `${DEPLOYMENT}Patch`;
export const STATEFUL_SET = "kubernetes:apps/v1:StatefulSet";

/**
 * What an AppProject is declared by: as a whole, or some of its fields, which are applied over what others declared. A
 * rule about what must not be there looks at both; one about what must be there only at the whole.
 */
export const APP_PROJECTS: readonly string[] = [APP_PROJECT, APP_PROJECT_PATCH];
