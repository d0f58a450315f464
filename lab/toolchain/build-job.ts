import { mkdirSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { manifestCacheDir } from "../../manifests/cache";
import { buildModule, type GoContext } from "./build";
import { bundleFolder, bundleKey, isComplete } from "./cache";
import type { Bundle, ManifestSet } from "./catalogue-types";
import { explainFileError } from "./go-problems";
import { fetchManifests, hasManifests } from "./manifest-sets";
import { checkBeforeBuild } from "./preflight";
import type { Progress } from "./progress";
import { Staging, sweepStagings } from "./staging";

/** What is missing in a cache, made one after the other: each build takes all processors. */
export class BuildJob {
  private readonly modulesDir = join(__dirname, "modules");
  private readonly manifests: string;
  private readonly logs: string;
  private begun = 0;
  private total = 0;

  constructor(
    private readonly root: string,
    private readonly env: NodeJS.ProcessEnv,
    private readonly progress: Progress,
  ) {
    this.manifests = resolve(manifestCacheDir(env));
    this.logs = join(root, "logs");
  }

  placeOf(bundle: Bundle): string {
    return bundleFolder(this.root, bundle, bundleKey(bundle, this.modulesDir));
  }

  isCached(bundle: Bundle): boolean {
    return isComplete(this.placeOf(bundle), bundle);
  }

  hasManifests(set: ManifestSet): boolean {
    return hasManifests(this.manifests, set);
  }

  /** Makes all that is given. Manifests come first: they take seconds, and show early whether the network works. */
  async run(missing: readonly Bundle[], sets: readonly ManifestSet[]): Promise<void> {
    const folders = [...sets, ...missing.flatMap((bundle) => bundle.modules)].map(({ folder }) => folder);
    this.total = folders.length;
    try {
      sweepStagings(this.root);
      if (this.total === 0) return;
      mkdirSync(this.logs, { recursive: true });
      const { modulesDir, root, env } = this;
      await checkBeforeBuild({ folders, modulesDir, root, env, log: await this.freshLog("preflight") });
      if (missing.length > 0) {
        const tools = missing.map((bundle) => bundle.name).join(", ");
        this.progress.note(
          `building ${tools} from pinned modules, which takes minutes: later runs find them in ${root}`,
        );
      }
      for (const set of sets) await this.fetch(set);
      for (const bundle of missing) await this.build(bundle);
    } catch (error) {
      throw explainFileError(error, this.root);
    }
  }

  private async fetch(set: ManifestSet): Promise<void> {
    await this.inStaging(set.name, async (staging) => {
      await this.step(`fetching the manifests of Argo CD ${set.version}`, async () => {
        await fetchManifests(this.manifests, set, staging, await this.goContext(staging, set.folder));
      });
    });
  }

  private async build(bundle: Bundle): Promise<void> {
    const place = this.placeOf(bundle);
    const isDone = (): boolean => isComplete(place, bundle);
    await this.inStaging(`${bundle.name}-${bundleKey(bundle, this.modulesDir)}`, async (staging) => {
      const made = join(staging.folder, "made");
      let isMadeElsewhere = false;
      for (const module of bundle.modules) {
        await this.step(`building ${Object.keys(module.packages).join(", ")}`, async (detail) => {
          isMadeElsewhere ||= await staging.waitForOthers(isDone, (pid) => {
            detail(`process ${String(pid)} is at it`);
          });
          if (isMadeElsewhere) return;
          detail("");
          await buildModule(module, join(made, "bin"), await this.goContext(staging, module.folder));
        });
      }
      if (!isMadeElsewhere) await staging.publish(made, place, isDone);
    });
  }

  private async goContext(staging: Staging, folder: string): Promise<GoContext> {
    const { modulesDir, env } = this;
    return { modulesDir, env, temporary: staging.folder, log: await this.freshLog(folder) };
  }

  private async freshLog(name: string): Promise<string> {
    const log = join(this.logs, `${name}.log`);
    await rm(log, { force: true });
    return log;
  }

  private async step(label: string, work: (detail: (text: string) => void) => Promise<void>): Promise<void> {
    this.begun += 1;
    const position = { index: this.begun, of: this.total };
    await this.progress.step(label, (step) => work(step.detail.bind(step)), position);
  }

  private async inStaging(work: string, use: (staging: Staging) => Promise<void>): Promise<void> {
    const staging = Staging.open(this.root, work);
    try {
      await use(staging);
    } finally {
      staging.close();
    }
  }
}
