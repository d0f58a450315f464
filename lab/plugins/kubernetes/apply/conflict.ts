import { ApiError, isConflict } from "../api/errors";
import { annotations } from "../object/annotations";

/** A field conflict of server-side apply with what can be done about it; any other error as it is. */
export function explainConflict(error: unknown, manager: string): unknown {
  if (!isConflict(error)) return error;
  const explained =
    `Server-Side Apply field conflict detected: field manager "${manager}" wants fields that others own. ` +
    `${error.message}\n` +
    `Leave these fields out of the program, or take them over with the annotation ${annotations.patchForce}: "true". ` +
    `See https://www.pulumi.com/registry/packages/kubernetes/how-to-guides/managing-resources-with-server-side-apply/`;
  return new ApiError(error.status, error.reason, explained, error.causes, error.about);
}
