/** A shorter part of Base64 may be anything. */
const SHORTEST_PART = 8;

/** A text and what becomes of it in an URL, within JSON and in Base64, there also in the midst of a longer text. */
export function spellings(text: string): string[] {
  const bytes = Buffer.from(text);
  const base64 = bytes.toString("base64");
  const encoded = [base64, base64.replace(/=+$/, ""), ...[0, 1, 2].map((offset) => partOfBase64(bytes, offset))];
  return [
    text,
    encodeURIComponent(bytes.toString()),
    JSON.stringify(text).slice(1, -1),
    ...encoded.flatMap((part) => [part, part.replaceAll("+", "-").replaceAll("/", "_")]),
  ].filter((spelling, index) => index < 3 || spelling.length >= SHORTEST_PART);
}

/**
 * The characters of Base64 that these bytes alone decide, when a number of bytes stands before them: three bytes are
 * four characters.
 */
function partOfBase64(bytes: Buffer, before: number): string {
  const text = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64");
  const first = Math.ceil((before * 8) / 6);
  const last = Math.floor(((before + bytes.length) * 8) / 6);
  return text.slice(first, last);
}
