import { buildReview } from "../../../../../delivery/review/build";
import { jsonReview } from "../../../../../delivery/review/json-review";
import { renderMarkdown } from "../../../../../delivery/review/markdown/render";
import { renderText } from "../../../../../delivery/review/text";
import { previewOf, type Around, type Change } from "../../preview/support/preview-files";

/** Every rendering of a review, as one text. */
export function everything(changes: Change[], around: Around = {}, env: NodeJS.ProcessEnv = {}): string {
  const review = buildReview([previewOf(changes, around)], { env });
  const text = renderText(review, { paint: (plain) => plain, details: true });
  return [renderMarkdown(review), text, JSON.stringify(jsonReview(review)), JSON.stringify(review)].join("\n");
}
