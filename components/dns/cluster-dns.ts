import { ConfigMap, ConfigMapPatch } from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";
import type { DnsSettings, DnsTarget } from "../../model/platform";
import { takingOver } from "../field-manager";
import { importedBlocks, patchCorefiles, type LiveConfigMap } from "./patch-corefiles";

export type ClusterDnsArgs = DnsSettings;

/** Owns the fields that we write. Fixed, so that a stack whose state was lost finds its fields again. */
const FIELD_MANAGER = "gitops-factory-dns";

/**
 * The cluster's DNS forwards each private zone to the servers that know it.
 *
 * A target of kind `corefile` is read at each preview and update; our server blocks in its Corefile are brought in
 * line with `forwards`, and every other byte, whoever wrote it, stays. Where CoreDNS would refuse the result, the
 * update ends with the reasons and the ConfigMap is not touched. A target of kind `custom` gets one key of our own,
 * in a ConfigMap that CoreDNS imports, which is made where it is missing.
 *
 * - Taking a forward out of `forwards` takes its server block out of the cluster.
 * - Destroying the stack, or taking out a target or the whole component, leaves the Corefile as it is: deleting a
 *   patch would delete the key, and the cluster would have no DNS. To have the server blocks out as well, run an
 *   update with `forwards: []` first. A `custom` key goes with the stack.
 * - An edit of our server blocks with kubectl is undone by `pulumi up --refresh`: without it the engine compares with
 *   its own state only.
 */
export class ClusterDns extends pulumi.ComponentResource {
  /** The zones that are forwarded, sorted. */
  readonly zones: pulumi.Output<string[]>;
  /** The Corefiles as they are written, by `namespace/name`. */
  readonly corefiles: pulumi.Output<Record<string, string>>;

  constructor(name: string, args: ClusterDnsArgs, opts: pulumi.ComponentResourceOptions = {}) {
    super("factory:dns:ClusterDns", name, args, opts);
    const lives = args.targets.filter(({ kind }) => kind === "corefile").map((target) => this.#live(name, target));
    const texts = pulumi.all(lives).apply((known) => patchCorefiles(known, args, this));

    for (const target of args.targets) {
      if (target.kind === "corefile") {
        const text = texts.apply((found) => found[place(target)] ?? "");
        this.#patch(name, target, { [target.key]: text }, { retainOnDelete: true });
      } else {
        const text = importedBlocks(args, place(target));
        this.#patch(name, target, text === "" ? {} : { [target.key]: text }, {});
      }
    }

    this.zones = pulumi.output(args.forwards.map(({ zone }) => zone).sort());
    this.corefiles = texts;
    this.registerOutputs({ zones: this.zones });
  }

  /** A ConfigMap that is not there ends the update with the engine's own words: "resource '…' does not exist". */
  #live(name: string, target: DnsTarget): pulumi.Output<LiveConfigMap> {
    const configMap = ConfigMap.get(`${childName(name, target)}-live`, place(target), { parent: this });
    return pulumi
      .all([configMap.data, configMap.metadata])
      .apply(([data, metadata]) => ({ target, place: place(target), data, labels: metadata.labels ?? {} }));
  }

  /** Server-side apply of one key, taken over from whoever owns it. */
  #patch(
    name: string,
    target: DnsTarget,
    data: Record<string, pulumi.Input<string>>,
    opts: pulumi.CustomResourceOptions,
  ): void {
    new ConfigMapPatch(
      childName(name, target),
      {
        metadata: {
          namespace: target.namespace,
          name: target.name,
          annotations: takingOver(FIELD_MANAGER),
        },
        data,
      },
      { parent: this, ...opts },
    );
  }
}

function childName(name: string, target: DnsTarget): string {
  return `${name}-${target.namespace}-${target.name}`;
}

/** How people name a ConfigMap, and by what id the provider reads it. */
function place(target: DnsTarget): string {
  return `${target.namespace}/${target.name}`;
}
