import { argocd } from "../argocd/part";
import { consul } from "../dns/consul";
import { dns } from "../dns/coredns";
import { dnsmasq } from "../dns/dnsmasq";
import { git } from "../git/part";
import { gitlab } from "../gitlab/part";
import { identity } from "../identity/part";
import type { Part } from "./part";

/** Every part, in the order of their start: each comes after those that it needs. */
export const parts: readonly Part[] = [dns, dnsmasq, consul, git, gitlab, identity, argocd];
