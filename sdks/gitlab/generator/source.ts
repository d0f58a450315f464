/** The first line of every generated file. */
export const header = "// Generated from the schema by `npm run sdk`. Change the generator, not this file.\n";

/** A list of texts in TypeScript, in lines of at most 120 characters, for the inside of an indented block. */
export function textList(texts: readonly string[], indent: string): string {
  const single = `[${texts.map((text) => JSON.stringify(text)).join(", ")}]`;
  if (indent.length + single.length <= 100) return single;
  const lines = [""];
  for (const text of texts) {
    const item = `${JSON.stringify(text)},`;
    const line = lines.at(-1) as string;
    if (line === "") lines[lines.length - 1] = item;
    else if (indent.length + 2 + line.length + 1 + item.length <= 120) lines[lines.length - 1] = `${line} ${item}`;
    else lines.push(item);
  }
  return `[\n${lines.map((line) => `${indent}  ${line}\n`).join("")}${indent}]`;
}

/** A doc comment in front of a deprecated member; the schema's facts say no more than that. */
export function deprecation(deprecated: boolean | undefined): string {
  return deprecated === true ? "  /** @deprecated GitLab has replaced it. */\n" : "";
}
