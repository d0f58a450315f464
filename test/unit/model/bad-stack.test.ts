import { describe, expect, it } from "vitest";
import { loadPlatform } from "../../../model/load";
import { UserError } from "../../../model/problem";
import { load, problemOf, problemsOf, stack, workspace } from "./workspace";

describe("a stack's config is refused", () => {
  it("when it has no file, with the stacks there are", () => {
    expect(problemOf({ "Pulumi.prod.yaml": "config: {}\n" }, "prd")).toMatchObject({
      file: "Pulumi.prd.yaml",
      message: "the stack has no config file",
      allowed: "the stacks dev, prod",
      fix: 'did you mean "prod"?',
    });
  });

  it("for an unknown key, with its place in the file", () => {
    expect(problemOf({ "Pulumi.dev.yaml": "config:\n  gitops-factory:argcd: {}\n" })).toMatchObject({
      file: "Pulumi.dev.yaml",
      path: "argcd",
      position: { line: 2, column: 3 },
      fix: 'did you mean "argocd"?',
    });
  });

  it("for a key without a namespace", () => {
    expect(problemOf({ "Pulumi.dev.yaml": "config:\n  dns: {}\n" })).toMatchObject({ fix: "write gitops-factory:dns" });
  });

  it("not for the keys of other namespaces, nor for an empty file", () => {
    expect(load({ "Pulumi.dev.yaml": "config:\n  kubernetes:context: x\n" }).warnings).toEqual([]);
    expect(load({ "Pulumi.dev.yaml": "" }).warnings).toEqual([]);
  });

  it("when it is no map", () => {
    expect(problemOf({ "Pulumi.dev.yaml": "- a\n" }).message).toBe("the file is not a map");
    expect(problemOf({ "Pulumi.dev.yaml": "config: a\n" }).message).toBe("config is not a map");
  });

  it("when no project has the environment", () => {
    expect(problemOf(stack("environment: stagin"))).toMatchObject({
      path: "environment",
      value: "stagin",
      allowed: "dev, staging",
      fix: 'did you mean "staging"?',
    });
  });

  it("when the stack's name is no environment and none is named", () => {
    expect(problemOf({ "Pulumi.acme-dev.yaml": "config: {}\n" }, "acme-dev")).toMatchObject({
      path: "environment",
      fix: "pulumi config set environment dev",
    });
  });

  it("when the engine gives no JSON for a map", () => {
    const root = workspace();
    const attempt = () => loadPlatform({ root, stack: "dev", config: { "gitops-factory:dns": "{protobox" } });
    expect(attempt).toThrow(UserError);
    expect(attempt).toThrow(/Pulumi\.dev\.yaml.*: dns: the value has the wrong type/);
  });
});

describe("secrets in a stack's config", () => {
  it.each([
    ["gitlab: { username: bot, password: hunter2 }", "secrets.gitlab.password"],
    ["deploy: { privateKey: hunter2 }", "secrets.deploy.privateKey"],
    ["sso: { value: hunter2 }", "secrets.sso.value"],
    ["sso: { value: { secure: null } }", "secrets.sso.value"],
  ])("are refused in plain text, and never repeated: %s", (secret, path) => {
    const problem = problemOf(stack(`secrets:\n  ${secret}`));
    expect(problem).toMatchObject({ path });
    expect(problem.fix).toContain("pulumi config set --path --secret");
    expect(JSON.stringify(problem)).not.toContain("hunter2");
  });

  it("are refused in plain text inside the program, too", () => {
    const root = workspace(stack("secrets:\n  sso: { value: hunter2 }"));
    const config = { "gitops-factory:secrets": '{"sso":{"value":"hunter2"}}' };
    expect(() => loadPlatform({ root, stack: "dev", config })).toThrow(
      /secrets\.sso\.value: the secret stands in plain text/,
    );
  });

  it.each([
    ["a: { usrname: bot, password: { secure: x } }", ["secrets.a.username", "secrets.a.usrname"]],
    ["a: { username: bot }", ["secrets.a.password"]],
    ["a: {}", ["secrets.a.privateKey"]],
    ["a: hunter2", ["secrets.a"]],
  ])("are refused in another form: %s", (secret, paths) => {
    const problems = problemsOf(workspace(stack(`secrets:\n  ${secret}`)));
    expect(problems.map(({ path }) => path)).toEqual(paths);
    expect(JSON.stringify(problems)).not.toContain("hunter2");
  });

  it("may have an encrypted user name", () => {
    const secrets = "secrets:\n  a: { username: { secure: x }, password: { secure: y } }";
    expect(load(stack(secrets)).warnings).toEqual([]);
  });

  it("are refused when another key refers to one that is not there or of another form", () => {
    const config = stack(`secrets:
  gitlab: { username: bot, password: { secure: x } }
kubernetes: { kubeconfig: cluster }
argocd:
  url: https://argocd.example
  oidc: { issuer: https://login.example, clientId: argocd, clientSecret: gitlab }`);
    expect(problemsOf(workspace(config))).toMatchObject([
      { path: "kubernetes.kubeconfig", message: "the stack's config has no secret of this name", allowed: "gitlab" },
      { path: "argocd.oidc.clientSecret", allowed: "a secret of the form {value}" },
    ]);
  });
});

