import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLab } from "../../../lab/lab";
import { ensureTools } from "../../../lab/toolchain";
import type { TestCluster } from "./kubectl";

export interface RunningCluster extends TestCluster {
  stop(): Promise<void>;
}

/** A lab of one's own, gone when it is stopped or the test process ends. */
export async function startTestCluster(): Promise<RunningCluster> {
  const lab = await createLab({ stateDir: mkdtempSync(join(tmpdir(), "gitops-factory-lab-")) });
  const tools = await ensureTools(["kubectl"]);
  return { kubeconfig: lab.kubeconfig, kubectl: tools.path("kubectl"), stop: () => lab.destroy() };
}
