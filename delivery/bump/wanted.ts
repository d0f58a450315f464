import type { Problem } from "../../model/problem";
import { isDigest, isImageName, isTag, parseReference } from "./image-name";

/** What an image is to be set to. */
export type Wanted = { readonly tag: string } | { readonly digest: string };

/** What is asked of each file. */
export interface Request {
  /** The image's name, without tag; absent when paths alone choose the places. */
  readonly image?: string;
  /** The places to change; empty: the one place where the image stands. */
  readonly paths: readonly string[];
  readonly wanted: Wanted;
}

export function versionOf(wanted: Wanted): string {
  return "tag" in wanted ? wanted.tag : wanted.digest;
}

/** What is wrong with the request itself, before any file is read. */
export function requestProblems({ image, wanted }: Request): Problem[] {
  const problems = "tag" in wanted ? tagProblems(wanted.tag) : digestProblems(wanted.digest);
  return image === undefined || isImageName(image) ? problems : [...problems, imageProblem(image)];
}

function problem(path: string, value: string, rest: Pick<Problem, "message" | "allowed" | "fix">): Problem {
  return { severity: "error", file: "factory bump", path, value: value === "" ? "(nothing)" : value, ...rest };
}

function imageProblem(image: string): Problem {
  const { name, ...version } = parseReference(image) ?? { name: undefined };
  return problem("--image", image, {
    message: name === undefined ? "this is no image's name" : "the image's name comes with a version",
    allowed: "a name as workloads write it, without tag: nginx, registry.acme.example/shop",
    fix:
      name === undefined
        ? "correct the name: lower-case letters, digits and single separators between slashes"
        : `write --image ${name}${"tag" in version ? `, and --tag ${String(version.tag)} if that is the tag to set` : ""}`,
  });
}

function tagProblems(tag: string): Problem[] {
  if (tag === "latest") {
    return [
      problem("--tag", tag, {
        message: "latest stays the same from build to build, so that nothing would be redeployed after the first time",
        allowed: "a tag of this one build",
        fix: "give each build a tag of its own, such as GitLab's $CI_COMMIT_SHORT_SHA",
      }),
    ];
  }
  if (isTag(tag)) return [];
  return [
    problem("--tag", tag, {
      message: tag === "" ? "the tag is empty" : "this is no tag",
      allowed: "letters, digits, _, . and -, the first a letter, digit or _; 128 at most",
      fix: tagFix(tag),
    }),
  ];
}

function tagFix(tag: string): string {
  if (tag === "") return "look whether the variable that holds the tag is set in this job";
  if (isDigest(tag)) return `write --digest ${tag}`;
  const inReference = parseReference(tag)?.tag;
  return inReference === undefined ? "correct the tag" : `write --tag ${inReference}`;
}

function digestProblems(digest: string): Problem[] {
  if (isDigest(digest)) return [];
  const after = digest.slice(digest.lastIndexOf("@") + 1);
  return [
    problem("--digest", digest, {
      message: digest === "" ? "the digest is empty" : "this is no digest",
      allowed: "sha256: and 64 hexadecimal digits in lower case",
      fix:
        after !== digest && isDigest(after)
          ? `write --digest ${after}`
          : "take it from the build's output, or from the registry: crane digest NAME:TAG",
    }),
  ];
}
