import type { CheckResult, DifferenceKind, DiffResult, Subject } from "./provider";
import type { providerMethods, ResponseOf } from "./protocol";

/** Source: `PropertyDiff.Kind` in proto/pulumi/provider.proto. */
const kinds: Record<DifferenceKind, number> = {
  add: 0,
  "add-replace": 1,
  delete: 2,
  "delete-replace": 3,
  update: 4,
  "update-replace": 5,
};

/** Source: `DiffResponse.DiffChanges` in proto/pulumi/provider.proto. */
const changes = { unknown: 0, none: 1, some: 2 } as const;

/**
 * The request, made to say which resource it is about. Type and name are read from the URN, which every engine sends.
 * It is the same object, since a copy would decode all of its fields.
 */
export function about<Request extends { readonly urn: string }>(request: Request): Request & Subject {
  // urn:pulumi:<stack>::<project>::<parent types>$<type>::<name>, where only the name may hold "::".
  const [, , types = "", ...name] = request.urn.split("::");
  return Object.assign(request, { type: types.slice(types.lastIndexOf("$") + 1), name: name.join("::") });
}

export function checkResponse({ inputs, failures = [] }: CheckResult): ResponseOf<typeof providerMethods.check> {
  return { inputs, failures };
}

export function diffResponse(result: DiffResult): ResponseOf<typeof providerMethods.diff> {
  const { detailedDiff = {}, changes: found, ...rest } = result;
  const details = Object.entries(detailedDiff).map(
    ([path, { kind, inputDiff = true }]) => [path, { kind: kinds[kind], inputDiff }] as const,
  );
  return {
    ...rest,
    changes: changes[found],
    detailedDiff: new Map(details),
    hasDetailedDiff: result.detailedDiff !== undefined,
  };
}
