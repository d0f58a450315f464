import { isMap, isSeq, parseDocument } from "yaml";
import type { Document, YAMLMap } from "yaml";
import { environmentsOf } from "../../model/resolve-project";
import type { ProjectFile } from "../../model/schema/project";
import type { Fields } from "./found-object";
import { fieldsAt, isFields, listAt } from "./found-object";
import { areEqual, DEFAULTS, OVERRIDABLE, PROJECT_ONLY } from "./merge-environments";

const SETTINGS_ELSEWHERE = ["organisation", "name", "environments", "repositories", ...PROJECT_ONLY];

/** How people and formatters write YAML: `[a]` and `{a: b}`, `[ a ]` and `{ a: b }`, `[a]` and `{ a: b }`. */
const STYLES: readonly ((document: Document.Parsed) => string)[] = [
  (document) => printed(document, false),
  (document) => printed(document, true),
  (document) =>
    printed(document, true)
      .replaceAll(/\[ (?=\S)/g, "[")
      .replaceAll(/(?<=\S) \]/g, "]"),
];

function printed(document: Document.Parsed, flowCollectionPadding: boolean): string {
  return document.toString({ lineWidth: 0, nullStr: "", flowCollectionPadding });
}

/**
 * The text of a catalogue file with a further environment, in which only that is said that the file does not say for all
 * environments. Every other byte stays. Whether it then says what was found is for the caller to see: not everything can
 * be said of one environment alone.
 *
 * Absent where the file is written so that an edit would change other lines as well.
 * @param found the file as it would be with that environment alone
 */
export function withEnvironment(
  text: string,
  before: ProjectFile,
  found: Fields,
  environment: string,
): string | undefined {
  const document = parseDocument(text);
  const print = STYLES.find((style) => style(document) === text);
  if (print === undefined) return undefined;
  addEnvironment(
    document,
    before,
    { ...overridesOf(before, found, environment), ...namesOf(found, environment) },
    environment,
  );
  listAt(found, "repositories")
    .filter(isFields)
    .forEach((repository) => {
      const index = before.repositories.findIndex(({ name }) => name === repository["name"]);
      const own = before.repositories[index] as Fields | undefined;
      if (own === undefined) return;
      for (const [key, value] of Object.entries(repositoryOverrides(own, repository, environment))) {
        document.setIn(["repositories", index, "environments", environment, key], document.createNode(value));
      }
    });
  return print(document);
}

/** A list of names becomes a map once one of them has something of its own. */
function addEnvironment(document: Document.Parsed, before: ProjectFile, overrides: Fields, environment: string): void {
  const own = Object.keys(overrides).length > 0 ? document.createNode(overrides) : null;
  const node = document.get("environments", true);
  if (isSeq(node) && own === null) node.add(document.createNode(environment));
  else if (isSeq(node)) {
    const map = document.createNode(Object.fromEntries(environmentsOf(before).map((name) => [name, null]))) as YAMLMap;
    map.set(environment, own);
    if (typeof node.comment === "string") map.commentBefore = node.comment;
    document.set("environments", map);
  } else if (isMap(node)) node.set(environment, own);
}

function namesOf(found: Fields, environment: string): Fields {
  const { names } = fieldsAt(fieldsAt(found, "environments"), environment);
  return names === undefined ? {} : { names };
}

/** What holds in this environment and not in the others. */
function overridesOf(before: ProjectFile, found: Fields, environment: string): Fields {
  const said = { ...found, ...fieldsAt(fieldsAt(found, "environments"), environment) };
  return Object.fromEntries(
    Object.entries(said).filter(
      ([key, value]) =>
        !SETTINGS_ELSEWHERE.includes(key) && key !== "names" && !areEqual([value, (before as Fields)[key]]),
    ),
  );
}

function repositoryOverrides(before: Fields, found: Fields, environment: string): Fields {
  const own = { ...found, ...fieldsAt(fieldsAt(found, "environments"), environment) };
  const keys = OVERRIDABLE[String(before["kind"])] ?? [];
  return Object.fromEntries(
    keys.flatMap((key) => {
      const usual = typeof before[key] === "string" ? before[key].replaceAll("<env>", environment) : before[key];
      const value = (own as Fields)[key] ?? DEFAULTS[key];
      return value === undefined || areEqual([value, usual ?? DEFAULTS[key]]) ? [] : [[key, value] as const];
    }),
  );
}
