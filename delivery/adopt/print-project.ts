import { Document, isMap, isScalar, isSeq } from "yaml";
import type { YAMLMap } from "yaml";
import type { AdoptedProject } from "./adoption";

const COMMENTS: readonly (readonly [path: readonly string[], comment: string])[] = [
  [["network", "open"], " Nothing confines the network yet: say what must stay open, then take this line out."],
];

/** A catalogue file as a person would write it. */
export function printProject({ content }: AdoptedProject, schema: string): string {
  const document = new Document(content);
  const environments = document.get("environments", true);
  if (isSeq(environments)) environments.flow = true;
  const root = document.contents;
  if (isMap(root)) {
    comment(root);
    const map = root.get("environments", true);
    if (isMap(map)) for (const { value } of map.items) if (isMap(value)) comment(value);
  }
  document.commentBefore = ` yaml-language-server: $schema=${schema}`;
  const text = document.toString({ lineWidth: 0, nullStr: "", flowCollectionPadding: false });
  // The first comment stands apart from the document otherwise.
  return text.replace(/^(#[^\n]*\n)\n/, "$1");
}

function comment(map: YAMLMap): void {
  for (const [path, text] of COMMENTS) {
    const [outer = "", inner = ""] = path;
    const parent = map.get(outer, true);
    if (!isMap(parent)) continue;
    const pair = parent.items.find(({ key }) => isScalar(key) && key.value === inner);
    if (pair !== undefined && isScalar(pair.key)) pair.key.commentBefore = text;
  }
  const names = map.items.find(({ key }) => isScalar(key) && key.value === "names");
  if (names !== undefined && isScalar(names.key)) names.key.commentBefore = " Names of what was there before.";
}
