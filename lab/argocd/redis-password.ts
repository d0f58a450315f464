import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Pod, type PodContext, podProcess } from "./pod";
import { cannotRun } from "./problems";

/** A command that waits for the API server for longer than this is given up. */
const timeout = 60_000;

/**
 * Makes Redis' password where there is none yet, as the first pod of the official manifests does: by its init
 * container's own command and service account.
 * @returns whether it has made one
 */
export async function ensureRedisPassword(redis: Pod, context: PodContext, signal: AbortSignal): Promise<boolean> {
  if (context.installation.secrets.has("argocd-redis")) return false;
  const init = redis.workload.spec.template.spec.initContainers?.find(({ name }) => name === "secret-init");
  if (init === undefined) return false;
  const pod = { ...redis, container: init, folder: join(redis.folder, init.name) };
  const { spec } = podProcess(pod, context, { name: init.name, log: "", ready: () => Promise.resolve(true) });
  try {
    await promisify(execFile)(spec.command, [...spec.args], { env: { ...spec.env }, signal, timeout });
  } catch (error) {
    signal.throwIfAborted();
    const { stderr } = error as { readonly stderr?: string };
    throw cannotRun(`init container ${init.name} of ${redis.name}`, `it failed: ${(stderr ?? String(error)).trim()}`);
  }
  return true;
}
