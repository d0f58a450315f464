/** A label by which whoever set it is known to put the object back to what it was. */
export interface RevertingLabel {
  readonly label: string;
  readonly value: string;
  readonly who: string;
  /** @default at once */
  readonly when?: string;
}

/**
 * https://github.com/kubernetes/kubernetes/blob/master/cluster/addons/addon-manager/README.md: other modes leave edits.
 * k3s applies its own manifests whenever it starts: https://docs.k3s.io/installation/packaged-components
 */
const KNOWN: readonly (Omit<RevertingLabel, "value"> & { readonly value?: string })[] = [
  { label: "addonmanager.kubernetes.io/mode", value: "Reconcile", who: "the cluster's addon manager" },
  { label: "objectset.rio.cattle.io/hash", who: "k3s", when: "when it starts" },
];

/** Who reverts an edit of an object with these labels, as far as labels tell. */
export function revertingLabels(labels: Readonly<Record<string, string>>): RevertingLabel[] {
  return KNOWN.flatMap((known) => {
    const value = labels[known.label];
    return value === undefined || (known.value !== undefined && value !== known.value) ? [] : [{ ...known, value }];
  });
}
