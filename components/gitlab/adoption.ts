import type * as pulumi from "@pulumi/pulumi";

/**
 * The options of a group or repository that is at its path already: it is taken over as it is, since Pulumi imports
 * nothing that differs from what is declared. Once the config no longer adopts it, the next update changes its
 * settings to those declared.
 */
export function adoption({
  path,
  adopt,
}: {
  readonly path: string;
  readonly adopt: boolean;
}): Pick<pulumi.CustomResourceOptions, "import" | "ignoreChanges"> {
  return adopt ? { import: path, ignoreChanges: ["*"] } : {};
}
