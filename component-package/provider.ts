import type * as pulumi from "@pulumi/pulumi";
import type { ConstructResult, Provider } from "@pulumi/pulumi/provider";
import { refusal } from "../components/refusal";
import { UserError } from "../model/problem";
import { COMPONENT_PACKAGE, componentPackageSchema, componentToken } from "../model/schema/component-package";
import type { ComponentName } from "../model/schema/component-package";
import { packagedArgoCd } from "./argo-cd";
import { packagedClusterDns } from "./cluster-dns";
import { knownInputs } from "./known-inputs";
import type { KnownInputs } from "./known-inputs";
import { packagedProject } from "./project";

/** Declares a component and gives what it puts out. */
export type Construct = (
  name: string,
  inputs: KnownInputs,
  opts: pulumi.ComponentResourceOptions,
) => Promise<ConstructResult>;

const components: Readonly<Record<ComponentName, Construct>> = {
  ArgoCd: packagedArgoCd,
  ClusterDns: packagedClusterDns,
  Project: packagedProject,
};

/** The component package as the engine sees it: a provider that constructs components in programs of any language. */
export class FactoryProvider implements Provider {
  readonly version = COMPONENT_PACKAGE.version;

  getSchema(): Promise<string> {
    return Promise.resolve(JSON.stringify(componentPackageSchema()));
  }

  async construct(
    name: string,
    type: string,
    inputs: pulumi.Inputs,
    opts: pulumi.ComponentResourceOptions,
  ): Promise<ConstructResult> {
    const known = Object.keys(components) as ComponentName[];
    const component = known.find((one) => componentToken(one) === type);
    if (component === undefined) {
      throw refusal([
        {
          severity: "error",
          file: COMPONENT_PACKAGE.name,
          path: "",
          message: "the package has no such component",
          value: type,
          allowed: known.map(componentToken).join(", "),
          fix: "correct the type",
        },
      ]);
    }
    try {
      return await components[component](name, await knownInputs(component, name, inputs), opts);
    } catch (error) {
      // A user's mistake is told without a stack trace.
      throw error instanceof UserError ? refusal(error.problems) : error;
    }
  }
}
