import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { reconcileCorefile, type Reconciled, verifyCorefile } from "../../../corefile";
import { startParts } from "../../../lab/parts/start-parts";
import { UserError } from "../../../model/problem";
import { type DnsChange, dnsChange, type DnsState, firstForwards } from "../support/dns-changes";
import { DnsLab } from "../support/dns-lab";
import { QueryLoop } from "../support/dns-query";
import { eventually } from "../support/eventually";
import { RollingCoreDns } from "../support/rolling-coredns";

const changes = 200;

let lab: DnsLab;
beforeAll(async () => {
  lab = await DnsLab.start(["dns", "dnsmasq", "consul"]);
});
afterAll(async () => {
  await lab.dispose();
});

/**
 * What the program would write; absent when it refuses to. The program believes of the Corefile in the cluster what
 * cannot be judged, since CoreDNS runs it; of an edit that CoreDNS has not seen yet, `running` is what is believed.
 */
function reconciled(corefile: string, forwards: DnsState["forwards"], running = corefile): Reconciled | undefined {
  if (verifyCorefile(corefile, { live: running }).length > 0) return undefined;
  try {
    return reconcileCorefile(corefile, forwards, { clusterDnsAddresses: ["10.233.0.3", "169.254.25.10"] });
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

describe("DNS under changes that CoreDNS reloads by itself", () => {
  it("answers every query, by NodeLocal DNS as by the cluster's DNS", async () => {
    const servers = [lab.server("clusterDns"), lab.server("nodeLocalDns")];
    const installed = { coredns: await lab.corefile("coredns"), nodelocaldns: await lab.corefile("nodelocaldns") };
    const apply = async (forwards: DnsState["forwards"]): Promise<void> => {
      for (const [name, text] of Object.entries(installed)) {
        await lab.applyCorefile(name, reconciled(text, forwards)?.text ?? "");
      }
    };
    await apply(firstForwards);
    await Promise.all(servers.map((server) => server.until("git.protobox", lab.host("git"))));
    const expected = { "kubernetes.default.svc.cluster.local": "10.233.0.1", "git.protobox": lab.host("git") };
    const loops = servers.map((server) => new QueryLoop(server, expected));
    try {
      const consul = { zone: "service.consul", to: ["10.0.0.54:8600"], cacheSeconds: 1 };
      for (const wanted of [true, false, true, false]) {
        await apply(wanted ? [...firstForwards, consul] : firstForwards);
        const answer = wanted ? lab.host("git") : "ENOTFOUND";
        await Promise.all(servers.map((server) => server.until("git.service.consul", answer)));
      }
    } finally {
      await Promise.all(loops.map((loop) => loop.stop()));
    }
    for (const { asked, failures } of loops.map((loop) => loop.count)) {
      expect(failures).toEqual([]);
      expect(asked).toBeGreaterThan(100);
    }
    for (const [name, text] of Object.entries(installed)) await lab.applyCorefile(name, text);
  });
});

describe("the cluster's DNS under change", { timeout: 600_000 }, () => {
  // The seed of a failure makes the same changes again: DNS_CHANGE_SEED=1783869943 npx vitest run …
  const seed = Number(process.env["DNS_CHANGE_SEED"] ?? Math.floor(Math.random() * 2 ** 31));

  it(`answers every query through ${String(changes)} changes and restarts (seed ${String(seed)})`, async () => {
    const installed = await lab.corefile("coredns");
    const corefile = reconciled(installed, firstForwards)?.text ?? "";
    await lab.applyCorefile("coredns", corefile);
    let state: DnsState = { installed, corefile, forwards: firstForwards };
    const server = lab.server("clusterDns");
    await server.until("git.protobox", lab.host("git"));
    const rolling = await RollingCoreDns.of(lab);
    const loop = new QueryLoop(server, {
      "kubernetes.default.svc.cluster.local": "10.233.0.1",
      "git.protobox": lab.host("git"),
      "none.protobox": "ENOTFOUND",
    });
    const verdicts = { applied: 0, refused: 0 };
    try {
      for (const [index, change] of fc.sample(dnsChange, { numRuns: changes, seed }).entries()) {
        const title = `change ${String(index)}: ${change.title}`;
        state = await tried(change, title, state, verdicts);
        await rolling.restart().catch((error: unknown) => {
          throw new Error(`CoreDNS refuses what was accepted\n${title}\n${state.corefile}`, { cause: error });
        });
        expect(loop.count.failures, title).toEqual([]);
      }
      await rolling.settled();
    } finally {
      await loop.stop();
      await rolling.stop();
    }
    expect(loop.count.failures).toEqual([]);
    expect(loop.count.asked).toBeGreaterThan(changes);
    expect(verdicts.applied).toBeGreaterThan(changes / 4);
    expect(verdicts.refused).toBeGreaterThan(changes / 4);
  });

  it("would be gone with a CoreDNS that is restarted on a Corefile which we refuse, and the loop would tell", async () => {
    await startParts({ stateDir: lab.stateDir, parts: ["dns"] });
    const rolling = await RollingCoreDns.of(lab);
    const installed = await lab.corefile("coredns");
    const bad = `${installed}\nprotobox:53 {\n    forward .\n}\n`;
    expect(reconciled(bad, firstForwards)).toBeUndefined();
    await lab.applyCorefile("coredns", bad);
    const loop = new QueryLoop(lab.server("clusterDns"), { "kubernetes.default.svc.cluster.local": "10.233.0.1" });
    try {
      await expect(rolling.restart()).rejects.toThrow(/Wrong argument count/);
      expect(loop.count.failures).toEqual([]);
      await rolling.stop();
      await eventually(
        () => Promise.resolve(loop.count.failures.length > 0 || undefined),
        () => "no query has failed",
      );
    } finally {
      await loop.stop();
    }
  });

  /** The state after a change: what was refused leaves the cluster as it is. */
  async function tried(
    change: DnsChange,
    title: string,
    state: DnsState,
    verdicts: { applied: number; refused: number },
  ) {
    const wanted = change.apply(state);
    const result = reconciled(wanted.corefile, wanted.forwards, state.corefile);
    if (change.bad !== undefined) expect(result === undefined, title).toBe(change.bad);
    if (result === undefined) {
      verdicts.refused += 1;
      return state;
    }
    await lab.applyCorefile("coredns", result.text);
    verdicts.applied += 1;
    return { ...state, corefile: result.text, forwards: wanted.forwards };
  }
});
