import { enumerated, joined, plain, say, type Phrase } from "./phrase";
import type { Action, StackReview, SubjectReview } from "./review";

/** More projects than these are counted. */
const NAMED = 3;

/** What happens, in one sentence: `Adds the project acme/shop to dev and staging; nothing is deleted.` */
export function headlineOf(stacks: readonly StackReview[]): Phrase {
  const parts = [...troubles(stacks), ...happenings(stacks)];
  const whole = parts.length === 0 ? [say`nothing changes`] : [...parts, ...reassurance(stacks)];
  return sentence(joined(whole, "; "));
}

function troubles(stacks: readonly StackReview[]): Phrase[] {
  const failed = stacks.filter(({ failures }) => failures.length > 0);
  const blocked = stacks.filter(({ policies }) => policies.some(({ level }) => level === "mandatory"));
  return [
    ...(failed.length > 0 ? [say`the preview of ${named(failed)} has failed`] : []),
    ...(blocked.length > 0 ? [say`blocked by policy in ${named(blocked)}`] : []),
  ];
}

/** That nothing goes is said only where all is known: a preview that has failed may not have come to the deletions. */
function reassurance(stacks: readonly StackReview[]): Phrase[] {
  const isSure = stacks.every(({ failures, counts }) => failures.length + counts.deleted + counts.replaced === 0);
  if (isSure) return [say`nothing is deleted`];
  const count = stacks.flatMap(({ subjects: all }) => all.filter(({ action }) => action !== "deletes")).flatMap(gone);
  if (count.length === 0) return [];
  return [
    count.length === 1
      ? say`one object is deleted`
      : { words: [`${String(count.length)} objects are deleted`], values: [] },
  ];
}

/** What goes of a subject that stays, also to come back anew. */
function gone({ resources }: SubjectReview): readonly unknown[] {
  return resources.filter(({ operation }) => operation === "delete" || operation === "replace");
}

const VERBS: readonly (readonly [Action, Phrase, Phrase])[] = [
  ["deletes", say`deletes`, say` from `],
  ["adds", say`adds`, say` to `],
];

function happenings(stacks: readonly StackReview[]): Phrase[] {
  const projects = VERBS.flatMap(([action, verb, where]) => {
    const found = placesOf(stacks, (one) => one.kind === "project" && one.action === action);
    const noun = found.length === 1 ? say`the project` : say`the projects`;
    return found.length === 0 ? [] : [joined([verb, noun, subjects(found, where)], " ")];
  });
  projects.push(...changed(stacks));
  const parts = placesOf(stacks, ({ kind }) => kind === "platform");
  if (parts.length > 0) projects.push(joined([say`changes `, subjects(parts, say` in `)], ""));
  return projects.length === 0 ? [] : [joined(projects, ", ")];
}

/** What changes of the projects that stay; of many only their names. */
function changed(stacks: readonly StackReview[]): Phrase[] {
  const places = placesOf(stacks, (one) => one.kind === "project" && one.action === "changes");
  if (places.length === 0) return [];
  if (places.length > NAMED) return [joined([say`changes the projects`, subjects(places, say` in `)], " ")];
  return places.map((place) => {
    const words = stacks.flatMap(({ subjects: all }) => all.filter(({ name }) => name === place.name)).flatMap(topics);
    const what = enumerated([...new Set(words)].map((word) => ({ words: [word], values: [] })));
    return joined([say`changes the`, what, say`of`, subjects([place], say` in `)], " ");
  });
}

/** By the words that a change begins with. */
const TOPICS: readonly (readonly [RegExp, string])[] = [
  [/^revision/, "revision"],
  [/^image/, "images"],
  [/^quota/, "quota"],
  [/^(?:read|write) access|^role|^right|^token|^GitLab role|^access for/, "access"],
  [/^(?:incoming|outgoing) traffic/, "network"],
  [/^sync window|is synchronised/, "synchronisation"],
  [/^Application|^repository|^chart|^folder|^GitLab repository/, "repositories"],
  [/^credentials/, "credentials"],
];

function topics({ changes }: SubjectReview): string[] {
  const found = changes.map((change) => {
    const text = plain(change).replace(/^no longer /, "");
    return TOPICS.find(([pattern]) => pattern.test(text))?.[1] ?? "settings";
  });
  return [...new Set(found)].sort((one, other) => rank(one) - rank(other));
}

function rank(topic: string): number {
  return topic === "settings" ? 1 : 0;
}

interface Place {
  readonly name: string;
  readonly stacks: readonly string[];
}

function placesOf(
  stacks: readonly StackReview[],
  isMeant: (subject: StackReview["subjects"][number]) => boolean,
): Place[] {
  const places = new Map<string, string[]>();
  for (const { stack, subjects: all } of stacks) {
    for (const subject of all.filter(isMeant)) {
      places.set(subject.name, [...(places.get(subject.name) ?? []), stack]);
    }
  }
  return [...places].map(([name, found]) => ({ name, stacks: found }));
}

/** Those of the same stacks together: `acme/shop and acme/portal to dev`. */
function subjects(places: readonly Place[], where: Phrase): Phrase {
  const byStacks = new Map<string, Place[]>();
  for (const place of places) {
    const key = place.stacks.join("\n");
    const group = byStacks.get(key);
    if (group === undefined) byStacks.set(key, [place]);
    else group.push(place);
  }
  return joined(
    [...byStacks.values()].map((group) => {
      const shown = group.slice(0, NAMED).map(({ name }) => say`${name}`);
      const more = group.length - shown.length;
      const names = enumerated(more > 0 ? [...shown, say`${more} more`] : shown);
      return joined([names, where, enumerated((group[0]?.stacks ?? []).map((stack) => say`${stack}`))], "");
    }),
    ", ",
  );
}

function named(stacks: readonly StackReview[]): Phrase {
  return enumerated(stacks.map(({ stack }) => say`${stack}`));
}

function sentence(phrase: Phrase): Phrase {
  const [first = "", ...others] = phrase.words;
  const words = [first.charAt(0).toUpperCase() + first.slice(1), ...others];
  return { ...phrase, words: [...words.slice(0, -1), `${words.at(-1) ?? ""}.`] };
}
