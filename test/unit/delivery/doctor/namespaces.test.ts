import { describe, expect, it } from "vitest";
import { gatherNamespaces, judgeNamespaces } from "../../../../delivery/doctor/namespaces";
import { load } from "../../model/workspace";
import { fakeApi } from "./fake-api";

const SHOP = "acme-shop-dev-6293";

async function judge(answer: object | number) {
  const { platform } = load();
  return judgeNamespaces(await gatherNamespaces(platform, fakeApi({ [`/api/v1/namespaces/${SHOP}`]: answer })));
}

describe("A project's namespace", () => {
  it("that is not there will be made", async () => {
    expect(await judge(404)).toEqual([
      {
        check: "namespaces",
        severity: "ok",
        message: "of the projects' namespaces, 1 will be made and 0 are ours already",
      },
    ]);
  });

  it("that is ours is counted so", async () => {
    const ours = { metadata: { name: SHOP, labels: { "app.kubernetes.io/managed-by": "gitops-factory" } } };
    expect(await judge(ours)).toMatchObject([
      { severity: "ok", message: expect.stringContaining("1 is ours") as string },
    ]);
  });

  it("that somebody else made is warned of, with who it was", async () => {
    const foreign = { metadata: { name: SHOP, managedFields: [{ manager: "kubectl-create" }] } };
    const [finding] = await judge(foreign);
    expect(finding).toMatchObject({ severity: "warning" });
    expect(finding?.message).toContain(`${SHOP} exists and was made by kubectl-create`);
  });

  it("that is being deleted is an error", async () => {
    const going = { metadata: { name: SHOP }, status: { phase: "Terminating" } };
    expect(await judge(going)).toMatchObject([{ severity: "error" }]);
  });

  it("that may not be looked at is noted, and nothing else is claimed", async () => {
    expect(await judge(403)).toMatchObject([
      { severity: "note", message: expect.stringContaining("1 namespace") as string },
    ]);
  });

  it("is not looked for by an API server that fails", async () => {
    await expect(judge(500)).rejects.toThrow(`GET /api/v1/namespaces/${SHOP}: the API server answers 500: status 500`);
  });
});
