import * as pulumi from "@pulumi/pulumi";
import { formatForEngine } from "../../model/problem";
import { explainError } from "./explain-error";

/**
 * Has the engine say what to do about what GitLab refused, after the provider has said what that was. Nothing is tried
 * again: none of it would go away by itself.
 */
export function gitlabErrorHook(name: string): pulumi.ErrorHook {
  return new pulumi.ErrorHook(name, async ({ errors, newInputs, oldInputs, type, failedOperation }) => {
    const [error = ""] = errors;
    const problem = explainError({
      error,
      inputs: newInputs ?? oldInputs ?? {},
      type,
      operation: failedOperation,
      file: `Pulumi.${pulumi.getStack()}.yaml`,
    });
    if (problem !== undefined) await pulumi.log.error(formatForEngine([problem]));
    return false;
  });
}
