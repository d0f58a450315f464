import * as pulumi from "@pulumi/pulumi";
import { fixedFieldManager } from "../components/field-manager";
import { shownInputs } from "../components/shown-inputs";
import { formatForEngine } from "../model/problem";
import { componentToken } from "../model/schema/component-package";
import type { ComponentName } from "../model/schema/component-package";
import { SECRETS } from "./known-inputs";
import type { KnownInputs } from "./known-inputs";

/** The component that a program of another language declares: it holds the one that does the work. */
export class PackagedComponent extends pulumi.ComponentResource {
  constructor(component: ComponentName, name: string, { values }: KnownInputs, opts: pulumi.ComponentResourceOptions) {
    const shown = Object.entries(values).filter(([key]) => key !== SECRETS);
    super(componentToken(component), name, shownInputs(Object.fromEntries(shown)), opts);
  }

  /** The options of the component within, which has the same fixed field manager as in the whole program. */
  get within(): pulumi.ComponentResourceOptions {
    return { parent: this, transformations: [fixedFieldManager] };
  }

  /** Ends the construction. */
  done(outputs: pulumi.Inputs): { urn: pulumi.Output<string>; state: pulumi.Inputs } {
    this.registerOutputs(outputs);
    return { urn: this.urn, state: outputs };
  }
}

/**
 * Tells of what stops nothing: the model's warnings, and that the components were made for a provider of their own. The
 * ordinary one replaces a ConfigMap that changes, and fails on an object that is there already.
 */
export async function warn(component: pulumi.Resource, { report }: KnownInputs, opts: pulumi.ComponentResourceOptions) {
  for (const problem of report.problems) await pulumi.log.warn(formatForEngine([problem]), component);
  const { providers = {} } = opts;
  if (Array.isArray(providers) || "kubernetes" in providers) return;
  await pulumi.log.warn(
    `${report.file}: no Kubernetes provider is given\n` +
      "  allowed: a provider with enableServerSideApply, enableConfigMapMutable, enableSecretMutable and upsertExistingObjects\n" +
      "  fix:     pass it by the resource option `providers`",
    component,
  );
}
