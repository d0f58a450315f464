import { LineCounter, parseAllDocuments } from "yaml";
import type { Problem } from "../../model/problem";
import { syntaxProblem } from "../../model/yaml-document";
import { withoutSecrets } from "./credentials";
import { isFields, isOf } from "./found-object";
import type { Fields, FoundMetadata, FoundObject } from "./found-object";

export interface ParsedObjects {
  readonly objects: readonly FoundObject[];
  readonly problems: readonly Problem[];
}

/** The objects of a text: YAML of several documents, JSON, and lists of objects. What is no object is passed over. */
export function parseObjects(text: string, file: string): ParsedObjects {
  const lines = new LineCounter();
  const parsed = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false });
  const documents = Array.isArray(parsed) ? parsed : [];
  const problems = documents.flatMap(({ errors }) => errors.map((error) => syntaxProblem(file, error, lines)));
  if (problems.length > 0) return { objects: [], problems };
  const values = documents.map((document) => document.toJS({ maxAliasCount: 100 }) as unknown);
  const flat = values.filter(isFields).filter(lostIndentation);
  if (flat.length > 0) return { objects: [], problems: [indentationProblem(file)] };
  return { objects: values.flatMap((value) => objectsIn(value, file)), problems: [] };
}

function objectsIn(value: unknown, origin: string): FoundObject[] {
  if (!isFields(value)) return [];
  const { kind, apiVersion, items } = value;
  if (typeof kind !== "string" || typeof apiVersion !== "string") return [];
  if (Array.isArray(items)) {
    // The API server gives items of a list without their kind.
    const inherited = kind === "List" ? {} : { apiVersion, kind: kind.replace(/List$/, "") };
    return items.flatMap((item) => objectsIn(isFields(item) ? { ...inherited, ...item } : item, origin));
  }
  const object = foundObject(value, origin);
  return object === undefined ? [] : [object];
}

/** An object of the API, or absent where it has no name. A Secret's values are taken out. */
export function foundObject(value: Fields, origin: string): FoundObject | undefined {
  const { kind, apiVersion, metadata, spec, status, data, stringData } = value;
  if (!isFields(metadata) || typeof metadata["name"] !== "string") return undefined;
  const object: FoundObject = {
    kind: String(kind),
    apiVersion: String(apiVersion),
    metadata: metadata as unknown as FoundMetadata,
    ...(isFields(spec) && { spec }),
    ...(isFields(status) && { status }),
    origin,
  };
  if (!isOf(object, "Secret")) return object;
  return withoutSecrets(object, isFields(data) ? data : {}, isFields(stringData) ? stringData : {});
}

/** What a copy from a page that does not keep blanks looks like: `metadata` is empty, and its keys stand beside it. */
function lostIndentation(value: Fields): boolean {
  return "metadata" in value && value["metadata"] === null && typeof value["name"] === "string" && "spec" in value;
}

function indentationProblem(file: string): Problem {
  return {
    severity: "error",
    file,
    path: "metadata",
    message:
      "the indentation is lost: what belongs below metadata and spec stands beside them, as in a copy from a web page",
    allowed: "the file as it lies in its repository",
    fix: "take that file (Protobox: factory/CD/argo/application.yml), or indent by two blanks what is below metadata, spec, source, destination and syncPolicy",
  };
}
