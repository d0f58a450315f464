/** Text that is HTML, in contrast to text that is shown as it is. Only the tag `markup` and `trusted` make it. */
export class Html {
  constructor(readonly text: string) {}
}

/** What may stand in a template: nothing, text, or HTML. */
export type Content = string | number | Html | undefined | readonly Content[];

/** A template whose parts are escaped unless they are HTML themselves, so that no name of a project can be a tag. */
export function markup(texts: TemplateStringsArray, ...contents: readonly Content[]): Html {
  return new Html(texts.map((text, index) => text + render(contents[index])).join(""));
}

/** HTML of our own making, such as a style sheet. */
export function trusted(text: string): Html {
  return new Html(text);
}

function render(content: Content): string {
  if (content === undefined) return "";
  if (content instanceof Html) return content.text;
  if (typeof content === "object") return content.map(render).join("");
  return escape(String(content));
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** For text between tags and in attributes within quotes. */
function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
