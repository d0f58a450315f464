import { describe, expect, it } from "vitest";
import { providerTargets } from "../../../../../delivery/adopt/imports/provider-targets";
import { component, declare, namespace, provider, PROVIDER, shopProject } from "./declared";

const found = [{ resource: namespace, id: "shop" }];

describe("what has to be in the state before an import", () => {
  it("is nothing where the state has the provider", () => {
    expect(providerTargets(found, [shopProject, namespace], [])).toEqual([]);
  });

  it("is the provider, and the components of what is read, from the outermost on", () => {
    const outer = component("factory:Outer", "outer");
    const dns = component("factory:dns:ClusterDns", "dns", outer.urn);
    const live = { ...declare("core/v1", "ConfigMap", "coredns"), parent: dns.urn };
    expect(providerTargets(found, [provider, outer, dns, shopProject, namespace], [live, live])).toEqual([
      PROVIDER,
      outer.urn,
      dns.urn,
    ]);
  });

  it("is no provider that nothing uses which is imported", () => {
    const other = { ...provider, urn: `${PROVIDER}-edge`, name: "edge" };
    expect(providerTargets(found, [other, shopProject, namespace], [])).toEqual([]);
  });
});
