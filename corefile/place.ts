/** `line:column` of an offset, both from 1. */
export function place(text: string, offset: number): string {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf("\n") + 1;
  const line = before.split("\n").length;
  return `${String(line)}:${String(offset - lineStart + 1)}`;
}
