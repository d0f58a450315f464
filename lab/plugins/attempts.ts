import { join } from "node:path";
import { readCached, writeCached } from "../../manifests/cache";
import type { PluginPackage } from "./package";

/** For how long a failed attempt to install counts, in milliseconds: a week. */
const memory = 7 * 24 * 60 * 60 * 1000;

interface Failure {
  /** ISO date. */
  readonly at: string;
  readonly reason: string;
}

/** Remembers in `<cacheRoot>/plugins.json` which official plugins could not be installed, so that nobody waits twice. */
export class Attempts {
  readonly #file: string;
  readonly #failures: Record<string, Failure>;

  constructor(cache: string) {
    this.#file = join(cache, "plugins.json");
    this.#failures = parse(readCached(this.#file));
  }

  /** Why the last attempt failed, if that was less than a week ago. */
  recentFailure(plugin: PluginPackage, now = Date.now()): string | undefined {
    const failure = this.#failures[keyOf(plugin)];
    if (failure === undefined) return undefined;
    const age = now - Date.parse(failure.at);
    // A date in the future or one that cannot be read is no reason to wait for.
    return age >= 0 && age < memory ? failure.reason : undefined;
  }

  /** Notes how an attempt ended; `undefined` is success. */
  record(plugin: PluginPackage, reason: string | undefined, now = Date.now()): void {
    if (reason === undefined) Reflect.deleteProperty(this.#failures, keyOf(plugin));
    else this.#failures[keyOf(plugin)] = { at: new Date(now).toISOString(), reason };
    writeCached(this.#file, `${JSON.stringify(this.#failures, null, 2)}\n`);
  }
}

function keyOf({ name, version }: PluginPackage): string {
  return `${name}@${version}`;
}

/** A damaged file is as good as none. */
function parse(text: string | undefined): Record<string, Failure> {
  try {
    const failures: unknown = JSON.parse(text ?? "{}");
    return typeof failures === "object" && failures !== null ? { ...(failures as Record<string, Failure>) } : {};
  } catch {
    return {};
  }
}
