import * as pulumi from "@pulumi/pulumi";
import { formatForEngine, type Problem } from "../model/problem";

/**
 * What to throw so that the program ends with these problems and without a stack trace. Pulumi hides the stack of a
 * RunError only while the program runs: of one that an `apply` throws later, it prints the stack if there is one.
 */
export function refusal(problems: readonly Problem[]): pulumi.RunError {
  const error = new pulumi.RunError(formatForEngine(problems));
  delete error.stack;
  return error;
}
