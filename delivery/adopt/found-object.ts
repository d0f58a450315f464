/** A Kubernetes object as somebody wrote it, or as the cluster has it; nothing in it is certain but kind and name. */
export interface FoundObject {
  readonly kind: string;
  readonly apiVersion: string;
  readonly metadata: FoundMetadata;
  readonly spec?: Fields;
  readonly status?: Fields;
  /** Of a Secret, the values are taken out where it is read; what is left is what does not open anything. */
  readonly data?: Fields;
  /** Where it was found: a file, `standard input`, `the cluster`, or `the cluster edge` for a further one. */
  readonly origin: string;
  /** The further cluster that it lies on; absent on Argo CD's own, and in files. */
  readonly cluster?: string;
}

export interface FoundMetadata {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly finalizers?: readonly string[];
  readonly ownerReferences?: readonly { readonly kind: string; readonly name: string }[];
  readonly managedFields?: readonly ManagedFieldsEntry[];
  readonly resourceVersion?: string;
}

/** One owner of fields: https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management */
export interface ManagedFieldsEntry {
  readonly manager?: string;
  readonly operation?: string;
  readonly subresource?: string;
  readonly apiVersion?: string;
  readonly fieldsV1?: Fields;
}

export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function fieldsAt(object: Fields | undefined, key: string): Fields {
  const value = object?.[key];
  return isFields(value) ? value : {};
}

export function textAt(object: Fields | undefined, key: string): string | undefined {
  const value = object?.[key];
  return typeof value === "string" && value !== "" ? value : undefined;
}

export function listAt(object: Fields | undefined, key: string): readonly unknown[] {
  const value = object?.[key];
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

export function textsAt(object: Fields | undefined, key: string): readonly string[] {
  return listAt(object, key).filter((item) => typeof item === "string");
}

/** How notes and errors call it: `Application argo-docserver`. */
export function titleOf({ kind, metadata }: FoundObject): string {
  return `${kind} ${metadata.name}`;
}

/** Whether it is of a kind of the core group, or of the group that is named. */
export function isOf({ apiVersion, kind }: FoundObject, wanted: string, group = ""): boolean {
  return kind === wanted && (apiVersion.includes("/") ? apiVersion.split("/")[0] : "") === group;
}

export const ARGO = "argoproj.io";
