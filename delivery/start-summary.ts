import type { Lab } from "../lab/lab";
import type { LabChoice } from "../lab/state-dir";
import { choiceArguments } from "./lab-choice";
import { alignColumns, formatTable } from "./table";

/** What the stack exports, as `pulumi stack output --json` prints it; secrets are masked. */
export interface StackOutputs {
  readonly environment: string;
  readonly argocd: { readonly namespace: string; readonly version: string };
  readonly projects: Readonly<Record<string, readonly string[]>>;
  readonly dns?: { readonly zones: readonly string[] };
}

/** What exists after `npm start`, where it is, and what to try next. */
export function startSummary(outputs: StackOutputs, lab: Pick<Lab, "kubeconfig">, flags: LabChoice): string {
  const { argocd, projects, dns } = outputs;
  const rows = Object.entries(projects).map(([namespace, applications]) => [namespace, applications.join(", ")]);
  const choice = choiceArguments(flags);
  return [
    "",
    `The factory is up: environment ${outputs.environment}, Argo CD ${argocd.version} in the namespace ${argocd.namespace}.`,
    "",
    ...formatTable(["PROJECT (namespace and AppProject)", "APPLICATIONS"], rows),
    "",
    ...(dns ? [`Private zones that the cluster's DNS forwards: ${dns.zones.join(", ")}`] : []),
    `Kubeconfig: ${lab.kubeconfig}`,
    "",
    "Try next:",
    ...alignColumns([
      [`  eval "$(npx factory lab env${choice})"`, "# pulumi and kubectl of this shell mean the lab"],
      [`  kubectl get applications,appprojects -n ${argocd.namespace}`, ""],
      ["  pulumi stack output argocd --show-secrets", "# the admin password"],
      ["  $EDITOR catalog/acme/shop.yaml && pulumi preview", "# what a change would do"],
      [`  npx factory lab down${choice}`, "# stops the lab; --delete removes it"],
    ]),
    "",
  ].join("\n");
}
