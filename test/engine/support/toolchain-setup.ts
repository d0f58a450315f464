import { createProgress, ensureTools } from "../../../lab/toolchain";

/** Builds what the engine tests need before the first of them starts: a cold build outlasts any test's time limit. */
export async function setup(): Promise<void> {
  await ensureTools(
    [
      "pulumi",
      "pulumi-language-nodejs",
      "etcd",
      "kube-apiserver",
      "kube-controller-manager",
      "kube-scheduler",
      "kubectl",
      "kwok",
      "coredns",
      "argo-cd-manifests",
      "argo-cd-manifests-next",
    ],
    { progress: createProgress() },
  );
}
