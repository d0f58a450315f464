import { ArgoCd } from "../components/argocd/argo-cd";
import { readManifests } from "../manifests";
import type { ArgoCdSettings } from "../model/argocd-settings";
import { Report } from "../model/report";
import { resolveArgoCd } from "../model/resolve-argocd";
import type { Secrets } from "../model/resolve-secrets";
import { argocd } from "../model/schema/argocd";
import type { ArgoCdInput } from "../model/schema/argocd";
import { checked, refuseErrors, splitSecrets } from "./checked";
import { PackagedComponent, warn } from "./packaged-component";
import type { Construct } from "./provider";

/** `ArgoCd`: what the key `argocd` of a stack's config says. */
export const packagedArgoCd: Construct = async (name, inputs, opts) => {
  const { report } = inputs;
  const { secrets, rest } = splitSecrets(inputs);
  const { protect = false, ...config } = rest;
  const input = checked(argocd, config, report);
  refuseErrors(report);
  const settings = resolved(input ?? {}, secrets, report);
  refuseErrors(report);
  // A path is relative to the program that uses the package, where the engine runs it.
  const manifests = await readManifests(settings.manifests, { root: process.cwd() });

  const packaged = new PackagedComponent("ArgoCd", name, inputs, opts);
  await warn(packaged, inputs, opts);
  const { namespace, version, url, adminPassword, webhookSecret } = new ArgoCd(
    name,
    { settings, manifests, protect: protect === true },
    packaged.within,
  );
  return packaged.done({ namespace, version, url, adminPassword, webhookSecret });
};

/** The model places its problems in a stack's config; here, the key `argocd` is the component itself. */
function resolved(input: ArgoCdInput, secrets: Secrets, report: Report): ArgoCdSettings {
  const inConfig = new Report(report.file);
  const settings = resolveArgoCd(input, secrets, {}, inConfig);
  for (const problem of inConfig.problems) {
    report.problems.push({ ...problem, path: problem.path.replace(/^argocd\.?/, "") });
  }
  return settings;
}
