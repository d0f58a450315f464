import { z } from "zod";
import { SecretText } from "../secret";
import { strict } from "./strict";

/** How a secret stands in `Pulumi.<stack>.yaml`: the ciphertext that `pulumi config set --secret` writes. */
export const SEALED_JSON_SCHEMA = {
  type: "object",
  description: "Write it with: pulumi config set --path --secret",
  properties: { secure: { type: "string" } },
  required: ["secure"],
  additionalProperties: false,
} as const;

/**
 * A secret's text, as the engine decrypts it, or a `SecretText` where only the ciphertext is at hand. Its meta marks
 * it for `json-schemas.ts`.
 */
const secretText = z
  .custom<string | SecretText>((value) => typeof value === "string" || value instanceof SecretText, {
    error: "the value has the wrong type",
    params: { allowed: "a ciphertext", fix: "set it with: pulumi config set --path --secret" },
  })
  .transform((value) => (typeof value === "string" ? SecretText.known(value) : value))
  .meta({ sealed: true });

/** A secret that only the engine can open; the text itself is not needed to check the platform. */
const sealedText = z
  .custom<SecretText>((value) => value instanceof SecretText, "the value has the wrong type")
  .meta({ sealed: true });

const loginSecret = strict({
  username: z
    .union([z.string().min(1), sealedText.transform(String)])
    .describe("The user's or the token's name; it need not be a secret."),
  password: secretText.describe("The password or token."),
});

const keySecret = strict({ privateKey: secretText.describe("An SSH private key in PEM or OpenSSH form.") });

const valueSecret = strict({ value: secretText.describe("Any other secret: a client secret, a kubeconfig.") });

/** A secret of one of three forms, told apart by their keys. */
export const secret = z.union([loginSecret, keySecret, valueSecret]);
export type SecretInput = z.output<typeof secret>;

/** What a secret of each form is for, by the key that tells it apart. */
export const SECRET_FORMS = {
  password: "username and password",
  privateKey: "privateKey",
  value: "value",
} as const;
