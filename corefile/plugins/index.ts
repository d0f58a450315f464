import type { PluginCheck } from "./check";
import { cache } from "./cache";
import { forward } from "./forward";
import { kubernetes } from "./kubernetes";
import * as observing from "./observing";
import * as operating from "./operating";
import { rewrite } from "./rewrite";
import * as serving from "./serving";

/** Plugins whose arguments are judged, with the judge. */
const checks: Readonly<Record<string, PluginCheck>> = {
  acl: serving.acl,
  any: operating.unread,
  autopath: serving.autopath,
  bind: operating.bind,
  bufsize: operating.bufsize,
  cache,
  cancel: operating.cancel,
  chaos: operating.unread,
  debug: operating.debug,
  dns64: serving.dns64,
  erratic: serving.erratic,
  errors: observing.errors,
  file: serving.file,
  forward,
  health: observing.health,
  hosts: serving.hosts,
  kubernetes,
  loadbalance: operating.loadbalance,
  local: operating.unread,
  log: observing.log,
  loop: operating.loop,
  metadata: operating.metadata,
  minimal: operating.bare,
  multisocket: operating.multisocket,
  nsid: operating.nsid,
  pprof: observing.pprof,
  prometheus: observing.prometheus,
  ready: observing.ready,
  reload: operating.reload,
  rewrite,
  root: operating.root,
  template: serving.template,
  timeouts: operating.timeouts,
  transfer: operating.transfer,
  view: serving.view,
  whoami: operating.bare,
};

/** Plugins of the default build whose arguments are not read here: what stands in a live Corefile is believed. */
const UNREAD_PLUGINS =
  "geoip tls proxyproto quic grpc_server https https3 trace dnstap tsig header dnssec route53 azure clouddns " +
  "k8s_external auto secondary etcd grpc on sign nomad";

/** All plugins of CoreDNS 1.14.2's default build (its `plugin.cfg`). */
export const PLUGINS: ReadonlySet<string> = new Set([...Object.keys(checks), ...UNREAD_PLUGINS.split(" ")]);

/** The judge of a plugin's arguments; undefined where there is none. */
export function checkOf(plugin: string): PluginCheck | undefined {
  return Object.hasOwn(checks, plugin) ? checks[plugin] : undefined;
}
