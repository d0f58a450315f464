import fc from "fast-check";
import { z } from "zod";
import { placeRepositories } from "../../../../model/hosted-repositories";
import type { Project } from "../../../../model/project";
import { Report } from "../../../../model/report";
import { resolveProject } from "../../../../model/resolve-project";
import { projectFile } from "../../../../model/schema/project";
import { stackConfig } from "../../../../model/schema/stack";

const ENVIRONMENTS = ["dev", "staging", "prod"] as const;

/** A stack as a careful platform team has it. */
const stack = stackConfig.parse({
  projects: {
    ownApplications: true,
    deniedKinds: [
      { group: "rbac.authorization.k8s.io", kind: "Role" },
      { group: "rbac.authorization.k8s.io", kind: "RoleBinding" },
    ],
  },
  secrets: { login: { username: "bot", password: "correct-horse" }, key: { privateKey: "a key" } },
});

/** What a key has in some files and not in others. */
function maybe<Value>(key: string, value: fc.Arbitrary<Value>): fc.Arbitrary<object> {
  return fc.option(value, { nil: undefined }).map((one) => (one === undefined ? {} : { [key]: one }));
}

function merged(...parts: readonly fc.Arbitrary<object>[]): fc.Arbitrary<object> {
  return fc.tuple(...parts).map((all) => Object.assign({}, ...all) as object);
}

const word = fc.stringMatching(/^[a-z][a-z0-9]{1,9}$/);
const names = (count: number) => fc.uniqueArray(word, { minLength: 1, maxLength: count });
const version = fc.tuple(fc.nat(9), fc.nat(20), fc.nat(9)).map((numbers) => numbers.join("."));
const revision = fc.oneof(
  version.map((text) => `v${text}`),
  fc.stringMatching(/^[0-9a-f]{40}$/),
);

/** Where a repository is, and what opens it. */
const place = fc
  .tuple(word, fc.constantFrom("https", "ssh", "scp"), fc.boolean())
  .map(([host, transport, isPrivate]) => {
    const prefix = {
      https: `https://git.${host}.example/`,
      ssh: `ssh://git@git.${host}.example:2222/`,
      scp: `git@git.${host}.example:`,
    }[transport];
    return { prefix, credentials: isPrivate ? { credentials: transport === "https" ? "login" : "key" } : {} };
  });

const kinds: readonly fc.Arbitrary<object>[] = [
  merged(fc.constant({ kind: "manifests" }), maybe("recurse", fc.boolean())),
  merged(
    fc.constant({ kind: "kustomize", path: "overlays/<env>" }),
    maybe(
      "images",
      version.map((tag) => [`shop=registry.example:5000/shop:${tag}`]),
    ),
  ),
  merged(
    fc.constant({ kind: "helm", path: "chart" }),
    maybe("valueFiles", fc.constant(["values.yaml", "values-<env>.yaml"])),
    maybe("parameters", fc.record({ replicas: fc.nat(5), "image.tag": version, "auth.existingSecret": word })),
  ),
];

const shared = merged(
  maybe("autosync", fc.boolean()),
  maybe("prune", fc.boolean()),
  maybe("selfHeal", fc.boolean()),
  maybe(
    "syncOptions",
    fc.subarray(["CreateNamespace=true", "ApplyOutOfSyncOnly=true", "ServerSideApply=true"], { minLength: 1 }),
  ),
  maybe("ignoreDifferences", fc.constant([{ group: "apps", kind: "Deployment", jsonPointers: ["/spec/replicas"] }])),
);

const repository = fc
  .tuple(word, place, fc.oneof(...kinds), shared, revision)
  .map(([name, { prefix, credentials }, kind, rest, at]) => ({
    name,
    url: `${prefix}teams/${name}.git`,
    revision: at,
    ...credentials,
    ...kind,
    ...rest,
  }));

const syncWindow = merged(
  fc.record({
    kind: fc.constantFrom("allow", "deny"),
    schedule: fc.constantFrom("0 22 * * mon-fri", "30 2 1 * *", "*/5 8-18 * * *"),
    duration: fc.constantFrom("8h", "90m", "1h30m"),
  }),
  maybe("timeZone", fc.constantFrom("Europe/Paris", "UTC")),
  maybe("manualSync", fc.boolean()),
);

const file = merged(
  maybe("description", fc.constant("Where customers find everything")),
  maybe(
    "owners",
    names(3).map((all) => all.map((name) => `${name}@acme.example`)),
  ),
  maybe("groups", fc.record({ read: names(3).map((all) => all.map((name) => `/${name}/RO`)), write: names(2) })),
  maybe(
    "quota",
    fc.record({
      cpu: fc.integer({ min: 1, max: 64 }),
      memory: fc.constantFrom("2Gi", "64Gi"),
      pods: fc.integer({ min: 1, max: 200 }),
    }),
  ),
  maybe("podSecurity", fc.constantFrom("baseline", "restricted")),
  maybe(
    "network",
    fc.record({ ingressFromNamespaces: names(2), egressToCidrs: fc.constantFrom(["10.20.0.0/16"], ["fd00::/8"]) }),
  ),
  maybe("ownApplications", fc.boolean()),
  maybe("deniedKinds", fc.constant([{ group: "batch", kind: "CronJob" }])),
  maybe("syncWindows", fc.array(syncWindow, { minLength: 1, maxLength: 2 })),
  fc.record({ repositories: fc.uniqueArray(repository, { minLength: 1, maxLength: 3, selector: ({ name }) => name }) }),
);

/** Projects that the catalogue takes, each in one environment; the same ones for the same seed. */
export function goodProjects(count: number, seed: number): readonly Project[] {
  const files = fc.sample(fc.tuple(word, file, fc.constantFrom(...ENVIRONMENTS)), { numRuns: count, seed });
  return files.map(([organisation, content, environment], index) => {
    const path = `catalog/${organisation}/p${String(index)}.yaml`;
    const written = { organisation, name: `p${String(index)}`, environments: ENVIRONMENTS, ...content };
    const read = projectFile.safeParse(written);
    if (!read.success) throw new Error(`${path}: ${z.prettifyError(read.error)}\n${JSON.stringify(written)}`);
    const report = new Report(path);
    const project = resolveProject(placeRepositories(read.data, undefined), environment, stack, report);
    if (report.hasErrors) throw new Error(JSON.stringify(report.problems));
    return project;
  });
}
