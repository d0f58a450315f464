import { CheckFailure, CheckResponse, DiffResponse, PropertyDiff } from "@pulumi/pulumi/proto/provider_pb";
import { toStruct } from "./marshal";
import type { CheckResult, CheckFailure as Failure, DifferenceKind, DiffResult, Subject } from "./provider";

const kinds: Record<DifferenceKind, PropertyDiff.Kind> = {
  add: PropertyDiff.Kind.ADD,
  "add-replace": PropertyDiff.Kind.ADD_REPLACE,
  delete: PropertyDiff.Kind.DELETE,
  "delete-replace": PropertyDiff.Kind.DELETE_REPLACE,
  update: PropertyDiff.Kind.UPDATE,
  "update-replace": PropertyDiff.Kind.UPDATE_REPLACE,
};

const changes = {
  none: DiffResponse.DiffChanges.DIFF_NONE,
  some: DiffResponse.DiffChanges.DIFF_SOME,
  unknown: DiffResponse.DiffChanges.DIFF_UNKNOWN,
} as const;

/** The resource that a request is about. Type and name are read from the URN, which every engine sends. */
export function subjectOf(request: { getUrn(): string }): Subject {
  const urn = request.getUrn();
  // urn:pulumi:<stack>::<project>::<parent types>$<type>::<name>, where only the name may hold "::".
  const [, , types = "", ...name] = urn.split("::");
  return { urn, type: types.slice(types.lastIndexOf("$") + 1), name: name.join("::") };
}

/** Seconds as the user set them; the protocol's 0 stands for "not set". */
export function timeoutOf(request: { getTimeout(): number }): number | undefined {
  return request.getTimeout() > 0 ? request.getTimeout() : undefined;
}

export function checkResponse(result: CheckResult): CheckResponse {
  return new CheckResponse().setInputs(toStruct(result.inputs)).setFailuresList(failureList(result.failures));
}

export function failureList(failures: readonly Failure[] = []): CheckFailure[] {
  return failures.map(({ property, reason }) => new CheckFailure().setProperty(property).setReason(reason));
}

export function diffResponse(result: DiffResult): DiffResponse {
  const response = new DiffResponse()
    .setChanges(changes[result.changes])
    .setReplacesList([...(result.replaces ?? [])])
    .setStablesList([...(result.stables ?? [])])
    .setDiffsList([...(result.diffs ?? [])])
    .setDeletebeforereplace(result.deleteBeforeReplace ?? false)
    .setHasdetaileddiff(result.detailedDiff !== undefined);
  for (const [path, { kind, inputDiff }] of Object.entries(result.detailedDiff ?? {})) {
    response.getDetaileddiffMap().set(path, new PropertyDiff().setKind(kinds[kind]).setInputdiff(inputDiff ?? true));
  }
  return response;
}
