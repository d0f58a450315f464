import { expect, it } from "vitest";
import { startSummary } from "../../../delivery/start-summary";

const outputs = {
  environment: "dev",
  argocd: { namespace: "argocd", version: "v3.2.12" },
  projects: { "acme-shop-dev-6293": ["acme-shop-dev-api-6293", "acme-shop-dev-web-6293"], "a-b-dev-6293": [] },
  dns: { zones: ["protobox", "service.consul"] },
};
const lab = { kubeconfig: "/labs/one/kubeconfig" };

it("The summary says what exists, where it is, and what to try next", () => {
  expect(startSummary(outputs, lab, {})).toBe(`
The factory is up: environment dev, Argo CD v3.2.12 in the namespace argocd.

PROJECT (namespace and AppProject)  APPLICATIONS
acme-shop-dev-6293                  acme-shop-dev-api-6293, acme-shop-dev-web-6293
a-b-dev-6293

Private zones that the cluster's DNS forwards: protobox, service.consul
Kubeconfig: /labs/one/kubeconfig

Try next:
  eval "$(npx factory lab env)"                     # pulumi and kubectl of this shell mean the lab
  kubectl get applications,appprojects -n argocd
  pulumi stack output argocd --show-secrets         # the admin password
  $EDITOR catalog/acme/shop.yaml && pulumi preview  # what a change would do
  npx factory lab down                              # stops the lab; --delete removes it
`);
});

it("The summary says nothing of DNS where the platform leaves it alone", () => {
  const { environment, argocd, projects } = outputs;
  expect(startSummary({ environment, argocd, projects }, lab, {})).not.toContain("DNS");
});

it.each([
  [{ name: "other" }, "--name other"],
  [{ state: "/labs/my lab" }, "--state '/labs/my lab'"],
])("The summary's commands mean the same lab again (%j)", (choice, flags) => {
  const text = startSummary(outputs, lab, choice);
  expect(text).toContain(`eval "$(npx factory lab env ${flags})"`);
  expect(text).toContain(`npx factory lab down ${flags} `);
});
