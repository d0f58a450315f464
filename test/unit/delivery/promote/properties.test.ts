import fc from "fast-check";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { stringify } from "yaml";
import type { Application } from "../../../../delivery/argocd/application";
import { changedFiles } from "../../../../delivery/promote/changed-files";
import { hasPins, pinsOf } from "../../../../delivery/promote/pins";
import { planPromotion } from "../../../../delivery/promote/plan-promotion";
import { loadPlatform } from "../../../../model/load";
import type { Project } from "../../../../model/project";
import { platform, request, SHOP } from "./platform";

const version = fc.constantFrom("v1.0.0", "v1.1.0", "4f2a9c1", "1.10", "12e4567", "main");
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const images = maybe(fc.uniqueArray(fc.constantFrom("a:1", "a=c:5000/a:2", "b:1", "b@sha256:" + "0b".repeat(32))));
const perEnvironment = <T>(value: fc.Arbitrary<T>) =>
  maybe(fc.record({ dev: value, staging: value, prod: value }, { requiredKeys: [] }));

const kustomize = fc.record(
  {
    kind: fc.constant("kustomize"),
    revision: version,
    images,
    environments: perEnvironment(fc.record({ revision: version, images }, { requiredKeys: [] })),
  },
  { requiredKeys: ["kind"] },
);
const parameters = fc.record({ "image.tag": version, replicas: fc.constantFrom("1", "2") }, { requiredKeys: [] });
const helm = fc.record(
  {
    kind: fc.constant("helm"),
    revision: version,
    parameters,
    environments: perEnvironment(fc.record({ revision: version, parameters }, { requiredKeys: [] })),
  },
  { requiredKeys: ["kind"] },
);
const own = fc.option(fc.record({ revision: version, autosync: fc.boolean() }, { requiredKeys: [] }), { nil: null });
const project = fc.record(
  {
    revision: version,
    environments: fc.oneof(fc.constant(["dev", "staging", "prod"]), fc.record({ dev: own, staging: own, prod: own })),
    repositories: fc.array(fc.oneof(kustomize, helm), { minLength: 1, maxLength: 3 }).map((all) =>
      all.map((one, index) => ({
        name: `repo${String(index)}`,
        url: `https://git.acme.example/${String(index)}`,
        ...one,
      })),
    ),
  },
  { requiredKeys: ["environments", "repositories"] },
);
const text = fc
  .tuple(project, fc.constantFrom("flow" as const, "block" as const, "any" as const))
  .map(([value, collectionStyle]) =>
    stringify({ organisation: "acme", name: "shop", ...value }, { collectionStyle, keepUndefined: false }),
  );

function shopOf(root: string, stack: string): Project {
  const [found] = loadPlatform({ root, stack }).platform.projects;
  if (found === undefined) throw new Error("the shop is expected");
  return found;
}

/** Argo CD, content with all that a project declares. */
function applications({ repositories }: Project): Application[] {
  return repositories.map(({ applicationName, sources: [source] }) => ({
    metadata: { name: applicationName },
    spec: {
      project: "p",
      source: {
        repoURL: source.url,
        targetRevision: source.revision,
        ...(source.kind === "kustomize" && { kustomize: { images: source.images } }),
        ...(source.kind === "helm" && {
          helm: { parameters: Object.entries(source.parameters).map(([name, value]) => ({ name, value })) },
        }),
      },
    },
    status: { sync: { status: "Synced" }, health: { status: "Healthy" } },
  }));
}

it("However a project says its pins, the next environment gets them, and no other environment changes", async () => {
  await fc.assert(
    fc.asyncProperty(text, async (before) => {
      const root = platform({ [SHOP]: before });
      const others = ["dev", "prod"].map((stack) => shopOf(root, stack));
      const [dev] = others;
      if (dev === undefined) throw new Error("dev is expected");
      const wanted = { ...request(root, applications(dev)), from: "dev", to: "staging" };
      const [changed] = changedFiles(root, await planPromotion(wanted));
      if (changed === undefined) return;
      writeFileSync(join(root, SHOP), changed.text);
      expect(["dev", "prod"].map((stack) => shopOf(root, stack))).toEqual(others);
      const staging = shopOf(root, "staging");
      dev.repositories.forEach((repository, index) => {
        const now = staging.repositories[index];
        expect(now && hasPins(pinsOf(now), pinsOf(repository))).toBe(true);
      });
      expect((await planPromotion(wanted)).moves).toEqual([]);
    }),
    { numRuns: 20 },
  );
});
