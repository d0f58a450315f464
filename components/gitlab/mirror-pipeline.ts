import { parseDocument } from "yaml";
import type { GitLabMirror } from "../../model/gitlab";

/**
 * The pipeline of a repository `mirror` with the platform's image and runners in place of its own. All else
 * means what it meant.
 */
export function patchPipeline(text: string, { image, runnerTag }: Pick<GitLabMirror, "image" | "runnerTag">): string {
  if (image === undefined && runnerTag === undefined) return text;
  const document = parseDocument(text);
  if (!document.has(".mirror")) throw new Error("the mirror's pipeline has no job .mirror that the others extend");
  if (image !== undefined) document.setIn([".mirror", "image", "name"], image);
  if (runnerTag !== undefined) document.setIn([".mirror", "tags"], [runnerTag]);
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}
