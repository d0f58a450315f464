/** Resources of the GitLab package by name; `$acme.id` refers to an output of another, `$secret:…` is a secret. */
export type GitLabResources = Readonly<Record<string, { readonly kind: string; readonly args: object }>>;

/** A program that declares the resources in this order, and gives out all their outputs by name. */
export function gitLabProgram(resources: GitLabResources): string {
  return [
    `const gitlab = require("@pulumi/gitlab");`,
    `const pulumi = require("@pulumi/pulumi");`,
    `const shown = ({ urn, ...rest }) =>`,
    `  Object.fromEntries(Object.entries(rest).filter(([key]) => !key.startsWith("_")));`,
    `const made = {};`,
    ...Object.entries(resources).map(([name, { kind, args }]) => {
      const key = JSON.stringify(name);
      return `made[${key}] = new gitlab.${kind}(${key}, ${written(args)}); exports[${key}] = shown(made[${key}]);`;
    }),
  ].join("\n");
}

/** Arguments as JavaScript. */
function written(args: object): string {
  return JSON.stringify(args)
    .replaceAll(/"\$secret:([^"]*)"/g, (_, text: string) => `pulumi.secret(${JSON.stringify(text)})`)
    .replaceAll(/"\$(\w+)\.(\w+)"/g, "made.$1.$2");
}
