import { describe, expect, it } from "vitest";
import type { JsonReport } from "../../../delivery/doctor/report";
import { told, type DoctorVisits } from "./doctor-visits";
import type { Factory } from "./factory";

/** Other commands that go to clusters have the doctor's words for what keeps them from it. */
export function describeOtherCommands(doctor: () => DoctorVisits): void {
  describe("What the doctor says of a cluster that cannot be asked", () => {
    it.each([["status"], ["adopt", "--from-cluster"], ["adopt", "--from-cluster", "--take-over"]])(
      "is told by factory %s %s %s in the same words",
      async (...command) => {
        const flags = ["--stack", "dev", "--kubeconfig", doctor().withUser("token", { token: "made-up" })];
        const { code, stdout, stderr } = await doctor().run(...command, ...flags);
        const [message] = told(await doctor().report(...flags.slice(2)), "api", "error");
        expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
        expect(stderr).toBe(`error: ${String(message)}\n  fix:     log in again, or fetch the kubeconfig anew\n`);
      },
    );

    it.each([["status"], ["adopt", "--from-cluster"]])(
      "is more where the server refuses factory %s %s something: what, to whom, and by which kubeconfig",
      async (...command) => {
        const { factory } = doctor();
        const token = await factory.kubectl("create token default -n default");
        const file = doctor().withUser("stranger", { token });
        const { code, stderr } = await doctor().run(...command, "--stack", "dev", "--kubeconfig", file);
        expect(code).toBe(1);
        expect(stderr).toMatch(
          /stranger: context \S+: you may not list \w+ in argocd \(403\): \S+ is forbidden: User "system:serviceaccount:default:default"/,
        );
      },
    );
  });
}

/** What the doctor says of further clusters; the one there is stands for them too. */
export function describeFurtherClusters(doctor: () => DoctorVisits): void {
  const program = (): Factory["program"] => doctor().factory.program;
  const lab = (): Factory["lab"] => doctor().factory.lab;
  describe("factory doctor on a stack with further clusters", () => {
    const server = "https://edge.example";
    const ofEdge = ({ findings }: JsonReport) =>
      findings
        .filter(({ cluster }) => cluster === "edge")
        .map(({ check, severity, message }) => `${severity} ${check}: ${message}`);

    it("looks at those that projects run on, by their own way, and says which it does not look at", async () => {
      const sealed = { value: { secure: "v1:sealed" } };
      program().config(["secrets", "west"], sealed);
      program().config(["clusters"], {
        edge: { server, context: "edge" },
        west: { server: "https://west.example", kubeconfig: "west" },
      });
      const shop = program().read("catalog/acme/shop.yaml");
      program().write("catalog/acme/shop.yaml", `${shop}\ncluster: edge\n`);
      const found = await doctor().report("--kubeconfig", doctor().withContext("edge"));
      expect(ofEdge(found)).toEqual([
        `ok api: ${lab().server} answers kubernetes-admin`,
        expect.stringMatching(/^ok clock: /) as string,
        expect.stringMatching(/^ok certificates: the API server's certificate is valid until /) as string,
        expect.stringMatching(/^ok certificates: your client certificate is valid until /) as string,
        "ok rights: you may do all that pulumi up and destroy do",
        "ok namespaces: of the projects' namespaces, 1 will be made and 0 are ours already",
      ]);
      expect(told(found, "config", "note")).toEqual(["no project runs there: it is not looked at"]);
      expect(found.verdict).not.toBe("error");
    });

    it("finds their account's namespace missing, and a way that leads nowhere", async () => {
      program().config(["clusters", "edge", "managerNamespace"], "nowhere");
      const account = "the namespace nowhere, in which Argo CD's account is to be, is not there";
      expect(ofEdge(await doctor().report("--kubeconfig", doctor().withContext("edge")))).toContain(
        `error namespaces: ${account}`,
      );
      expect(ofEdge(await doctor().report())).toEqual([
        `error api: ${lab().kubeconfig}: it has no context "edge"; it has gitops-factory-lab`,
      ]);
    });

    it("takes no other cluster for one whose kubeconfig cannot be opened", async () => {
      program().config(["clusters", "edge"], { server, kubeconfig: "west" });
      expect(ofEdge(await doctor().report())).toEqual([
        "error api: Pulumi.dev.yaml: secrets.west: the kubeconfig is a secret, and pulumi, which opens it, is not on the PATH",
      ]);
      const shop = program().read("catalog/acme/shop.yaml");
      program().write("catalog/acme/shop.yaml", shop.replace("\ncluster: edge\n", ""));
      program().config(["clusters"], undefined);
      program().config(["secrets", "west"], undefined);
    });
  });
}
