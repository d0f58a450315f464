import { z } from "zod";
import { APPLICATION_PARTS, applicationsOf, statedSources } from "../application-specs";
import { at, listAt, nameOf, textAt, yamlTree } from "../read";
import { resourceRule } from "../rule";
import type { Finding, Subject } from "../rule";
import { imageParts, workloadImages, WORKLOADS } from "../workload-images";

export const imageNotLatest = resourceRule({
  name: "image-not-latest",
  level: "mandatory",
  description: "Images have a tag that is not latest, or a digest.",
  reason: "What latest is changes without a commit: nobody can tell what runs, or go back to what ran.",
  source: "https://kubernetes.io/docs/concepts/containers/images/#image-names",
  settings: z.strictObject({
    except: z.array(z.string()).default([]).describe("Names of workloads and Applications that may."),
  }),
  types: [...WORKLOADS, ...APPLICATION_PARTS],
  check: (subject, { settings: { except } }) => {
    if (except.includes(nameOf(subject.inputs) ?? "")) return [];
    return WORKLOADS.includes(subject.type) ? ofWorkload(subject) : overrides(subject);
  },
});

function ofWorkload(subject: Subject): readonly Finding[] {
  return workloadImages(subject).flatMap(({ path, image }) => {
    const { tag, digest } = imageParts(image);
    if (digest !== undefined || (tag !== undefined && tag !== LATEST)) return [];
    return [finding(path, image)];
  });
}

const LATEST = "latest";

/** What an Application sets: the images of a kustomization, and what a chart's values call a tag or an image. */
function overrides(subject: Subject): readonly Finding[] {
  const sources = applicationsOf(subject).flatMap(statedSources);
  return sources.flatMap(({ path, source }) => [
    ...listAt(source, "kustomize", "images").flatMap((image, index) =>
      typeof image === "string" && isLatest(image)
        ? [finding(`${path}.kustomize.images[${String(index)}]`, image)]
        : [],
    ),
    ...listAt(source, "helm", "parameters").flatMap((parameter, index) =>
      chartValues(textAt(parameter, "name") ?? "", at(parameter, "value")).map((value) =>
        finding(`${path}.helm.parameters[${String(index)}].value`, value),
      ),
    ),
    ...chartValues("", at(source, "helm", "valuesObject")).map((value) => finding(`${path}.helm.valuesObject`, value)),
    ...chartValues("", yamlTree(textAt(source, "helm", "values") ?? "")).map((value) =>
      finding(`${path}.helm.values`, value),
    ),
  ]);
}

/** The values of a chart that are latest, each with its key: `web.image.tag: latest`. */
function chartValues(key: string, value: unknown): string[] {
  if (typeof value === "string") {
    const isTag = /(^|\.)(image)?tag$/i.test(key) && value === LATEST;
    const isImage = /image$/i.test(key) && isLatest(value);
    return isTag || isImage ? [`${key}: ${value}`] : [];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([inner, one]) => chartValues(key === "" ? inner : `${key}.${inner}`, one));
}

/** Without a tag, the one in the repository stays. */
function isLatest(image: string): boolean {
  const { tag, digest } = imageParts(image.split("=").at(-1) ?? "");
  return tag === LATEST && digest === undefined;
}

function finding(path: string, value: string): Finding {
  return { path, fact: "the image has no tag of its own", value, fix: "write the tag of a release, or a digest" };
}
