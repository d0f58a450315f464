import { UserError } from "../../model/problem";
import { askPulumi, type PulumiAnswer, type PulumiContext } from "../pulumi-command";
import { forLogs } from "./showable-texts";
import { knownComplaint } from "./pulumi-complaints";

/**
 * Asks Pulumi something that it has to answer.
 *
 * @param what completes the sentence `Pulumi could not …`
 * @throws UserError with what Pulumi says
 */
export async function demandPulumi(
  context: PulumiContext,
  args: readonly string[],
  what: string,
): Promise<PulumiAnswer> {
  const answer = await pulumiFound(askPulumi(context, args));
  if (answer.exitCode === 0) return answer;
  context.signal.throwIfAborted();
  throw pulumiFailed(what, answer.stderr);
}

/** The error of a Pulumi that ended badly. */
export function pulumiFailed(what: string, said: string): UserError {
  const lines = forLogs()(said)
    .split("\n")
    .map((line) => line.replace(/^error: /, "").trim())
    .filter((line) => line !== "");
  const known = knownComplaint(said);
  return new UserError([
    {
      severity: "error",
      file: known?.variable === undefined ? "pulumi" : "environment",
      path: known?.variable ?? "",
      ...(lines.length > 0 && { value: lines.slice(0, 8).join("\n           ") }),
      message: [`Pulumi could not ${what}`, ...(known === undefined ? [] : [known.message])].join(": "),
      fix:
        known?.fix ??
        "see what it says; the backend, its log-in and the secrets provider come by the environment (docs/backends.md)",
    },
  ]);
}

/** Says it better than the system that there is no Pulumi. */
export async function pulumiFound<T>(running: Promise<T>): Promise<T> {
  try {
    return await running;
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
    throw new UserError([
      {
        severity: "error",
        file: "pulumi",
        path: "",
        message: "the Pulumi CLI is not on PATH",
        fix: "install it (https://www.pulumi.com/docs/install/), or take the image pulumi/pulumi-nodejs in CI",
      },
    ]);
  }
}
