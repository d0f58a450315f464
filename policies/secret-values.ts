import { SECRET, SECRET_PATCH } from "./kinds";
import { at } from "./read";
import type { Subject } from "./rule";

/** What a Secret is declared by: as a whole, or some of its keys. */
export const SECRETS: readonly string[] = [SECRET, SECRET_PATCH];

/** The label by which Argo CD knows its Secrets: https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/ */
const SECRET_TYPE = "argocd.argoproj.io/secret-type";

/** The values of that label for repositories, those that Argo CD writes to included: its common/common.go. */
const REPOSITORY_TYPES = ["repository", "repo-creds", "repository-write", "repo-write-creds"];

/** A key of a Secret in clear, and where it is. */
export interface SecretValue {
  /** `data.url`, or `stringData.url`. */
  readonly path: string;
  readonly key: string;
  readonly text: string;
}

/** What a Secret is to Argo CD: `repository`, `repo-creds`, `repository-write`, `cluster`… */
export function secretTypeOf({ inputs }: Subject): string | undefined {
  const type = at(inputs, "metadata", "labels", SECRET_TYPE);
  return typeof type === "string" ? type : undefined;
}

/** Whether Argo CD reads the Secret to reach a repository, or all below a URL. */
export function isRepositorySecret(subject: Subject): boolean {
  return REPOSITORY_TYPES.includes(secretTypeOf(subject) ?? "");
}

/** The texts that a Secret holds: `data` in base64, `stringData` as it is. */
export function secretValues({ inputs }: Subject): readonly SecretValue[] {
  return [
    ...entries(inputs["data"]).map(([key, text]) => ({
      path: `data.${key}`,
      key,
      text: Buffer.from(text, "base64").toString("utf8"),
    })),
    ...entries(inputs["stringData"]).map(([key, text]) => ({ path: `stringData.${key}`, key, text })),
  ];
}

function entries(map: unknown): [string, string][] {
  if (typeof map !== "object" || map === null) return [];
  return Object.entries(map).filter((entry): entry is [string, string] => typeof entry[1] === "string");
}
