import * as pulumi from "@pulumi/pulumi";

/**
 * A Secret's `data` from texts. Not `stringData`: the API server only ever writes it, so that server-side apply could
 * not take a key back.
 */
export function secretData(
  texts: Readonly<Record<string, pulumi.Input<string>>>,
): Record<string, pulumi.Input<string>> {
  return Object.fromEntries(
    Object.entries(texts).map(([key, text]) => [
      key,
      // What a targeted update leaves out has no outputs, and the engine leaves out the Secret with it.
      pulumi.output(text).apply((value: string | undefined) => Buffer.from(value ?? "", "utf8").toString("base64")),
    ]),
  );
}
