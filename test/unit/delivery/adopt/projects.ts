import fc from "fast-check";

const label = (maximum: number) =>
  fc.stringMatching(new RegExp(`^[a-z][a-z0-9]{1,${String(maximum - 2)}}$`)).filter((name) => !name.startsWith("kube"));

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

const common = {
  name: label(12).filter((name) => name !== "mirror"),
  autosync: maybe(fc.boolean()),
  retryLimit: maybe(fc.integer({ min: 0, max: 9 })),
  prune: maybe(fc.boolean()),
  selfHeal: maybe(fc.boolean()),
  revision: maybe(fc.constantFrom("main", "v1.2.0")),
  path: maybe(fc.constantFrom("deploy", "overlays/a")),
  syncOptions: maybe(fc.constant(["CreateNamespace=true"])),
  ignoreDifferences: maybe(fc.constant([{ group: "apps", kind: "Deployment", jsonPointers: ["/spec/replicas"] }])),
  sources: maybe(fc.constant([{ kind: "reference", url: "https://git.example/values.git", ref: "values" }])),
};

const repository = fc
  .oneof(
    fc.record({ ...common, kind: fc.constant("manifests"), recurse: maybe(fc.boolean()) }),
    fc.record({ ...common, kind: fc.constant("kustomize"), images: maybe(fc.constant(["web=web:2"])) }),
    fc.record({
      ...common,
      kind: fc.constant("helm"),
      releaseName: maybe(label(8)),
      valueFiles: maybe(fc.constant(["values.yaml"])),
      parameters: maybe(fc.constant({ "a.b": "c" })),
    }),
  )
  .map((one) => ({ ...one, url: `https://git.example/${one.name}.git` }));

/** A project as a catalogue file says it, in the environment dev, beside which there are no others. */
export const projectFiles = fc.record({
  organisation: label(8),
  name: label(8),
  description: maybe(fc.constant("What it is")),
  owners: maybe(fc.constant(["team@acme.example", "alice"])),
  groups: maybe(fc.constant({ read: ["/shop/RO"], write: ["/shop/RW", "ops"] })),
  environments: maybe(
    fc.record({ names: fc.record({ namespace: maybe(label(10)), appProject: maybe(label(10)) }) }),
  ).map((dev) => ({ dev: dev ?? null })),
  quota: maybe(
    fc.record({ cpu: fc.constantFrom("2", "6"), memory: fc.constantFrom("4Gi", "8Gi"), gpu: maybe(fc.constant("1")) }),
  ),
  containerDefaults: maybe(fc.constant({ limits: { memory: "1Gi" } })),
  podSecurity: maybe(fc.constantFrom("baseline", "restricted", "privileged")),
  network: maybe(
    fc.record({
      open: maybe(fc.boolean()),
      ingressFromNamespaces: maybe(fc.constant(["ingress-nginx"])),
      egressToCidrs: maybe(fc.constant(["10.0.0.0/8"])),
    }),
  ).map((network) => (network?.open === true ? { open: true } : network)),
  deniedKinds: maybe(fc.constant([{ group: "batch", kind: "CronJob" }])),
  syncWindows: maybe(fc.constant([{ kind: "deny", schedule: "0 1 * * *", duration: "1h" }])),
  repositories: fc.uniqueArray(repository, { minLength: 1, maxLength: 3, selector: ({ name }) => name }),
});
