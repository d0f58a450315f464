import { spawn } from "node:child_process";

/** A cluster that tests act on. */
export interface TestCluster {
  readonly kubeconfig: string;
  /** Path of kubectl. */
  readonly kubectl: string;
}

/** An object as the API server shows it. */
export interface LiveObject {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Record<string, string>;
    readonly annotations?: Record<string, string>;
    readonly managedFields?: readonly { manager: string; operation: string }[];
    readonly ownerReferences?: readonly object[];
    readonly uid: string;
    readonly resourceVersion: string;
  };
  readonly data?: Record<string, string>;
  readonly spec?: Record<string, unknown>;
  readonly status?: Record<string, unknown>;
}

/** Runs kubectl and gives back its stdout; `input` is a manifest for stdin. Throws when it fails. */
export function runKubectl(cluster: TestCluster, args: readonly string[], input?: object): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(cluster.kubectl, ["--kubeconfig", cluster.kubeconfig, ...args]);
    let [stdout, stderr] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve(stdout.trim());
      else reject(new Error(`kubectl ${args.join(" ")}: ${stderr}`));
    });
    // It may end before it has read its input; what it made of that is told by its exit code.
    child.stdin.on("error", () => undefined);
    child.stdin.end(input === undefined ? "" : JSON.stringify(input));
  });
}
