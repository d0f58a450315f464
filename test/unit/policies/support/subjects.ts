import { APP_PROJECT, APPLICATION, APPLICATION_SET, CONFIG_MAP, SECRET } from "../../../../policies/kinds";
import type { Subject } from "../../../../policies/rule";

type Inputs = Readonly<Record<string, unknown>>;

/** A resource of any type, named as its object in the cluster where it has a name. */
export function subject(type: string, inputs: Inputs, options: Partial<Subject> = {}): Subject {
  const metadata = inputs["metadata"] as Inputs | undefined;
  const name = options.name ?? String(metadata?.["name"] ?? "unnamed");
  return {
    type,
    name,
    urn: `urn:pulumi:dev::gitops-factory::${type}::${name}`,
    inputs,
    isProtected: false,
    secretOutputs: [],
    ...options,
  };
}

/** The AppProject `shop` in the namespace `argocd`. */
export function appProject(spec: Inputs, metadata: Inputs = {}): Subject {
  return subject(APP_PROJECT, { metadata: { name: "shop", namespace: "argocd", ...metadata }, spec });
}

/** The Application `shop-deploy` in the namespace `argocd`. */
export function application(spec: Inputs, metadata: Inputs = {}): Subject {
  return subject(APPLICATION, { metadata: { name: "shop-deploy", namespace: "argocd", ...metadata }, spec });
}

/** The ApplicationSet `shops` in the namespace `argocd`. */
export function applicationSet(spec: Inputs, metadata: Inputs = {}): Subject {
  return subject(APPLICATION_SET, { metadata: { name: "shops", namespace: "argocd", ...metadata }, spec });
}

/** The ConfigMap `argocd-cm`, or another of Argo CD's. */
export function argocdSettings(data: Readonly<Record<string, string>>, name = "argocd-cm"): Subject {
  return subject(CONFIG_MAP, { metadata: { name }, data });
}

/** The Secret `shop-repo`, which Argo CD reads for its type: `repository`, `repo-creds`. */
export function argocdSecret(type: string, values: Readonly<Record<string, string>>): Subject {
  const labels = { "argocd.argoproj.io/secret-type": type };
  return subject(SECRET, { metadata: { name: "shop-repo", labels }, stringData: values });
}

/** What names no repository, although it has what looks like one. */
export const noRepositories: Readonly<Record<string, Subject>> = {
  "a Secret that Argo CD does not read": subject(SECRET, {
    stringData: { url: "http://user:pass@10.0.0.7/shop.git" },
  }),
  "a pattern of all": appProject({ sourceRepos: ["*"] }),
};
