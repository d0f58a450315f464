import { createHash } from "node:crypto";
import { createServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

const interval = 200;

/**
 * Runs work that changes a lab while nobody else changes it: a second `up` waits for the first.
 *
 * The lock is a Unix socket in Linux's abstract namespace. The kernel gives it to one process only and takes it back
 * however that process ends, so that no lock is ever stale.
 *
 * @param waiting called once when the lock is another's
 */
export async function withLock<T>(
  stateDir: string,
  work: () => Promise<T>,
  { signal, waiting }: { readonly signal?: AbortSignal | undefined; readonly waiting?: () => void } = {},
): Promise<T> {
  const name = `gitops-factory-lab-${createHash("sha256").update(stateDir).digest("hex").slice(0, 32)}`;
  let release = await acquire(name);
  if (release === undefined) waiting?.();
  while (release === undefined) {
    await delay(interval);
    signal?.throwIfAborted();
    release = await acquire(name);
  }
  try {
    return await work();
  } finally {
    await release();
  }
}

function acquire(name: string): Promise<(() => Promise<void>) | undefined> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") resolve(undefined);
      else reject(error);
    });
    server.listen({ path: `\0${name}` }, () => {
      resolve(
        () =>
          new Promise((done) => {
            server.close(() => {
              done();
            });
          }),
      );
    });
  });
}
