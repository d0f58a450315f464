import type { FastifyRequest } from "fastify";
import type { GitLabContext } from "../context";
import { hash, validate } from "../http/validate";
import type { CustomAttribute } from "../store/attributes";

/** Whether a name or path has a text in it, whatever its case; without a text, every one has. */
export function matches(search: string | undefined, ...texts: readonly string[]): boolean {
  const wanted = search?.toLowerCase();
  return wanted === undefined || texts.some((text) => text.toLowerCase().includes(wanted));
}

/** Sorts a copy; equal ones by id. */
export function sorted<T extends { readonly id: number }>(
  records: readonly T[],
  keyOf: (record: T) => string | number,
  direction: "asc" | "desc",
): T[] {
  const sign = direction === "asc" ? 1 : -1;
  const compare = (a: T, b: T): number => {
    const [left, right] = [keyOf(a), keyOf(b)];
    return left === right ? a.id - b.id : left < right ? -1 : 1;
  };
  return [...records].sort((a, b) => sign * compare(a, b));
}

/** The custom attributes of something. */
export function attributesOf(
  { store }: Pick<GitLabContext, "store">,
  type: CustomAttribute["source_type"],
  id: number,
): CustomAttribute[] {
  return store.customAttributes.where((one) => one.source_type === type && one.source_id === id);
}

/** Those of `custom_attributes[key]=value` in a request, which administrators alone may filter by. */
export function attributeFilter(
  context: Pick<GitLabContext, "store">,
  request: FastifyRequest,
  isAdmin: boolean,
  type: CustomAttribute["source_type"],
): (record: { readonly id: number }) => boolean {
  const { custom_attributes: wanted } = validate(request, { custom_attributes: hash });
  if (wanted === undefined || !isAdmin) return () => true;
  return ({ id }) => {
    const attributes = attributesOf(context, type, id);
    return Object.entries(wanted).every(([key, value]) =>
      attributes.some((one) => one.key === key && one.value === String(value)),
    );
  };
}
