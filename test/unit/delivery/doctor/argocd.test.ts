import { describe, expect, it } from "vitest";
import { gatherArgoCd, judgeArgoCd } from "../../../../delivery/doctor/argocd";
import { OUR_FIELD_MANAGER } from "../../../../delivery/doctor/ours";
import { load } from "../../model/workspace";
import { fakeApi } from "./fake-api";

const SELECTOR = "labelSelector=app.kubernetes.io%2Fpart-of%3Dargocd";
const EVERYWHERE = `/apis/apps/v1/deployments?${SELECTOR}`;
const OWN = `/apis/apps/v1/namespaces/argocd/deployments?${SELECTOR}`;
const CRD = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/applications.argoproj.io";
const APPLICATIONS = "/apis/argoproj.io/v1alpha1/namespaces/argocd/applications?limit=500";

function server(metadata: object, image = "quay.io/argoproj/argocd:v3.2.12") {
  const whole = { name: "argocd-server", namespace: "argocd", ...metadata };
  return { items: [{ metadata: whole, spec: { template: { spec: { containers: [{ image }] } } } }] };
}

const OURS = { managedFields: [{ manager: OUR_FIELD_MANAGER }, { manager: "kube-controller-manager" }] };

async function judge(answers: Record<string, object | number>) {
  const { platform } = load();
  return judgeArgoCd(await gatherArgoCd(platform, fakeApi({ [EVERYWHERE]: { items: [] }, ...answers })), platform);
}

describe("Argo CD", () => {
  it("that is not there will be installed", async () => {
    expect(await judge({})).toEqual([
      { check: "argocd", severity: "ok", message: "no Argo CD is there yet: it will be installed" },
    ]);
  });

  it("that is ours and of the wanted version is well", async () => {
    expect(await judge({ [EVERYWHERE]: server(OURS) })).toEqual([
      { check: "argocd", severity: "ok", message: "Argo CD v3.2.12 in argocd is ours already" },
    ]);
  });

  it.each([
    ["v3.1.9", "note", "will become v3.2.12"],
    ["v3.10.0", "warning", "take it back to v3.2.12"],
  ])("that is ours in the version %s is told as a %s", async (version, severity, words) => {
    const [finding] = await judge({ [EVERYWHERE]: server(OURS, `quay.io/argoproj/argocd:${version}@sha256:abc`) });
    expect(finding?.severity).toBe(severity);
    expect(finding?.message).toContain(words);
  });

  it("that Helm installed is a conflict to come", async () => {
    const helm = {
      name: "argo-argocd-server",
      labels: { "app.kubernetes.io/component": "server", "app.kubernetes.io/version": "v2.14.0" },
      annotations: { "meta.helm.sh/release-name": "argo" },
    };
    const [finding] = await judge({ [EVERYWHERE]: server(helm, "registry/argocd@sha256:abc") });
    expect(finding).toMatchObject({ severity: "error", fix: expect.stringContaining("--force-conflicts") as string });
    expect(finding?.message).toContain("Argo CD v2.14.0 in argocd was made by the Helm release argo");
  });

  it("in another namespace fights over the CRDs", async () => {
    const [finding] = await judge({ [EVERYWHERE]: server({ namespace: "gitops" }) });
    expect(finding).toMatchObject({ severity: "error", message: expect.stringContaining("in gitops") as string });
  });

  it("is looked for in its own namespace when others are closed, and that is said", async () => {
    expect(await judge({ [EVERYWHERE]: 403, [OWN]: { items: [] } })).toMatchObject([
      { severity: "ok", message: expect.stringContaining("you may not look elsewhere") as string },
    ]);
    expect(await judge({ [EVERYWHERE]: 403, [OWN]: 403 })).toMatchObject([{ severity: "note" }]);
  });

  it("may have left its CRDs behind", async () => {
    const crd = { metadata: { name: "applications.argoproj.io", managedFields: [{ manager: "kubectl" }] } };
    const [finding] = await judge({ [CRD]: crd });
    expect(finding).toMatchObject({ severity: "warning" });
    expect(finding?.message).toContain("applications.argoproj.io made by kubectl");
  });

  it("would run Applications that the catalogue does not know of", async () => {
    const items = ["acme-shop-dev-deploy-6293", "a", "b", "c", "d"].map((name) => ({
      metadata: { name },
      spec: { project: "platform" },
    }));
    const findings = await judge({ [EVERYWHERE]: server(OURS), [APPLICATIONS]: { items } });
    expect(findings[1]?.severity).toBe("warning");
    expect(findings[1]?.message).toMatch(/^4 Applications in argocd .* a, b, c, …$/);
  });

  it("synchronises what is in the AppProject default no more", async () => {
    const items = [{ metadata: { name: "argo-docserver" }, spec: { project: "default" } }];
    const [, finding, ...others] = await judge({ [EVERYWHERE]: server(OURS), [APPLICATIONS]: { items } });
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      severity: "warning",
      message:
        '1 Application of the AppProject "default", which the program keeps closed, cannot be synchronised: argo-docserver',
      fix: expect.stringContaining("npx factory adopt --from-cluster") as string,
    });
  });
});
