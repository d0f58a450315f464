/** The official manifests have 2 MB; what is much larger is something else. */
const MAX_BYTES = 32 * 2 ** 20;

const TIMEOUT_MS = 60_000;

export interface DownloadLimits {
  /** @default 33554432 */
  readonly maxBytes?: number;
  /** For the whole download, in milliseconds. @default 60000 */
  readonly timeoutMs?: number;
}

/** Why a download failed, as one phrase for a user. */
export class DownloadError extends Error {}

/** Gets the text behind a URL. @throws DownloadError */
export async function download(url: string, limits: DownloadLimits = {}): Promise<string> {
  const { maxBytes = MAX_BYTES, timeoutMs = TIMEOUT_MS } = limits;
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) });
    if (!response.ok) throw new DownloadError(`the server answered ${String(response.status)} ${response.statusText}`);
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of response.body ?? []) {
      size += chunk.byteLength;
      if (size > maxBytes) throw new DownloadError(`the answer is larger than ${String(maxBytes)} bytes`);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString("utf8");
  } catch (error) {
    if (error instanceof DownloadError) throw error;
    throw new DownloadError(reason(error, timeoutMs));
  }
}

/** `fetch` hides the cause (`ENOTFOUND`, `ECONNREFUSED`, a certificate) in `cause`. */
function reason(error: unknown, timeoutMs: number): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "TimeoutError") return `no complete answer within ${String(timeoutMs / 1000)} s`;
  return error.cause instanceof Error ? error.cause.message : error.message;
}
