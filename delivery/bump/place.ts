import type { Document, Node, Pair, YAMLMap } from "yaml";
import type { Path } from "../../model/report";

/** What a file says of an image's version. */
export interface Version {
  readonly tag?: string;
  readonly digest?: string;
}

interface AnyPlace {
  /** Which of the file's documents, counted from 0. */
  readonly document: number;
  /** What is set: `images[0].newTag`. */
  readonly path: Path;
  /** What it belongs to, by which it can be chosen too: `images[0]`. */
  readonly owner: Path;
  /** The names by which the image is found; empty where the file does not say which image it is. */
  readonly names: readonly string[];
  /** The nodes from the root to the value. */
  readonly nodes: readonly Node[];
}

/** One value that holds name and version: `image: nginx:1.27`. */
export interface ReferencePlace extends AnyPlace {
  readonly form: "reference";
  readonly value: Node;
}

/** An entry of a kustomization's `images`, where a tag and a digest exclude each other. */
export interface KustomizationPlace extends AnyPlace {
  readonly form: "kustomization";
  readonly map: YAMLMap;
}

/** A tag beside a repository, as charts have it. */
export interface TagPlace extends AnyPlace {
  readonly form: "tag";
  readonly map: YAMLMap;
  /** The keys by which this chart calls tag and digest: `tag`, `imageTag`. */
  readonly keys: { readonly tag: string; readonly digest: string };
  /** The entry after which a missing tag is written; absent when none may be added. */
  readonly after?: Pair;
}

/** One value that holds a tag alone, chosen by its path. */
export interface BarePlace extends AnyPlace {
  readonly form: "bare";
  readonly pair: Pair;
}

export type Place = ReferencePlace | KustomizationPlace | TagPlace | BarePlace;

/** A file's text and what YAML makes of it. */
export interface Source {
  /** As the user knows it. */
  readonly file: string;
  /** Without a byte order mark. */
  readonly text: string;
  readonly documents: readonly Document.Parsed[];
  positionAt(offset: number): { readonly line: number; readonly column: number };
}

/** Where a place is found in a document. */
export interface Spot {
  readonly document: number;
  readonly path: Path;
  /** From the root to the node at the path, which is the last. */
  readonly nodes: readonly Node[];
}
