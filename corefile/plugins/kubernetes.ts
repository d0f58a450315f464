import { normalizeExact } from "../zone";
import type { Word } from "../corefile";
import {
  duration,
  expectCount,
  integer,
  oneOf,
  option,
  readOptions,
  Refusal,
  Unjudged,
  type PluginCheck,
} from "./check";

/** `kubernetes [ZONES...] { options }`, once. Whether the cluster can be reached is not judged. */
export const kubernetes: PluginCheck = (cursor, block) => {
  let uses = 0;
  while (cursor.next()) {
    const plugin = cursor.current;
    uses += 1;
    if (uses > 1) throw new Refusal("the plugin may be used once in a server block", plugin, "one use");
    const zones = zonesOf(cursor.remainingArguments(), block.zones);
    if (zones.every(isReverse)) {
      throw new Refusal(
        "kubernetes has no zone but reverse zones",
        plugin,
        "the cluster's domain, such as cluster.local",
      );
    }
    let namespaces = false;
    let namespaceLabels = false;
    readOptions(cursor, {
      endpoint_pod_names: option(0, 0),
      pods: option(1, 1, ([mode]) => {
        oneOf(mode, "disabled", "insecure", "verified");
      }),
      namespaces: option(1, Infinity, () => {
        namespaces = true;
      }),
      endpoint: option(1, Infinity, ([url]) => {
        if (!/^(?:https?:\/\/)?[a-z0-9][a-z0-9.-]*(?::\d{1,5})?\/?$/i.test(url?.text ?? "")) {
          throw new Unjudged("it is an unusual URL");
        }
      }),
      tls: option(3, 3, () => {
        throw new Unjudged("it names certificate files");
      }),
      labels: option(1, Infinity, simpleSelector),
      namespace_labels: option(1, Infinity, (args) => {
        namespaceLabels = true;
        simpleSelector(args);
      }),
      fallthrough: option(0, Infinity),
      ttl: option(1, Infinity, ([ttl]) => integer(ttl, 0, 3600)),
      noendpoints: option(0, 0),
      ignore: option(0, Infinity, ([what]) => {
        if (what !== undefined) oneOf(what, "empty_service");
      }),
      kubeconfig: option(1, 2, () => {
        throw new Unjudged("it names a kubeconfig file");
      }),
      multicluster: (at) => {
        const args = at.remainingArguments();
        const foreign = args.find((word) => normalizeExact(word.text).some((zone) => !zones.includes(zone)));
        if (foreign !== undefined) throw new Refusal("the plugin does not serve this zone", foreign, zones.join(", "));
      },
      // A time of zero or less makes CoreDNS crash when it starts.
      startup_timeout: option(1, Infinity, ([timeout]) => duration(timeout, 1e-9)),
      apiserver_qps: option(1, 1, ([rate]) => {
        if (!/^\d{1,6}(?:\.\d{1,6})?$/.test(rate?.text ?? ""))
          throw new Refusal("the rate is not right", rate, "0 or more");
      }),
      apiserver_burst: option(1, 1, ([burst]) => integer(burst, 0)),
      apiserver_max_inflight: option(1, 1, ([requests]) => integer(requests, 0)),
    });
    if (namespaces && namespaceLabels) {
      throw new Refusal("namespaces and namespace_labels exclude each other", plugin, "one of the two");
    }
  }
};

/** The zones that a plugin's arguments name, or else those of the server block. */
export function zonesOf(args: readonly Word[], ofBlock: readonly string[]): readonly string[] {
  return args.length === 0 ? ofBlock : args.flatMap((word) => normalizeExact(word.text));
}

function isReverse(zone: string): boolean {
  return zone.endsWith(".in-addr.arpa.") || zone.endsWith(".ip6.arpa.");
}

/** A label selector of the form `key=value,key=value`; the language has more, which is not read here. */
function simpleSelector(args: readonly Word[]): void {
  expectCount(args, 1, Infinity, undefined);
  const [selector, another] = args;
  const name = "[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?";
  const pattern = new RegExp(`^${name}=${name}(?:,${name}=${name})*$`);
  if (another !== undefined || !pattern.test(selector?.text ?? "")) throw new Unjudged("it is a label selector");
}
