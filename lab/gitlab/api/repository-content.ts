import { badParameters } from "../http/errors";

/** The content that a request gives for a file; base64 is read as such only where the request says so. */
export function contentOf({
  content,
  encoding,
}: {
  readonly content: string;
  readonly encoding: string | undefined;
}): Buffer {
  return Buffer.from(content, encoding === "base64" ? "base64" : "utf8");
}

/** A path within a repository, or grape's 400 for one that leads out of it or nowhere. */
export function filePath(path: string, parameter: string): string {
  const trimmed = path.replace(/^\/+/, "");
  const isGood = trimmed.split("/").every((part) => !["", ".", ".."].includes(part) && part.toLowerCase() !== ".git");
  // eslint-disable-next-line no-control-regex -- neither git's plumbing nor people take these
  if (!isGood || /[\u0000-\u001f]/.test(trimmed)) throw badParameters(`${parameter} should be a valid file path`);
  return trimmed;
}
