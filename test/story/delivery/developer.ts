import { RedeployTeam } from "../support/redeploy-team";
import type { DeliveryFactory } from "./delivery-factory";
import { IMAGE } from "./team";

/** A developer of the team, with `redeploy.yaml` in a folder and the secrets that the platform has handed over. */
export function developerOf({ team, platform, argocd, handover }: DeliveryFactory): RedeployTeam {
  return new RedeployTeam(
    {
      organisation: "acme",
      project: "shop",
      gitlab: { url: platform },
      app: { repository: "api", url: team.url("api") },
      infra: { repository: "deploy", url: team.url("deploy") },
      image: IMAGE,
      argocd: { url: argocd.url, caFile: argocd.ca },
      environments: { dev: { files: ["kustomization.yaml"] } },
    },
    {
      GITLAB_TOKEN: handover.readToken,
      MIRROR_TRIGGER_TOKEN: handover.triggerToken,
      ARGOCD_AUTH_TOKEN: argocd.token,
      APP_GIT_PASSWORD: team.readToken,
      INFRA_GIT_PASSWORD: team.writeToken,
    },
  );
}