describe("the DNS of a stack's config is refused", () => {
  const forward = (zone: string, to: string) => stack(`dns:\n  forwards: [{ zone: "${zone}", to: ["${to}"] }]`);

  it.each(["git.protobox", "10.0.0.256", "10.0.0.53:99999", "10.0.0.53:0", "[::1", "10.0.0.53:dns", "::1:"])(
    "for the address %s",
    (address) => {
      expect(problemOf(forward("protobox", address))).toMatchObject({
        path: "dns.forwards[0].to[0]",
        value: address,
        message: "the value is not the address of a DNS server",
      });
    },
  );

  it.each(["", ".", "a..b", "-protobox", "protobox:53", "10.0.0.1", "x".repeat(64), "*.protobox"])(
    "for the zone %s",
    (zone) => {
      expect(problemOf(forward(zone, "10.0.0.53"))).toMatchObject({
        path: "dns.forwards[0].zone",
        message: "the value is not the name of a DNS zone",
      });
    },
  );

  it.each(["cluster.local", "svc.cluster.local", "Cluster.Local."])("for the cluster's own zone %s", (zone) => {
    expect(problemOf(forward(zone, "10.0.0.53")).message).toContain("the cluster's own");
  });

  it("for a zone with two forwards, in whatever spelling", () => {
    const forwards = "[{ zone: protobox, to: [10.0.0.1] }, { zone: Protobox., to: [10.0.0.2] }]";
    expect(problemOf(stack(`dns:\n  forwards: ${forwards}`))).toMatchObject({
      path: "dns.forwards",
      value: "protobox",
    });
  });

  it("for no address and no target", () => {
    const problems = problemsOf(workspace(stack("dns: { forwards: [{ zone: protobox, to: [] }], targets: [] }")));
    expect(problems.map(({ path }) => path)).toEqual(["dns.forwards[0].to", "dns.targets"]);
  });

  it("for a ConfigMap that is a target twice, whatever its form", () => {
    expect(problemOf(stack("dns: { targets: [coredns, { kind: custom, name: coredns }] }"))).toMatchObject({
      path: "dns.targets",
      value: "kube-system/coredns",
      fix: "remove one of the two",
    });
  });

  it("for an address of the cluster's DNS that is none", () => {
    expect(problemOf(stack("dns: { clusterDnsAddresses: [kube-dns] }"))).toMatchObject({
      path: "dns.clusterDnsAddresses[0]",
      value: "kube-dns",
    });
  });

  it("for a domain of the cluster that is none", () => {
    expect(problemOf(stack("dns: { clusterDomain: 10.0.0.1 }")).path).toBe("dns.clusterDomain");
  });

  it.each(["corp.example", "cluster.local"])("not for what tells more of the cluster, which is %s", (clusterDomain) => {
    const facts = `clusterDnsAddresses: [10.96.0.10], clusterDomain: ${clusterDomain}, plugins: [k8s_event]`;
    expect(load(stack(`dns: { forwards: [], ${facts} }`)).platform.dns).toMatchObject({
      clusterDnsAddresses: ["10.96.0.10"],
      clusterDomain,
      plugins: ["k8s_event"],
    });
  });

  it("not in its other forms, which are made alike", () => {
    const { platform } = load(
      stack(`dns:
  forwards: [{ zone: Protobox., to: [10.0.0.53, "10.0.0.54:8600", "fd00::53", "[fd00::54]:5353"], cacheSeconds: 5 }]
  targets: [coredns, { kind: corefile, namespace: dns, name: nodelocaldns }, { kind: custom, name: coredns-custom }]`),
    );
    expect(platform.dns).toEqual({
      forwards: [
        {
          zone: "protobox",
          to: ["10.0.0.53:53", "10.0.0.54:8600", "[fd00::53]:53", "[fd00::54]:5353"],
          cacheSeconds: 5,
        },
      ],
      targets: [
        { kind: "corefile", namespace: "kube-system", name: "coredns", key: "Corefile" },
        { kind: "corefile", namespace: "dns", name: "nodelocaldns", key: "Corefile" },
        { kind: "custom", namespace: "kube-system", name: "coredns-custom", key: "gitops-factory.server" },
      ],
    });
  });
});

