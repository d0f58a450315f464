import type { ArgoCdApi } from "../argocd/argocd-api";
import { revisionsOf, type Application } from "../argocd/application";
import { watchApplication } from "../argocd/watch-application";
import { noting, shortSha, type Delivery } from "./context";
import type { InfraClone } from "./infra-clone";

/** Remembers which revisions hold the wanted commit: the infra repository's history says it. */
export class Lineage {
  private readonly known = new Map<string, boolean>();

  constructor(
    private readonly clone: InfraClone,
    private readonly wanted: string,
  ) {}

  async isWanted(revision: string): Promise<boolean> {
    const known = this.known.get(revision) ?? (revision === this.wanted ? true : await this.look(revision));
    this.known.set(revision, known);
    return known;
  }

  /** A revision that is not known may have been pushed since, or be of another repository. */
  private async look(revision: string): Promise<boolean> {
    const before = await this.clone.isAncestor(this.wanted, revision);
    if (before !== undefined) return before;
    await this.clone.refresh();
    return (await this.clone.isAncestor(this.wanted, revision)) ?? false;
  }
}

/** What has arrived. */
export interface Deployed {
  readonly revision: string;
  readonly images: readonly string[];
  readonly message: string;
}

/**
 * Waits until Argo CD's Application is Synced and Healthy at the commit or at one after it.
 *
 * @throws UserError with Argo CD's words when it has stopped before
 */
export async function awaitDeployment(
  delivery: Delivery,
  argocd: ArgoCdApi,
  lineage: Lineage,
  commit: string,
): Promise<Deployed> {
  const { plan, clock, signal, limits, progress, tag } = delivery;
  const name = plan.argocd?.application ?? "";
  const tell = noting(progress, "deploy");
  tell(`waiting for ${name} at ${shortSha(commit)}: ${argocd.url}/applications/${name}`);
  const application = await watchApplication(argocd, {
    name,
    isWanted: (revision) => lineage.isWanted(revision),
    clock,
    signal,
    timeoutMs: limits.deployMs,
    tell,
  });
  const revision = await arrivedRevision(application, lineage);
  const images = application.status?.summary?.images ?? [];
  if (revision !== commit && images.length > 0 && !images.some((image) => image.includes(`:${tag}`))) {
    progress.tell({
      event: "warning",
      message: `what runs is ${shortSha(revision)}, which comes after this delivery and sets another version: ${images.join(", ")}`,
    });
  }
  return { revision, images, message: `${name} is Synced and Healthy at ${shortSha(revision)}` };
}

async function arrivedRevision(application: Application, lineage: Lineage): Promise<string> {
  for (const revision of revisionsOf(application.status?.sync)) {
    if (await lineage.isWanted(revision)) return revision;
  }
  throw new Error("the Application has arrived, but not at the commit");
}
