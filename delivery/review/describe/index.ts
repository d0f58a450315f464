import {
  APP_PROJECT,
  APPLICATION,
  LIMIT_RANGE,
  NAMESPACE,
  NETWORK_POLICY,
  RESOURCE_QUOTA,
  SECRET,
} from "../../../policies/kinds";
import { textAt } from "../../../policies/read";
import type { Inputs, PreviewStep } from "../../preview/preview";
import { type Fact, factChanges } from "../facts";
import { say, type Phrase } from "../phrase";
import { applicationFacts } from "./application";
import { appProjectFacts } from "./app-project";
import { gitlabFacts } from "./gitlab";
import { limitFacts, namespaceFacts, quotaFacts } from "./namespace";
import { networkFacts } from "./network";
import { argocdFacts, clusterFacts, dnsFacts } from "./platform-parts";

const factsByType: Readonly<Record<string, (inputs: Inputs, step: PreviewStep) => Fact[]>> = {
  [NAMESPACE]: namespaceFacts,
  [RESOURCE_QUOTA]: quotaFacts,
  [LIMIT_RANGE]: limitFacts,
  [NETWORK_POLICY]: networkFacts,
  [APP_PROJECT]: appProjectFacts,
  [APPLICATION]: applicationFacts,
  "factory:dns:ClusterDns": dnsFacts,
  "factory:argocd:ArgoCd": argocdFacts,
  "factory:cluster:RegisteredCluster": clusterFacts,
  ...gitlabFacts,
};

const TYPES = Object.keys(factsByType);

/** Orders steps as a team thinks of its project, from the namespace to what runs there; what nobody has words for is last. */
export function byTelling(one: PreviewStep, other: PreviewStep): number {
  return placeOf(one) - placeOf(other);
}

function placeOf({ type }: PreviewStep): number {
  const place = TYPES.indexOf(type);
  return place === -1 ? TYPES.length : place;
}

/** Of what goes as a whole, nobody wants to know what it was made of. */
const WHOLE = /:(?:Application|Namespace|Group|Project|RegisteredCluster)$/;

/** What a step means to those whom it concerns; nothing where another step of the same change says it better. */
export function describeStep(step: PreviewStep): Phrase[] {
  const { type, operation, before, after } = step;
  const factsOf = factsByType[type];
  if (factsOf !== undefined) {
    if (operation === "delete" && WHOLE.test(type)) return [say`${objectName(step)} goes`];
    if (operation === "forget") return [say`${objectName(step)} is left to itself`];
    const phrases = factChanges(before && factsOf(before, step), after && factsOf(after, step));
    const isSilent = phrases.length === 0 && (operation === "update" || operation === "replace");
    return isSilent && step.isCustom ? [say`${objectName(step)} changes`] : phrases;
  }
  if (type === SECRET && isRepositorySecret(step)) return [say`credentials of a repository ${verbOf(step)}`];
  return [];
}

/** `Deployment argocd-server`, by the name in the cluster where there is one. */
export function objectName({ type, name, before, after }: PreviewStep): string {
  const kind = type.slice(type.lastIndexOf(":") + 1);
  return `${kind} ${textAt(after ?? before, "metadata", "name") ?? name}`;
}

function isRepositorySecret({ before, after }: PreviewStep): boolean {
  return textAt(after ?? before, "metadata", "labels", "argocd.argoproj.io/secret-type") === "repository";
}

function verbOf({ operation }: PreviewStep): Phrase {
  if (operation === "create" || operation === "import") return say`are given`;
  return operation === "delete" || operation === "forget" ? say`go` : say`change`;
}