describe("the Argo CD of a stack's config is refused", () => {
  const argocd = (yaml: string) => stack(`argocd:\n  ${yaml}`);

  it.each([
    ["ABC", "take the output of: sha256sum install.yaml"],
    ["A".repeat(64), `write ${"a".repeat(64)}`],
    ["a".repeat(63), "take the output of: sha256sum install.yaml"],
  ])("for the checksum %s", (sha256, fix) => {
    expect(problemOf(argocd(`manifests: { sha256: ${sha256} }`))).toMatchObject({
      path: "argocd.manifests.sha256",
      message: "the value is not a SHA-256",
      fix,
    });
  });

  it("for a version without its checksum", () => {
    expect(problemOf(argocd("manifests: { version: v3.2.5 }"))).toMatchObject({
      path: "argocd.manifests.sha256",
      message: "the checksum of Argo CD v3.2.5 (install) is not known",
    });
  });

  it.each([
    ["manifests: { location: http://example.org/install.yaml }", "argocd.manifests.location"],
    ["manifests: { location: https://u:p@example.org/install.yaml }", "argocd.manifests.location"],
    ["manifests: { variant: big }", "argocd.manifests.variant"],
    ["url: argocd.acme.example", "argocd.url"],
    ["imageRegistry: https://registry.example", "argocd.imageRegistry"],
    ["hostAliases: [{ ip: git.protobox, hostnames: [git.protobox] }]", "argocd.hostAliases[0].ip"],
    ["hostAliases: [{ ip: 10.0.0.7, hostnames: [http://git.protobox] }]", "argocd.hostAliases[0].hostnames[0]"],
    ["settings: { url: https://argocd.example }", "argocd.settings"],
    ["knownHosts: [git.example]", "argocd.knownHosts[0]"],
    ["tlsCertificates: { git.example: hunter2 }", 'argocd.tlsCertificates["git.example"]'],
    ["workloads: { argocd-server: { replicas: many } }", "argocd.workloads.argocd-server.replicas"],
    ["workloads: { argocd_server: { replicas: 1 } }", "argocd.workloads.argocd_server"],
    ["rbac: { policies: [allow everything] }", "argocd.rbac.policies[0]"],
    ["rbac: { adminGroups: ['a, b'] }", "argocd.rbac.adminGroups[0]"],
  ])("for %s", (yaml, path) => {
    const problem = problemOf(argocd(yaml));
    expect(problem.path).toBe(path);
    expect(JSON.stringify(problem)).not.toMatch(/hunter2|u:p@/);
  });
});
