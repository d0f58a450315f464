import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Answer, ClusterApi } from "./cluster-api";

/** A request to a healthy API server takes milliseconds; an exec plugin that logs in, seconds. */
const requestTimeoutMs = 15_000;
const startTimeoutMs = 10_000;

/**
 * The cluster's API by way of `kubectl proxy`.
 *
 * kubectl reads a kubeconfig with the very code that Pulumi's Kubernetes provider is made of: several files in
 * `$KUBECONFIG`, exec plugins, tokens, client certificates, proxies. What it reaches, `pulumi up` reaches. The library
 * `@kubernetes/client-node` would do the same a second time and differently: its current major needs Node 22, the one
 * before prints a deprecation on the newer ones, and both weigh 70 MB for the one class that is of use here.
 *
 * One proxy serves all requests, so that an exec plugin logs in once. It listens on a Unix socket in a folder of our
 * own, never on a port that other users of the machine could ask with our rights.
 */
export class KubectlApi implements ClusterApi {
  private constructor(
    private readonly proxy: ChildProcess,
    private readonly folder: string,
    private readonly signal: AbortSignal,
  ) {}

  /** @param args which cluster: `--kubeconfig`, `--context` */
  static async open(args: readonly string[], env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<KubectlApi> {
    const folder = mkdtempSync(join(tmpdir(), "gitops-factory-kubectl-"));
    const proxy = spawn("kubectl", [...args, "proxy", "--unix-socket", socketIn(folder)], {
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const api = new KubectlApi(proxy, folder, signal);
    try {
      await listening(proxy, signal);
      return api;
    } catch (error) {
      await api.close();
      throw error;
    }
  }

  get(path: string): Promise<Answer> {
    return this.send("GET", path);
  }

  post(path: string, body: object): Promise<Answer> {
    return this.send("POST", path, JSON.stringify(body));
  }

  /** Changes an object by a JSON patch (RFC 6902). */
  patch(path: string, operations: readonly object[]): Promise<Answer> {
    return this.send("PATCH", path, JSON.stringify(operations), "application/json-patch+json");
  }

  /** Server-side apply: https://kubernetes.io/docs/reference/using-api/server-side-apply/; JSON is YAML. */
  apply(path: string, object: object): Promise<Answer> {
    return this.send("PATCH", path, JSON.stringify(object), "application/apply-patch+yaml");
  }

  /** Ends the proxy and removes its socket. */
  async close(): Promise<void> {
    if (this.proxy.pid !== undefined && this.proxy.exitCode === null && this.proxy.signalCode === null) {
      const gone = once(this.proxy, "exit");
      this.proxy.kill("SIGKILL");
      await gone;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  private send(method: string, path: string, body?: string, type = "application/json"): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const call = request({
        socketPath: socketIn(this.folder),
        path,
        method,
        // The proxy takes requests for localhost only.
        headers: {
          host: "localhost",
          accept: "application/json",
          ...(body === undefined ? {} : { "content-type": type }),
        },
        signal: AbortSignal.any([this.signal, AbortSignal.timeout(requestTimeoutMs)]),
      });
      call.on("error", reject);
      call.on("response", (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => {
          // What the proxy says itself bears the clock of this machine; the API server numbers its answers.
          const date = response.headers["audit-id"] === undefined ? undefined : response.headers.date;
          resolve({
            status: response.statusCode ?? 0,
            body: parse(Buffer.concat(chunks).toString("utf8")),
            ...(date !== undefined && { date }),
          });
        });
      });
      call.end(body);
    });
  }
}

function socketIn(folder: string): string {
  return join(folder, "api");
}

/** What the proxy itself says, of a server that it cannot reach for one, is plain text. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** Resolves when the proxy says that it serves; rejects with its own words when it ends before. */
async function listening(proxy: ChildProcess, signal: AbortSignal): Promise<void> {
  let said = "";
  const limit = AbortSignal.any([signal, AbortSignal.timeout(startTimeoutMs)]);
  await new Promise<void>((resolve, reject) => {
    limit.addEventListener("abort", () => {
      reject(new Error("kubectl proxy did not start"));
    });
    proxy.once("error", reject);
    proxy.once("exit", () => {
      reject(new Error(firstLine(said)));
    });
    proxy.stderr?.setEncoding("utf8").on("data", (text: string) => (said += text));
    proxy.stdout?.setEncoding("utf8").on("data", (text: string) => {
      if (text.includes("Starting to serve")) resolve();
    });
  });
}

/** What kubectl printed, or its own words for why it could not. */
export type KubectlOutcome = { readonly stdout: string } | { readonly failure: string };

/** Runs kubectl to its end, for what it can say of the kubeconfig without the cluster. */
export function runKubectl(args: readonly string[], env: NodeJS.ProcessEnv): Promise<KubectlOutcome> {
  return new Promise((resolve, reject) => {
    execFile("kubectl", args, { env, timeout: startTimeoutMs }, (error, stdout, stderr) => {
      if (error === null) resolve({ stdout });
      else if (typeof error.code === "string") reject(error);
      else resolve({ failure: firstLine(stderr) });
    });
  });
}

function firstLine(text: string): string {
  return (
    text
      .trim()
      .split("\n")[0]
      ?.replace(/^error: /, "") ?? ""
  );
}
