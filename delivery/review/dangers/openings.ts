import { NAMESPACE, NETWORK_POLICY } from "../../../policies/kinds";
import { textAt } from "../../../policies/read";
import { ENFORCED } from "../describe/namespace";
import { openings } from "../describe/network";
import { say } from "../phrase";
import { added, type Judge } from "./danger";

/** As good as no policy at all. */
const BROAD = /^(?:anywhere|all namespaces|[\d.:a-f]*\/0)(?:,|$)/;

/** More traffic than before. A policy that is new to a project that exists opens just as one that is changed. */
export const networkOpening: Judge = ({ type, before, after }, isNew) => {
  if (type !== NETWORK_POLICY || after === undefined) return [];
  const [old, now] = [openings(before), openings(after)];
  const tells = (peer: string) => !isNew || BROAD.test(peer);
  return [
    ...added(old.incoming, now.incoming)
      .filter(tells)
      .map((peer) => say`incoming traffic from ${peer}`),
    ...added(old.outgoing, now.outgoing)
      .filter(tells)
      .map((peer) => say`outgoing traffic to ${peer}`),
  ].map((what) => ({ kind: "network" as const, what }));
};

const LEVELS = ["privileged", "baseline", "restricted"];

/** Pods that may do more on their node. https://kubernetes.io/docs/concepts/security/pod-security-standards/ */
export const podSecurityLowered: Judge = ({ type, before, after }) => {
  if (type !== NAMESPACE || after === undefined) return [];
  // A namespace without the label is held to nothing.
  const now = textAt(after, "metadata", "labels", ENFORCED) ?? "privileged";
  const old = before === undefined ? "restricted" : (textAt(before, "metadata", "labels", ENFORCED) ?? "privileged");
  if (LEVELS.indexOf(now) >= LEVELS.indexOf(old)) return [];
  const what = before === undefined ? say`its pods may be ${now}` : say`its pods may be ${now}, were ${old}`;
  return [{ kind: "pod security", what }];
};
