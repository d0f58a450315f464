import type { Platform } from "../../model/platform";
import { CREDENTIALS_EXPIRY_ANNOTATION } from "../../model/token-window";
import { isThere, look, type ApiObject, type ClusterApi, type Looked } from "../cluster/cluster-api";
import type { Finding } from "./finding";

const DAY = 24 * 60 * 60 * 1000;

/** The Secrets by which Argo CD reads repositories; nothing where the platform makes no tokens for it. */
export async function gatherCredentials(
  { gitlab, argocd }: Pick<Platform, "gitlab" | "argocd">,
  api: ClusterApi,
): Promise<readonly ApiObject[]> {
  if (gitlab === undefined) return [];
  const selector = encodeURIComponent("argocd.argoproj.io/secret-type=repository");
  const path = `/api/v1/namespaces/${argocd.namespace}/secrets?labelSelector=${selector}`;
  const found: Looked<{ readonly items: readonly ApiObject[] }> = await look(api, path);
  return isThere(found) ? found.items : [];
}

/**
 * A token is renewed by an update in its last days: one that is in them has been missed, and Argo CD reads nothing once
 * it has ended.
 *
 * @param renewFrom the day on which the present tokens are renewed; a token that ends before it is of the past
 */
export function judgeCredentials(
  secrets: readonly ApiObject[],
  { stack, now, renewFrom }: { readonly stack: string; readonly now: Date; readonly renewFrom: string },
): readonly Finding[] {
  return secrets.flatMap(({ metadata }): Finding[] => {
    const end = metadata.annotations?.[CREDENTIALS_EXPIRY_ANNOTATION];
    if (end === undefined || end > renewFrom) return [];
    const days = Math.ceil((Date.parse(end) - now.getTime()) / DAY);
    const fix = `run pulumi up on the stack ${stack}, which makes the next one`;
    const whose = `Argo CD's token in the Secret ${metadata.name}`;
    return days <= 0
      ? [{ check: "argocd", severity: "error", message: `${whose} has expired on ${end}: it reads nothing more`, fix }]
      : [
          {
            check: "argocd",
            severity: "warning",
            message: `${whose} expires on ${end}, in ${String(days)} ${days === 1 ? "day" : "days"}`,
            fix,
          },
        ];
  });
}
