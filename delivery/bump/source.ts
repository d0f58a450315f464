import { LineCounter, parseAllDocuments } from "yaml";
import type { Problem } from "../../model/problem";
import { positionAt, syntaxProblem } from "../../model/yaml-document";
import type { Source } from "./place";

/** A file's text as YAML reads it, or what is wrong with its syntax. */
export function parseSource(file: string, text: string): Source | readonly Problem[] {
  const lines = new LineCounter();
  const parsed = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false, logLevel: "silent" });
  const documents = Array.isArray(parsed) ? parsed : [];
  const errors = documents.flatMap(({ errors: found }) => found);
  if (errors.length === 0) return { file, text, documents, positionAt: (offset) => positionAt(lines, offset) };
  const problems = errors.map((error) => syntaxProblem(file, error, lines));
  return /\{\{/.test(text) ? problems.map((problem) => ({ ...problem, fix: TEMPLATE_FIX })) : problems;
}

const TEMPLATE_FIX =
  "correct the syntax; if this is a chart's template, give the values file that holds the tag instead";
