import { expect, it } from "vitest";
import { patchExecTimeout } from "../../../../components/argocd/patch-exec-timeout";
import { containersOf } from "../../../../components/argocd/workload";
import type { Workload } from "../../../../components/argocd/workload";
import { MANIFESTS, objectNamed } from "./manifests";

it("The repo server's time for git, helm and kustomize is set once, in its own container", () => {
  const server = objectNamed(MANIFESTS, "Deployment", "argocd-repo-server");
  const twice = patchExecTimeout(patchExecTimeout(server, "90s"), "3m") as Workload;
  const [initial, container] = containersOf(twice.spec.template.spec);
  expect(container?.env?.filter(({ name }) => name === "ARGOCD_EXEC_TIMEOUT")).toEqual([
    { name: "ARGOCD_EXEC_TIMEOUT", value: "3m" },
  ]);
  expect(container?.env?.map(({ name }) => name)).toContain("ARGOCD_RECONCILIATION_TIMEOUT");
  expect(initial).not.toHaveProperty("env");
});

it("No other workload is given that time", () => {
  const server = objectNamed(MANIFESTS, "Deployment", "argocd-server");
  expect(patchExecTimeout(server, "3m")).toBe(server);
});
