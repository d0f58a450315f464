import type { PulumiStack } from "../../engine/support/pulumi-stack";

/** A secret by which repositories are opened, or any other, in one of the forms of `gitops-factory:secrets`. */
export type StackSecret =
  | { readonly username: string; readonly password: string }
  | { readonly privateKey: string }
  | { readonly value: string };

/** Sets secrets of a stack by name, encrypted, as `pulumi config set --path --secret` does for one. */
export async function setSecrets(stack: PulumiStack, secrets: Readonly<Record<string, StackSecret>>): Promise<void> {
  const settings = Object.entries(secrets).flatMap(([name, secret]) =>
    Object.entries(secret).flatMap(([key, value]) => [
      key === "username" ? "--plaintext" : "--secret",
      `gitops-factory:secrets.${name}.${key}=${value}`,
    ]),
  );
  await stack.must("config", "set-all", "--path", ...settings);
}
