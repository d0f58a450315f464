import * as pulumi from "@pulumi/pulumi";
import { version } from "./package.json";

/** A class whose resources Pulumi may have to make from their URN alone: those that come as values of others. */
interface ByUrn<Resource> {
  readonly __pulumiType: string;
  new (name: string, args: never, opts: { readonly urn: pulumi.URN }): Resource;
}

/** Tells Pulumi which classes the type tokens of a package mean. A module is `index/group`. */
export function registerPackage(
  name: string,
  provider: ByUrn<pulumi.ProviderResource>,
  resources: readonly (readonly [module: string, resource: ByUrn<pulumi.CustomResource>])[],
): void {
  for (const [module, resource] of resources) {
    pulumi.runtime.registerResourceModule(name, module, {
      version,
      construct: (resourceName, type, urn) => {
        if (type !== resource.__pulumiType) throw new Error(`unknown resource type ${type}`);
        return new resource(resourceName, undefined as never, { urn: urn as pulumi.URN });
      },
    });
  }
  pulumi.runtime.registerResourcePackage(name, {
    version,
    constructProvider: (resourceName, type, urn) => {
      if (type !== `pulumi:providers:${name}`) throw new Error(`unknown provider type ${type}`);
      return new provider(resourceName, undefined as never, { urn: urn as pulumi.URN });
    },
  });
}
