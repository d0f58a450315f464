import { UserError } from "../../model/problem";
import { CONFIG_NAMESPACE } from "../../model/schema/stack";
import { SecretText } from "../../model/secret";
import { codeOf } from "../http/tls-probe";
import { askPulumi, type PulumiAnswer } from "../pulumi-command";

export interface SecretOptions {
  readonly root: string;
  readonly stack: string;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  /** What else can be done where Pulumi cannot open it: `name …`. */
  readonly otherwise?: string;
}

/**
 * Has Pulumi open a secret of the form `{ value }` in a stack's config.
 *
 * @throws UserError when Pulumi is not there or cannot open it
 */
export async function openSecret(name: string, options: SecretOptions): Promise<SecretText> {
  const { root, env, signal, stack } = options;
  const key = `${CONFIG_NAMESPACE}:secrets.${name}.value`;
  const args = ["config", "get", "--path", key, "--stack", stack, "--non-interactive"];
  let answer: PulumiAnswer;
  try {
    // A second Ctrl-C finds nothing that could be left half-done.
    answer = await askPulumi({ root, env, signal, again: signal }, args);
  } catch (error) {
    signal.throwIfAborted();
    const code = codeOf(error);
    throw sealed(
      name,
      options,
      `pulumi, which opens it, ${code === "ENOENT" ? "is not on the PATH" : `cannot be run (${code})`}`,
    );
  }
  signal.throwIfAborted();
  if (answer.exitCode !== 0) throw sealed(name, options, `pulumi cannot open it: ${complaintOf(answer.stderr)}`);
  return SecretText.known(answer.stdout);
}

/** Pulumi's last word of an error; what stands above it says where it came by. */
function complaintOf(stderr: string): string {
  const lines = stderr.split("\n").map((line) => line.trim());
  const said = lines.find((line) => line.startsWith("error:")) ?? lines.find((line) => line !== "") ?? "";
  return said.replace(/^error:\s*/, "");
}

function sealed(name: string, { stack, otherwise }: SecretOptions, message: string): UserError {
  const fix = "set what pulumi opens the stack's secrets with, such as PULUMI_CONFIG_PASSPHRASE";
  return new UserError([
    {
      severity: "error",
      file: `Pulumi.${stack}.yaml`,
      path: `secrets.${name}`,
      message: `the kubeconfig is a secret, and ${message}`,
      fix: otherwise === undefined ? fix : `${fix}, or ${otherwise}`,
    },
  ]);
}
