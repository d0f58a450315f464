import type { FileAction } from "../git/file-actions";
import { badParameters } from "../http/errors";
import { flag, oneOf, type Parameter, text } from "../http/validate";
import { contentOf, filePath } from "./repository-content";

const names = ["create", "update", "move", "delete", "chmod"] as const;

/** The parameter `actions` of a commit: an array, or of a form an object with numbers for keys. */
export const actionList: Parameter<readonly FileAction[]> = {
  read: (value) => {
    const items: unknown = typeof value === "object" && value !== null ? Object.values(value) : undefined;
    if (!Array.isArray(items)) return undefined;
    return items.map(readAction);
  },
};

/** Throws grape's 400 for what one action lacks, as `actions[0][file_path] is missing`. */
function readAction(item: unknown, index: number): FileAction {
  const given = (typeof item === "object" && item !== null ? item : {}) as Record<string, unknown>;
  const place = (name: string): string => `actions[${String(index)}][${name}]`;
  const read = <T>(name: string, parameter: Parameter<T>): T | undefined => {
    if (given[name] === undefined || given[name] === null) return undefined;
    const value = parameter.read(given[name]);
    if (value === undefined) throw badParameters(`${place(name)} ${parameter.complaint ?? "is invalid"}`);
    return value;
  };
  const need = <T>(name: string, parameter: Parameter<T>): T => {
    const value = read(name, parameter);
    if (value === undefined) throw badParameters(`${place(name)} is missing`);
    return value;
  };
  const action = need("action", oneOf(...names));
  const path = filePath(need("file_path", text), place("file_path"));
  const encoding = read("encoding", oneOf("text", "base64"));
  const executable = read("execute_filemode", flag);
  const lastCommit = read("last_commit_id", text);
  const mode = executable === undefined ? {} : { executable };
  const known = lastCommit === undefined ? {} : { lastCommit };
  const content = (): Buffer => contentOf({ content: need("content", text), encoding });
  switch (action) {
    case "create":
      return { action, path, content: content(), ...mode };
    case "update":
      return { action, path, content: content(), ...mode, ...known };
    case "delete":
      return { action, path, ...known };
    case "chmod":
      return { action, path, executable: need("execute_filemode", flag) };
    case "move": {
      const previous = filePath(need("previous_path", text), place("previous_path"));
      return { action, path, previous, ...(given["content"] !== undefined && { content: content() }) };
    }
  }
}
