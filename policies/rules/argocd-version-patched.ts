import { z } from "zod";
import { resourceRule } from "../rule";
import { imageParts, workloadImages, WORKLOADS } from "../workload-images";

/**
 * The first version of each line without the holes that are published. GHSA-h98r-wv3h-fr38 (CVE-2026-45738, a script in
 * an Application's link runs as whoever clicks it) is fixed in these; lines before them get no fixes any more.
 */
const FLOORS = { "3.2": "3.2.12", "3.3": "3.3.10", "3.4": "3.4.2" };

const version = z.string().regex(/^\d+\.\d+\.\d+$/, "write three numbers: 3.2.12");

export const argocdVersionPatched = resourceRule({
  name: "argocd-version-patched",
  level: "mandatory",
  description: "Argo CD runs at a version without published holes.",
  reason:
    "Argo CD holds the credentials of all repositories and clusters: a hole in it is a hole in everything that it " +
    "deploys.",
  source: "https://github.com/argoproj/argo-cd/security/advisories",
  settings: z.strictObject({
    floors: z
      .record(z.string().regex(/^\d+\.\d+$/, "write two numbers: 3.2"), version)
      .default(FLOORS)
      .describe("The first good version of each line, which replaces the rule's own."),
  }),
  types: WORKLOADS,
  check: (subject, { settings: { floors } }) =>
    workloadImages(subject)
      .flatMap(({ path, image }) => {
        const { name, tag } = imageParts(image);
        // What runs only at the start of Redis and Dex has no door to the outside.
        if (!/(^|\/)argocd$/.test(name) || tag === undefined || path.includes(".initContainers[")) return [];
        const needed = neededFor(tag, floors);
        if (needed === undefined) return [];
        const fix = `set argocd.manifests.version to v${needed} or later in the stack's config`;
        return [{ path, fact: "this version of Argo CD has published holes", value: tag, fix }];
      })
      // All containers of a pod run the same version.
      .slice(0, 1),
});

/** The version that a tag's line needs; undefined where the tag is recent enough, or is no version. */
function neededFor(tag: string, floors: Readonly<Record<string, string>>): string | undefined {
  const found = /^v?(\d+)\.(\d+)\.(\d+)(-.+)?$/.exec(tag);
  if (found === null) return undefined;
  const [major = 0, minor = 0, patch = 0] = found.slice(1, 4).map(Number);
  const own = floors[`${String(major)}.${String(minor)}`];
  const candidate = own ?? oldest(floors);
  if (candidate === undefined) return undefined;
  const isBefore = compare([major, minor, patch], numbersOf(candidate)) < 0;
  const isCandidateItself = found[4] !== undefined && compare([major, minor, patch], numbersOf(candidate)) === 0;
  return isBefore || isCandidateItself ? candidate : undefined;
}

function oldest(floors: Readonly<Record<string, string>>): string | undefined {
  return Object.values(floors).sort((one, other) => compare(numbersOf(one), numbersOf(other)))[0];
}

function numbersOf(text: string): readonly number[] {
  return text.split(".").map(Number);
}

function compare(one: readonly number[], other: readonly number[]): number {
  const index = one.findIndex((number, place) => number !== other[place]);
  return index < 0 ? 0 : (one[index] ?? 0) - (other[index] ?? 0);
}
